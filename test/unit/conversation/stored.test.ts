import { someConversation, someMessage } from '../../support/conversations.ts';
import assert from 'node:assert/strict';
import { emptyConversation, type Conversation } from '../../../src/conversation/conversation.ts';
import { newRun, type RunStatus } from '../../../src/conversation/run.ts';
import { restore, store } from '../../../src/conversation/stored.ts';

const failure = { fact: 'It broke.', advice: 'Mend it.', remedy: 'retry', details: '500' } as const;
const statuses: readonly RunStatus[] = [
  { type: 'waiting', resend: undefined },
  { type: 'waiting', resend: { attempt: 1, of: 2, seconds: 3, failure } },
  { type: 'answering' },
  { type: 'done' },
  { type: 'stopped' },
  { type: 'incomplete', failure },
  { type: 'failed', failure },
];
const conversation: Conversation = {
  ...emptyConversation,
  key: 'c-1',
  id: 'c-1',
  messages: statuses.map((status, index) => ({
    ...someMessage({ key: `k${index}`, query: 'Q', askedAt: index }),
    forgotten: index === 3,
    run: {
      ...newRun,
      text: 'A',
      status,
      messageId: 'm',
      usage: { totalTokens: 1, latency: undefined, totalPrice: '0', currency: 'USD' },
    },
  })),
};
const t = (message: string): string => message;

describe('A stored conversation', () => {
  it('comes back as it was, and what was running comes back as incomplete', () => {
    const back = restore(JSON.parse(store(conversation)), t);

    assert.ok(back);
    assert.deepEqual(
      back.messages.map(({ run }) => run.status.type),
      ['incomplete', 'incomplete', 'incomplete', 'done', 'stopped', 'incomplete', 'failed'],
    );
    assert.deepEqual(JSON.parse(store(back)).messages.slice(3), JSON.parse(store(conversation)).messages.slice(3));
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
    const [first, second] = restore(old, t)?.messages ?? [];

    assert.deepEqual(first?.run, {
      ...newRun,
      ...old.messages[0]?.run,
      messageId: 'm',
      status: { type: 'done' },
      usage: { totalTokens: 1 },
    });
    assert.equal(second?.run.status.type, 'incomplete');
    assert.equal(second.forgotten, true);
  });

  it('keeps outputs of whatever names, and makes nothing of them', () => {
    const outputs = JSON.parse('{"constructor":"a","__proto__":{"polluted":true},"x":1}') as Record<string, unknown>;
    const run = { ...newRun, status: { type: 'done' }, outputs } as const;
    const message = someMessage({ key: 'k', query: 'Q', askedAt: 1, run, forgotten: false });
    const back = restore(JSON.parse(store(someConversation({ id: 'c', messages: [message] }))), t);

    assert.equal(JSON.stringify(back?.messages[0]?.run.outputs), JSON.stringify(outputs));
    assert.equal(Reflect.get({}, 'polluted'), undefined);
  });

  it('is nothing when any part of it is not what it should be', () => {
    const text = store(conversation);

    for (const wrong of [undefined, null, [], {}, { version: 2 }, { ...(JSON.parse(text) as object), messages: 'x' }]) {
      assert.equal(restore(wrong, t), undefined);
    }
    assert.equal(restore(JSON.parse(text.replace('"answering"', '"dancing"')), t), undefined);
  });
});
