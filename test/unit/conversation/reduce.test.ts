import { someConversation, someMessage, someQuestion } from '../../support/conversations.ts';
import assert from 'node:assert/strict';
import { emptyConversation, type Conversation } from '../../../src/conversation/conversation.ts';
import type { ConversationEvent } from '../../../src/conversation/events.ts';
import { reduce } from '../../../src/conversation/reduce.ts';
import { reduceRun } from '../../../src/conversation/reduceRun.ts';
import { newRun, type Run, type RunEvent } from '../../../src/conversation/run.ts';

const failure = { fact: 'It broke.', advice: '', remedy: 'retry', details: '' } as const;
const usage = { totalTokens: 3, latency: 1, totalPrice: '0', currency: 'USD' };
const started: RunEvent = {
  type: 'started',
  messageId: 'm-1',
  conversationId: 'c-1',
  runId: undefined,
  stoppable: true,
};

/** One event of each type. */
const runEvents: readonly RunEvent[] = [
  started,
  { type: 'resending', attempt: 1, of: 2, seconds: 4, failure },
  { type: 'textAppended', text: 'more' },
  { type: 'textReplaced', text: 'other' },
  { type: 'answered', usage },
  { type: 'stopped' },
  { type: 'incomplete', failure },
  { type: 'failed', failure },
];

function asked(key: string, replaces?: string): ConversationEvent {
  return someQuestion({ key, query: `Q ${key}`, askedAt: 5, replaces });
}

function after(...events: readonly ConversationEvent[]): Conversation {
  return events.reduce(reduce, emptyConversation);
}

function runAfter(...events: readonly RunEvent[]): Run {
  return events.reduce(reduceRun, newRun);
}

describe('reduceRun', () => {
  it('goes from waiting over answering to done, and keeps ids and usage', () => {
    const run = runAfter(started, { type: 'textAppended', text: 'Good ' }, { type: 'textAppended', text: 'day' });

    assert.deepEqual(run, {
      ...newRun,
      text: 'Good day',
      status: { type: 'answering' },
      messageId: 'm-1',
      stoppable: true,
    });
    const done = reduceRun(run, { type: 'answered', usage });
    assert.deepEqual(done, { ...run, status: { type: 'done' }, usage });
  });

  it('waits visibly while the request is sent again, and forgets that when the answer starts', () => {
    const waiting = runAfter({ type: 'resending', attempt: 1, of: 2, seconds: 4, failure });

    assert.deepEqual(waiting.status, { type: 'waiting', resend: { attempt: 1, of: 2, seconds: 4, failure } });
    assert.deepEqual(reduceRun(waiting, started).status, { type: 'waiting', resend: undefined });
  });

  it('replaces the whole text', () => {
    assert.equal(runAfter({ type: 'textAppended', text: 'secret' }, { type: 'textReplaced', text: 'No.' }).text, 'No.');
  });

  for (const end of runEvents.slice(4)) {
    it(`keeps the text when it ends as ${end.type}, and nothing after that changes it`, () => {
      const run = runAfter(started, { type: 'textAppended', text: 'Half' }, end);

      assert.equal(run.text, 'Half');
      assert.equal(run.status.type, end.type === 'answered' ? 'done' : end.type);
      for (const late of runEvents) assert.equal(reduceRun(run, late), run, late.type);
    });
  }
});

