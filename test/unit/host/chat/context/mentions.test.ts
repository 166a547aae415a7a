import assert from 'node:assert/strict';
import type { ContextItem } from '../../../../../src/conversation/conversation.ts';
import type { Mentions as Told } from '../../../../../src/conversation/protocol.ts';
import type { Attachment } from '../../../../../src/host/chat/context/attachment.ts';
import { Mentions, type Offers } from '../../../../../src/host/chat/context/mentions.ts';

function offer(kind: ContextItem['kind'], name: string, size = 0): Attachment {
  const item = { key: `${kind} ${name}`, kind, name, lines: undefined, size };
  return { item, path: name, isLive: true, read: async () => ({ text: '' }) };
}

const now = [offer('selection', 'src/a.ts', 5), offer('file', 'src/a.ts')];
const all = [...now, offer('diff', '', 9), offer('file', 'src/diff.ts'), offer('file', 'src/deep/other.ts')];
const offers: Offers = {
  now: () => now,
  all: async () => all,
  sized: async (one) => ({ ...one, item: { ...one.item, size: 77 } }),
};

describe('The list behind @', () => {
  const told: (Told | undefined)[] = [];
  let mentions: Mentions;
  beforeEach(() => {
    told.length = 0;
    mentions = new Mentions(offers);
    mentions.onDidChange(({ mentions: change }) => told.push(change));
  });
  const rows = (list: Told | undefined): string[] | undefined =>
    list?.items.map(({ kind, name, size }) => `${kind} ${name} ${size}`);

  it('shows at once what is known, then all, then its sizes', async () => {
    await mentions.filter('');

    assert.deepEqual(rows(told[0]), ['selection src/a.ts 5', 'file src/a.ts 0']);
    assert.deepEqual(told[1]?.items.length, 5);
    assert.deepEqual(rows(told.at(-1)), [
      'selection src/a.ts 5',
      'file src/a.ts 77',
      'diff  9',
      'file src/diff.ts 77',
      'file src/deep/other.ts 77',
    ]);
  });

  it('filters by what things are called and by paths, and says by what', async () => {
    await mentions.filter('');
    await mentions.filter('Diff');
    assert.deepEqual(rows(mentions.state().mentions), ['diff  9', 'file src/diff.ts 77']);
    await mentions.filter('chan');
    assert.deepEqual(rows(mentions.state().mentions), ['diff  9']);
    await mentions.filter('dot');
    assert.deepEqual(
      [mentions.state().mentions?.filter, rows(mentions.state().mentions)],
      ['dot', ['file src/deep/other.ts 77']],
    );
    await mentions.filter('nothing');
    assert.deepEqual(mentions.state().mentions, { filter: 'nothing', items: [] });
  });

  it('shows what the last letter leaves where an earlier one is still being worked on', async () => {
    await Promise.all([mentions.filter(''), mentions.filter('oth'), mentions.filter('a.ts')]);
    assert.equal(told.at(-1)?.filter, 'a.ts');
  });

  it('is gone when it is closed, also where it is still being gathered', async () => {
    const gathering = mentions.filter('');
    mentions.close();
    await gathering;

    assert.equal(told.at(-1), undefined);
    assert.equal(mentions.state().mentions, undefined);
    assert.equal(mentions.find('file src/a.ts'), undefined);
  });

  it('gives what a row stands for, and nothing for another key', async () => {
    await mentions.filter('');
    assert.equal(mentions.find('diff ')?.item.kind, 'diff');
    assert.equal(mentions.find('file /etc/passwd'), undefined);
  });
});
