import assert from 'node:assert/strict';
import type { Conversation } from '../../../src/conversation/conversation.ts';
import { newRun, type RunStatus } from '../../../src/conversation/run.ts';
import { restore, revisionIn, store, type StoredCopy } from '../../../src/conversation/stored.ts';
import { restoreTyped, storeTyped } from '../../../src/conversation/storedTyped.ts';
import { someConversation, someCopy, someMessage } from '../../support/conversations.ts';

const failure = { fact: 'It broke.', advice: 'Mend it.', remedy: 'retry', details: '500' } as const;
const statuses: readonly RunStatus[] = [
  { type: 'waiting', resend: { attempt: 1, of: 2, seconds: 3, failure } },
  { type: 'answering' },
  { type: 'paused' },
  { type: 'done' },
  { type: 'stopped' },
  { type: 'incomplete', failure },
  { type: 'failed', failure },
];
const selection = { key: 'x', kind: 'selection', name: 'a.ts', lines: [1, 3], size: 40 } as const;
const conversation: Conversation = {
  key: 'key-1',
  id: 'c-1',
  name: 'About ducks',
  inputs: { language: 'German', file: { type: 'image' } },
  messages: statuses.map((status, index) => ({
    ...someMessage({ key: `k${index}`, query: 'Q with selection', typed: 'Q', askedAt: index, contexts: [selection] }),
    forgotten: index === 3,
    again: index === 4 ? 'k3' : undefined,
    rating: index === 3 ? 'like' : undefined,
    run: {
      ...newRun,
      text: 'A',
      status,
      messageId: 'm',
      usage: { totalTokens: 1, latency: 2, totalPrice: '0', currency: 'USD' },
    },
  })),
};
const t = (message: string): string => message;

function restored(json: unknown): StoredCopy {
  const copy = restore(json, t);
  assert.ok(copy !== undefined && copy !== 'newer');
  return copy;
}

describe('A stored conversation', () => {
  it('comes back as it was, without what runs: that is in a log', () => {
    const copy = someCopy(conversation, { pinned: true, changedAt: 7, removed: ['gone'] });

    const back = restored(JSON.parse(store(copy)));

    assert.deepEqual(back, { ...copy, conversation: { ...conversation, messages: conversation.messages.slice(2) } });
  });

  it('tells its revision by its first bytes', () => {
    const text = store(someCopy(conversation, { revision: 'abc-1' }));

    assert.equal(revisionIn(text.slice(0, 100)), 'abc-1');
    assert.equal(revisionIn('{"version":1,"id":"c"'), undefined);
  });

  it('is read as 0.1.0 wrote it, when runs had neither nodes nor files', () => {
    const old = {
      version: 1,
      id: 'c-1',
      messages: [
        {
          key: 'k',
          query: 'Q',
          askedAt: 1,
          run: { text: 'A', status: { type: 'done' }, messageId: 'm', stoppable: true, usage: { totalTokens: 1 } },
          forgotten: false,
        },
        {
          key: 'l',
          query: 'R',
          askedAt: 2,
          run: { text: '', status: { type: 'waiting' }, stoppable: false },
          forgotten: true,
        },
      ],
    };
    const copy = restored(old);
    const [first, second] = copy.conversation.messages;

    assert.deepEqual([copy.conversation.key, copy.conversation.id, copy.changedAt], ['c-1', 'c-1', 2]);
    assert.deepEqual(first?.run, {
      ...newRun,
      ...old.messages[0]?.run,
      messageId: 'm',
      status: { type: 'done' },
      usage: { totalTokens: 1 },
    });
    assert.equal(first.typed, 'Q');
    assert.equal(second?.run.status.type, 'incomplete');
    assert.equal(second.forgotten, true);
  });

  it('keeps outputs of whatever names, and makes nothing of them', () => {
    const outputs = JSON.parse('{"constructor":"a","__proto__":{"polluted":true},"x":1}') as Record<string, unknown>;
    const run = { ...newRun, status: { type: 'done' }, outputs } as const;
    const message = someMessage({ key: 'k', query: 'Q', askedAt: 1, run, forgotten: false });
    const back = restored(JSON.parse(store(someCopy(someConversation({ id: 'c', messages: [message] })))));

    assert.equal(JSON.stringify(back.conversation.messages[0]?.run.outputs), JSON.stringify(outputs));
    assert.equal(Reflect.get({}, 'polluted'), undefined);
  });

  it('of a newer version is read as far as it can be, and known as one', () => {
    const json = JSON.parse(store(someCopy(conversation))) as object;

    assert.equal(restored({ ...json, version: 3, more: true }).newer, true);
    assert.equal(restore({ ...json, version: 3, messages: 'elsewhere' }, t), 'newer');
    assert.equal(restored(json).newer, false);
  });

  it('is nothing when any part of it is not what it should be', () => {
    const text = store(someCopy(conversation));

    for (const wrong of [undefined, null, [], {}, { version: 2 }, { ...(JSON.parse(text) as object), messages: 'x' }]) {
      assert.equal(restore(wrong, t), undefined);
    }
    assert.equal(restore(JSON.parse(text.replace('"paused"', '"dancing"')), t), undefined);
  });
});

describe('What is typed', () => {
  const picture = { name: 'a.png', type: 'image', size: 4, mapping: { id: '1' }, thumbnail: undefined };
  const typed = {
    text: 'Half a thou',
    contexts: [selection],
    files: [{ ...picture, key: 'u', uri: 'file:///a.png' }],
    queue: [{ key: 'q', text: 'Next', contexts: [{ ...selection, lines: undefined }], files: [picture] }],
    humanInput: { f1: { comment: 'Nice' } },
    form: { name: 'Ann', agreed: true, files: [{ name: 'a.png', mapping: { type: 'image' } }] },
  };

  it('comes back as it was, and is nothing when nothing is typed', () => {
    assert.deepEqual(restoreTyped(JSON.parse(storeTyped(typed))), typed);
    assert.equal(storeTyped({ text: '', contexts: [], files: [], queue: [], form: {}, humanInput: {} }), '');
    assert.notEqual(
      storeTyped({ text: '', contexts: [], files: typed.files, queue: [], form: {}, humanInput: {} }),
      '',
    );
  });

  it('has no files where an earlier version of this extension wrote it', () => {
    const { files: _, ...json } = JSON.parse(storeTyped({ ...typed, queue: [] })) as typeof typed;
    assert.deepEqual(restoreTyped({ ...json, queue: [{ key: 'q', text: 'Next', contexts: [] }] }), {
      ...typed,
      files: [],
      queue: [{ key: 'q', text: 'Next', contexts: [], files: [] }],
    });
  });

  it('is nothing when any part of it is not what it should be', () => {
    const json = JSON.parse(storeTyped(typed)) as object;
    for (const wrong of [
      undefined,
      {},
      { ...json, version: 3 },
      { ...json, form: { a: 1 } },
      { ...json, queue: [1] },
    ]) {
      assert.equal(restoreTyped(wrong), undefined);
    }
  });
});
