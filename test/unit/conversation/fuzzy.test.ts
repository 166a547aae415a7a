import assert from 'node:assert/strict';
import { fuzzyScore } from '../../../src/conversation/fuzzy.ts';

/** The paths that are named by what was typed, the best first. */
function ranked(typed: string, ...paths: string[]): string[] {
  return paths
    .map((path) => ({ path, score: fuzzyScore(typed, path) ?? -Infinity }))
    .filter(({ score }) => score > -Infinity)
    .toSorted((a, b) => b.score - a.score)
    .map(({ path }) => path);
}

describe('fuzzyScore', () => {
  it('finds letters in their order, in either case, and nothing else', () => {
    assert.deepEqual(ranked('CVT', 'src/chatView.ts', 'src/cat.ts', 'lib/tvc.md'), ['src/chatView.ts']);
  });

  it('puts the beginning of a name first, then the inside of one, then a folder', () => {
    assert.deepEqual(ranked('chat', 'chat/page.ts', 'src/openChat.ts', 'src/chat.ts'), [
      'src/chat.ts',
      'src/openChat.ts',
      'chat/page.ts',
    ]);
  });

  it('likes short names and letters that stand together', () => {
    assert.deepEqual(ranked('page', 'src/pageStore.ts', 'src/page.ts'), ['src/page.ts', 'src/pageStore.ts']);
    assert.deepEqual(ranked('pgs', 'x/pagings.ts', 'x/pgs-old/a.ts'), ['x/pagings.ts', 'x/pgs-old/a.ts']);
  });
});
