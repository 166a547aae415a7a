import { askedOnly } from '../../../support/chatApps.ts';
import { someConversation, someMessage } from '../../../support/conversations.ts';
import assert from 'node:assert/strict';
import { emptyConversation } from '../../../../src/conversation/conversation.ts';
import { newRun, type Run, type RunEvent, type RunForm } from '../../../../src/conversation/run.ts';
import { ConversationSession, plainQuestion } from '../../../../src/conversation/session.ts';
import { activityOf, changesActivity, type Going } from '../../../../src/host/chat/activity.ts';
import { readForm } from '../../../../src/dify/form.ts';

function going(run: Partial<Run>, answering = false, query = 'Q'): Going {
  const message = someMessage({ key: 'k', query, askedAt: 0, run: { ...newRun, ...run }, forgotten: false });
  return { appId: 'a', answering, conversation: someConversation({ id: undefined, messages: [message] }) };
}

function openForm(seconds: number | undefined): RunForm {
  return { form: { ...readForm({}), expiration_time: seconds }, state: { type: 'open' } };
}

describe('The activity of the chat', () => {
  it('is the answer that runs, by what was asked first', () => {
    const title = `${'long '.repeat(20)}\nquestion`;

    const { answering } = activityOf([going({}), { ...going({}, true, title), appId: 'b' }], 0);

    assert.equal(answering?.appId, 'b');
    assert.match(answering.title, /^long long [a-z ]*…$/);
    assert.ok(answering.title.length <= 40);
  });

  it('knows who waits for the person, and until when', () => {
    const paused = { status: { type: 'paused' } } as const;

    const { waiting } = activityOf(
      [
        going({ ...paused, forms: [openForm(20)] }),
        going(paused),
        going({ ...paused, forms: [openForm(10)] }),
        going({}),
      ],
      15_000,
    );

    assert.deepEqual(waiting, [
      { appId: 'a', until: 20_000 },
      { appId: 'a', until: undefined },
    ]);
  });

  it('is told of its every change, and not of pieces of text', async () => {
    const events: readonly RunEvent[] = [
      { type: 'started', messageId: 'm', conversationId: 'c', runId: undefined, stoppable: true },
      { type: 'textAppended', text: 'a' },
      { type: 'textAppended', text: 'b' },
      { type: 'answered', usage: undefined },
    ];
    const session = new ConversationSession(
      askedOnly(async function* () {
        yield* events;
      }),
      emptyConversation,
    );
    const running: boolean[] = [];
    session.onEvent((event) => {
      if (event.type === 'run' && !changesActivity(event.event)) return;
      const { conversation, answering } = session;
      running.push(activityOf([{ appId: 'a', conversation, answering }], 0).answering !== undefined);
    });

    await session.send(plainQuestion('Q'));

    assert.deepEqual(running, [true, false]);
  });
});
