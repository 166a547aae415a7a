import * as fc from 'fast-check';
import assert from 'node:assert/strict';
import type { ContextItem } from '../../../src/conversation/conversation.ts';
import { queryWith, type ContextText } from '../../../src/conversation/queryWith.ts';
import { parseBlocks } from '../../../src/webview/markdown/parser.ts';
import { t } from '../../support/english.ts';

const item: ContextItem = { key: '1', kind: 'selection', name: 'src/a.ts', lines: [12, 38], size: 5 };
const textOf = (text: string, change: Partial<ContextItem> = {}, isCut = false): ContextText => ({
  item: { ...item, ...change },
  text,
  isCut,
});

describe('queryWith', () => {
  it('is what was typed, where nothing is attached', () => {
    assert.equal(queryWith('Why?\n', [], t), 'Why?\n');
  });

  it('names each text, its place and its language', () => {
    const query = queryWith(
      'Why?',
      [
        textOf('let a = 1;\n'),
        textOf('12: unused', { kind: 'problems' }),
        textOf('abc', { kind: 'file', lines: undefined }, true),
      ],
      t,
    );

    assert.equal(
      query,
      [
        'Why?\n\nFile src/a.ts, lines 12 to 38:\n```ts\nlet a = 1;\n```',
        'Problems in src/a.ts:\n```\n12: unused\n```',
        'File src/a.ts: (only the beginning)\n```ts\nabc\n```',
      ].join('\n\n'),
    );
  });

  it('fences a text that has fences by a longer one', () => {
    assert.match(queryWith('', [textOf('a\n````\nb')], t), /\n`````ts\na\n````\nb\n`````$/);
  });

  it('stands above what was typed where that may hold an open block', () => {
    assert.match(queryWith('- ```js\n  let a', [textOf('b')], t), /^File .*\n```ts\nb\n```\n\n- ```js\n  let a$/);
  });

  it('lets no text, name or question end a fence from inside', () => {
    const piece = fc.constantFrom(
      '`',
      '```',
      '~~~',
      '````',
      '\n',
      '\r\n',
      ' ',
      'a',
      '# ',
      '> ',
      '- ',
      '    ',
      '<x>',
      '\t',
    );
    const markdown = fc.array(piece, { maxLength: 20 }).map((pieces) => pieces.join(''));
    const context = fc.record({
      text: markdown,
      name: markdown,
      kind: fc.constantFrom('selection', 'file', 'clipboard'),
    });
    fc.assert(
      fc.property(markdown, fc.array(context, { minLength: 1, maxLength: 3 }), (typed, contexts) => {
        const texts = contexts.map(({ text, ...change }) => textOf(text, change));
        const fences = parseBlocks(queryWith(typed, texts, t)).tokens.filter(
          ({ type, level }) => type === 'fence' && level === 0,
        );
        const contents = fences.map(({ content }) => content);
        const isAbove = /`{3}|~{3}|</.test(typed);
        const found = isAbove ? contents.slice(0, texts.length) : contents.slice(-texts.length);
        const meant = texts.map(({ text }) => `${text.replaceAll(/\r\n?/g, '\n').replace(/\n$/, '')}\n`);
        assert.deepEqual(found, meant);
      }),
      { numRuns: 2_000 },
    );
  });
});