describe('reduce', () => {
  it('adds a question with a waiting answer', () => {
    assert.deepEqual(after(asked('k1')).messages, [
      someMessage({ key: 'k1', query: 'Q k1', askedAt: 5, run: newRun, forgotten: false }),
    ]);
  });

  it('lets a question take the place of the one that it repeats', () => {
    assert.deepEqual(
      after(asked('k1'), asked('k2', 'k1'), asked('k3')).messages.map(({ key }) => key),
      ['k2', 'k3'],
    );
  });

  it('takes the id of a new conversation, and marks an answer that came in another one', () => {
    const first = after(asked('k1'), { type: 'run', key: 'k1', event: started });
    assert.equal(first.id, 'c-1');
    assert.equal(first.messages[0]?.forgotten, false);

    const other: RunEvent = { ...started, messageId: 'm-2', conversationId: 'c-2' };
    const second = [asked('k2'), { type: 'run', key: 'k2', event: other } as const].reduce(reduce, first);
    assert.equal(second.id, 'c-2');
    assert.deepEqual(
      second.messages.map(({ forgotten }) => forgotten),
      [false, true],
    );
  });

  it('leaves everything as it is for an event of a message that is not there', () => {
    const conversation = after(asked('k1'));

    for (const event of runEvents)
      assert.equal(reduce(conversation, { type: 'run', key: 'gone', event }), conversation);
  });

  it('lays the history over the local copy, and never loses text to an empty answer of the server', () => {
    const local = after(
      asked('k1'),
      { type: 'run', key: 'k1', event: started },
      { type: 'run', key: 'k1', event: { type: 'textAppended', text: 'Stopped half' } },
      { type: 'run', key: 'k1', event: { type: 'stopped' } },
      asked('never taken'),
    );
    const history = (id: string, text: string, askedAt: number): Conversation['messages'][number] =>
      someMessage({ key: id, query: 'Q', askedAt, run: { ...newRun, text, messageId: id, status: { type: 'done' } } });
    const server = someConversation({ id: 'c-1', messages: [history('m-0', 'Older', 1), history('m-1', '', 5)] });

    const merged = reduce(local, { type: 'refreshed', conversation: server });

    assert.deepEqual(
      merged.messages.map(({ key, run }) => [key, run.text, run.status.type]),
      [
        ['m-0', 'Older', 'done'],
        ['k1', 'Stopped half', 'stopped'],
        ['never taken', '', 'waiting'],
      ],
    );
    const elsewhere = { ...server, id: 'c-9' };
    assert.equal(reduce(local, { type: 'refreshed', conversation: elsewhere }), local);
  });

  it('knows a question again that was stopped before its id was known, and only that one', () => {
    const now = 100_000;
    const question = (key: string): ConversationEvent => someQuestion({ key, query: 'Same?', askedAt: now });
    const local = [
      question('stopped early'),
      { type: 'run', key: 'stopped early', event: { type: 'stopped' } } as const,
      question('answered'),
      { type: 'run', key: 'answered', event: { ...started, messageId: 'm-2' } } as const,
      { type: 'run', key: 'answered', event: { type: 'answered', usage: undefined } } as const,
    ].reduce(reduce, someConversation({ id: 'c-1', messages: [] }));
    const listed = ['m-1', 'm-2'].map((id) =>
      someMessage({
        key: id,
        query: 'Same?',
        askedAt: now,
        run: { ...newRun, messageId: id, status: { type: 'done' } },
      }),
    );

    const merged = reduce(local, {
      type: 'refreshed',
      conversation: someConversation({ id: 'c-1', messages: listed }),
    });

    assert.deepEqual(
      merged.messages.map(({ key, run }) => [key, run.messageId]),
      [
        ['stopped early', 'm-1'],
        ['answered', 'm-2'],
      ],
    );
  });

  it('never lets an empty answer of the server take the place of what was shown', () => {
    for (const end of [
      { type: 'answered', usage: undefined },
      { type: 'incomplete', failure },
    ] as const) {
      const local = after(
        asked('k1'),
        { type: 'run', key: 'k1', event: started },
        { type: 'run', key: 'k1', event: { type: 'textAppended', text: 'Shown' } },
        { type: 'run', key: 'k1', event: end },
      );
      const lost = { ...newRun, messageId: 'm-1', status: { type: 'incomplete', failure } } as const;
      const message = someMessage({ key: 'm-1', query: 'Q', askedAt: 5, forgotten: false, run: lost });

      const merged = reduce(local, {
        type: 'refreshed',
        conversation: someConversation({ id: 'c-1', messages: [message] }),
      });

      assert.equal(merged.messages[0]?.run.text, 'Shown');
    }
  });

  it('takes the whole text from the server where the local one is incomplete', () => {
    const local = after(
      asked('k1'),
      { type: 'run', key: 'k1', event: started },
      { type: 'run', key: 'k1', event: { type: 'incomplete', failure } },
    );
    const whole = { ...newRun, text: 'All of it', messageId: 'm-1', status: { type: 'done' } } as const;
    const message = someMessage({ key: 'm-1', query: 'Q', askedAt: 5, forgotten: false, run: whole });

    const merged = reduce(local, {
      type: 'refreshed',
      conversation: someConversation({ id: 'c-1', messages: [message] }),
    });

    assert.deepEqual([merged.messages[0]?.run.text, merged.messages[0]?.run.status.type], ['All of it', 'done']);
  });

  it('compares texts in no time that are made to take long', () => {
    for (const text of ['['.repeat(200_000), `[a](${'/files/'.repeat(50_000)}`]) {
      const local = after(
        asked('k1'),
        { type: 'run', key: 'k1', event: started },
        { type: 'run', key: 'k1', event: { type: 'textAppended', text } },
        { type: 'run', key: 'k1', event: { type: 'incomplete', failure } },
      );
      const whole = { ...newRun, text: 'All of it', messageId: 'm-1', status: { type: 'done' } } as const;
      const message = someMessage({ key: 'm-1', query: 'Q', askedAt: 5, forgotten: false, run: whole });
      const conversation = someConversation({ id: 'c-1', messages: [message] });

      assert.equal(reduce(local, { type: 'refreshed', conversation }).messages[0]?.run.text, 'All of it');
    }
  });
});
