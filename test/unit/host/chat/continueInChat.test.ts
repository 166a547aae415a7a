import assert from 'node:assert/strict';
import { newRun } from '../../../../src/conversation/run.ts';
import type { Answered } from '../../../../src/host/activity.ts';
import type { App } from '../../../../src/host/app.ts';
import { continueInChat } from '../../../../src/host/chat/continueInChat.ts';
import { ChatWindow } from '../../../support/chatWindow.ts';
import { someMessage } from '../../../support/conversations.ts';
import { testApp } from '../../../support/hostState.ts';
import { ScriptedDify } from '../../../support/scriptedDify.ts';

describe('An answer of an action, in the chat', () => {
  let window: ChatWindow;
  let shown: number;

  async function goOn(app: App, change: Partial<Answered> = {}): Promise<void> {
    const answered = { app, conversationId: undefined, text: 'It is fine.', waiting: undefined, about: 'Review' };
    const { chat, apps, said } = window;
    await continueInChat(
      { ...answered, ...change },
      {
        chat,
        apps,
        connect: () => Promise.resolve(undefined),
        show: () => Promise.resolve(void shown++),
        say: (sentence) => said.push(sentence),
      },
    );
  }

  beforeEach(async () => {
    const dify = new ScriptedDify();
    dify.answers.set('/messages', { data: [] });
    window = new ChatWindow({ fetch: dify.fetch });
    window.trusted = false;
    shown = 0;
    await window.open(testApp('talk'));
  });

  const inputs = { tone: 'short' };
  for (const [mode, ofMessage] of [
    ['advanced-chat', undefined],
    ['workflow', inputs],
  ] as const) {
    it(`is the run itself where it waits for a form: ${mode}`, async () => {
      const app = testApp('waits', { mode });
      await window.apps.save(app);
      const run = { ...newRun, runId: 'run-1', status: { type: 'paused' } } as const;
      const waiting = someMessage({ key: 'run-1', query: 'Check it', inputs, run });

      await goOn(app, { waiting });
      await goOn(app, { waiting });

      assert.equal(window.chat.app?.id, 'waits');
      const { key, messages, inputs: given } = window.conversation;
      assert.deepEqual([key, given, messages], ['run-1', inputs, [{ ...waiting, inputs: ofMessage }]]);
      assert.equal(shown, 2);
    });
  }

  it('goes on in its own conversation, or is put into the composer where it has none', async () => {
    const app = testApp('other', { mode: 'chat' });
    await window.apps.save(app);
    await goOn(app, { conversationId: 'c-1' });
    assert.deepEqual([window.chat.app?.id, window.conversation.id], ['other', 'c-1']);

    await goOn(testApp('gone', { mode: 'workflow' }), { text: 'x'.repeat(30_000) });
    const { text } = window.chat.shown?.typed ?? {};
    assert.match(text ?? '', /^Review\n\n> x{20000}\n\n$/);
    assert.equal(window.said.length, 1);
  });
});
