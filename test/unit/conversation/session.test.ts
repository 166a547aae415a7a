import { askedOnly } from '../../support/chatApps.ts';
import { someConversation } from '../../support/conversations.ts';
import assert from 'node:assert/strict';
import { emptyConversation, type Conversation } from '../../../src/conversation/conversation.ts';
import type { ConversationEvent } from '../../../src/conversation/events.ts';
import { reduce } from '../../../src/conversation/reduce.ts';
import type { RunEvent } from '../../../src/conversation/run.ts';
import { ConversationSession, plainQuestion, wasTaken, type ChatApp } from '../../../src/conversation/session.ts';

const started: RunEvent = {
  type: 'started',
  messageId: 'm-1',
  conversationId: 'c-1',
  runId: undefined,
  stoppable: true,
};

/** An app that answers with these events, and notes what it was asked. */
function appAnswering(...events: readonly RunEvent[]): ChatApp & { readonly asked: unknown[] } {
  const asked: unknown[] = [];
  const app = askedOnly(async function* (question) {
    asked.push(question);
    for (const event of events) yield await Promise.resolve(event);
  });
  return { ...app, asked, history: () => Promise.resolve(someConversation({ id: 'c-1', messages: [] })) };
}

describe('ConversationSession', () => {
  it('asks in the same conversation again, and tells each event once', async () => {
    const app = appAnswering(started, { type: 'textAppended', text: 'Hi' }, { type: 'answered', usage: undefined });
    const session = new ConversationSession(app, emptyConversation);
    const heard: ConversationEvent[] = [];
    session.onEvent((event) => heard.push(event));

    const first = await session.send(plainQuestion('One'));
    await session.send(plainQuestion('Two'));

    assert.equal(first?.run.status.type, 'done');
    assert.deepEqual(app.asked, [
      { query: 'One', conversationId: undefined, inputs: undefined, files: [] },
      { query: 'Two', conversationId: 'c-1', inputs: undefined, files: [] },
    ]);
    assert.deepEqual(heard.reduce(reduce, emptyConversation), session.conversation);
  });

  it('lets one answer run at a time, also for a question in the same moment', async () => {
    const app = appAnswering(started, { type: 'answered', usage: undefined });
    const session = new ConversationSession(app, emptyConversation);

    const [first, second] = await Promise.all([session.send(plainQuestion('One')), session.send(plainQuestion('Two'))]);

    assert.equal(first?.run.status.type, 'done');
    assert.equal(second, undefined);
    assert.equal(session.conversation.messages.length, 1);
  });

  it('shows nothing after a stop but its end, and can go on', async () => {
    const session = new ConversationSession(
      askedOnly(async function* (_, signal) {
        yield started;
        yield { type: 'textAppended', text: 'Half' };
        assert.ok(signal.aborted);
        yield { type: 'textAppended', text: ' and late' };
        yield { type: 'stopped' };
      }),
      emptyConversation,
    );
    session.onEvent((event) => {
      if (event.type === 'run' && event.event.type === 'textAppended') session.stop();
    });

    const asked = await session.send(plainQuestion('One'));

    assert.deepEqual([asked?.run.text, asked?.run.status.type], ['Half', 'stopped']);
    assert.equal(session.answering, false);
  });

  it('takes any end for a stop once the person stopped', async () => {
    const failure = { fact: 'x', advice: '', remedy: 'retry', details: '' } as const;
    const session = new ConversationSession(appAnswering(started, { type: 'failed', failure }), emptyConversation);

    const sending = session.send(plainQuestion('One'));
    session.stop();

    assert.equal((await sending)?.run.status.type, 'stopped');
  });

  it('does not lay an old history over an answer that began meanwhile', async () => {
    const history = Promise.withResolvers<Conversation>();
    const app = { ...appAnswering(started, { type: 'answered', usage: undefined }), history: () => history.promise };
    const session = new ConversationSession(app, someConversation({ id: 'c-1', messages: [] }));
    const refreshing = session.refresh(AbortSignal.timeout(5_000));
    let sending: Promise<unknown> | undefined;
    session.onEvent((event) => {
      if (event.type === 'asked') history.resolve(someConversation({ id: 'c-1', messages: [] }));
    });

    sending = session.send(plainQuestion('One'));
    await Promise.all([refreshing, sending]);

    assert.equal(session.conversation.messages.length, 1);
  });

  it('knows what the server took', async () => {
    const failure = { fact: 'x', advice: '', remedy: 'retry', details: '' } as const;
    const refused = new ConversationSession(appAnswering({ type: 'failed', failure }), emptyConversation);
    const failed = new ConversationSession(appAnswering(started, { type: 'failed', failure }), emptyConversation);

    const [before, after] = [await refused.send(plainQuestion('One')), await failed.send(plainQuestion('One'))];

    assert.equal(before && wasTaken(before.run), false);
    assert.equal(after && wasTaken(after.run), true);
  });
});
