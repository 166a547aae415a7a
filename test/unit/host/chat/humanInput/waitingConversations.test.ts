import assert from 'node:assert/strict';
import { newConversation } from '../../../../../src/conversation/conversation.ts';
import { plainQuestion } from '../../../../../src/conversation/session.ts';
import { reviewChat, reviewFlow } from '../../../../lab/humanInputApps.ts';
import { testApp } from '../../../../support/hostState.ts';
import { settled } from '../../../../support/scriptedDify.ts';
import { Dify, HumanInputWindow, waitingFor } from './humanInputWorld.ts';

describe('Forms that conversations wait for', () => {
  let window: HumanInputWindow;

  afterEach(() => window.part.dispose());

  it('of a workflow are answered where nobody may attach too, and what came of it is in the detail of the run', async () => {
    const dify = new Dify(reviewFlow);
    window = new HumanInputWindow(dify);
    await window.start();
    void window.chat.shown?.run({ ...plainQuestion('Cats'), inputs: { topic: 'Cats' } });
    await window.until(() => window.conversation.messages[0]?.run.status.type === 'paused');
    dify.refuse = (call) => (call.endsWith('/events') ? new Response('<html>', { status: 404 }) : undefined);
    const [form] = window.forms;
    assert.ok(form !== undefined);

    const submitting = window.submit(form, 'approve', { comment: 'Old', priority: 'low' });
    await window.until(() => window.message.run.status.type === 'done');
    await submitting;

    assert.match(window.message.run.text, /Old/);
  });

  it('hold the questions that wait behind them, which go on after the answer', async () => {
    window = new HumanInputWindow(new Dify(reviewChat));
    await window.start();
    void window.chat.send('Cats');
    await window.until(() => window.chat.shown?.answering === true);
    void window.chat.send('Dogs');
    await window.until(() => window.conversation.messages[0]?.run.status.type === 'paused');
    const [form] = window.forms;
    assert.ok(form !== undefined);
    while (window.chat.shown?.queueHeld !== true) await settled();

    void window.submit(form, 'approve', { priority: 'low' });
    await window.until(() => window.conversation.messages[1]?.run.status.type === 'paused');

    assert.deepEqual(
      window.conversation.messages.map(({ typed, run }) => [typed, run.status.type]),
      [
        ['Cats', 'done'],
        ['Dogs', 'paused'],
      ],
    );
  });

  it('are called by whatever word a server gives', async () => {
    const waiting = await waitingFor(reviewChat);
    ({ window } = waiting);
    const called = { ...waiting.form, form_id: 'constructor' };
    window.chat.shown?.apply({ type: 'run', key: window.message.key, event: { type: 'formOpened', form: called } });

    assert.deepEqual(window.stateOf(called).values, {});
  });

  it('keep their conversation open, however many are shown after it', async () => {
    ({ window } = await waitingFor(reviewChat));
    const { key } = window.conversation;
    for (let others = 0; others < 12; others++) {
      await window.chat.openConversation(testApp('one', { mode: 'advanced-chat' }), newConversation());
    }

    assert.equal(window.chat.find(key)?.conversation.messages[0]?.run.status.type, 'paused');
    assert.equal(window.chat.activity().waiting.length, 1);
  });
});
