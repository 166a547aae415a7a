import assert from 'node:assert/strict';
import { approval } from '../../../../../src/demo/flows/approval.ts';
import { submitForm } from '../../../../../src/dify/humanInput.ts';
import type { HumanInputForm } from '../../../../../src/conversation/humanInput.ts';
import { neverAborted } from '../../../../support/difyClient.ts';
import { hastyReviewChat, reviewChat } from '../../../../lab/humanInputApps.ts';
import { localFile } from '../form/formWorld.ts';
import { filesChat, mailChat, twoFormsChat } from './humanInputChats.ts';
import { type Dify, HumanInputWindow, waitingFor } from './humanInputWorld.ts';

describe('Forms that runs wait for', () => {
  const windows: HumanInputWindow[] = [];
  afterEach(() => {
    for (const { part } of windows.splice(0)) part.dispose();
  });

  async function windowOf(dify: Dify, before?: HumanInputWindow): Promise<HumanInputWindow> {
    const window = new HumanInputWindow(dify, before);
    windows.push(window);
    await window.start();
    return window;
  }

  async function waiting(app: Dify['app']) {
    const made = await waitingFor(app);
    windows.push(made.window);
    return made;
  }

  /** The answers to forms that were sent. */
  const sent = ({ calls }: Dify): readonly string[] => calls.filter((call) => call.startsWith('POST /form'));

  const isDone = (window: HumanInputWindow) => (): boolean => window.message.run.status.type === 'done';

  async function answered(window: HumanInputWindow, form: HumanInputForm, action: string, values = {}): Promise<void> {
    const submitting = window.submit(form, action, values);
    await window.until(() => !window.forms.some(({ form_id }) => form_id === form.form_id));
    await submitting;
  }

  for (const [action, end] of [
    ['approve', /^Draft: .*\n\nApproved: .*Nice 猫/],
    ['reject', /^Draft: .*\n\nRejected with Nice 猫/],
  ] as const) {
    it(`are answered while the events of the run are listened to, and the answer goes on: ${action}`, async () => {
      const { dify, window, form } = await waiting(reviewChat);
      dify.calls.length = 0;
      window.type(form, { comment: 'Nice 猫' });

      await answered(window, form, action, { priority: 'low' });

      assert.match(window.message.run.text, end);
      assert.equal(window.message.run.text.match(/Draft:/g)?.length, 1, 'what came before the pause, once');
      assert.deepEqual(
        window.message.run.forms.map(({ state }) => state.type),
        ['filled'],
      );
      const [attach, submission] = ['GET /workflow/…/events', 'POST /form/human_input/…'].map((call) =>
        dify.calls.indexOf(call),
      );
      assert.ok(attach !== undefined && submission !== undefined && attach >= 0 && attach < submission);
      assert.deepEqual(window.chat.typedIn('one', window.conversation.key)?.humanInput, {}, 'nothing is left of it');
    });
  }

  it('are answered with every input, also with those that nobody touched', async () => {
    const { window, form } = await waiting(approval);

    await answered(window, form, 'publish', { audience: 'Everybody' });

    assert.match(window.message.run.text, /Published for \*\*Everybody\*\*:\n\nGood news: Cats/);
  });

  it('are not sent before what is missing is given', async () => {
    const { dify, window, form } = await waiting(reviewChat);
    dify.calls.length = 0;

    await window.submit(form, 'approve', { comment: '' });

    assert.deepEqual(window.stateOf(form).problems, { priority: 'The app needs a value here.' });
    assert.deepEqual(sent(dify), []);
  });

  it('stay open with all that was typed when they could not be sent, and are sent with the next try', async () => {
    const { dify, window, form } = await waiting(reviewChat);
    dify.refuse = (call) =>
      call.startsWith('POST /form')
        ? Response.json({ code: 'invalid_form_data', message: 'No', status: 400 }, { status: 400 })
        : undefined;

    await window.submit(form, 'approve', { comment: 'Kept', priority: 'high' });

    const { submitting, problem, values } = window.stateOf(form);
    assert.deepEqual([submitting, values], [undefined, { comment: 'Kept', priority: 'high' }]);
    assert.notEqual(problem, '');
    assert.equal(window.message.run.status.type, 'paused');

    dify.refuse = () => undefined;
    await answered(window, form, 'approve');
    assert.match(window.message.run.text, /Approved: .*Kept/);
  });

  it('are sent once, however often a button is pressed', async () => {
    const { dify, window, form } = await waiting(reviewChat);
    const first = window.submit(form, 'approve', { priority: 'low' });
    const second = window.submit(form, 'reject', { priority: 'low' });
    await window.until(isDone(window));
    await Promise.all([first, second]);

    assert.equal(sent(dify).length, 1);
    assert.match(window.message.run.text, /Approved/);
  });

  it('are there in the next window, with what was typed, and are answered from there', async () => {
    const { dify, window, form } = await waiting(reviewChat);
    window.type(form, { comment: 'Half a' });
    const next = await windowOf(dify, window);

    assert.deepEqual(next.stateOf(form).values, { comment: 'Half a' });
    await answered(next, form, 'approve', { comment: 'Half a word', priority: 'low' });

    assert.match(next.message.run.text, /Approved: .*Half a word/);
  });

  it('are read by their token, whose text has its variables filled in', async () => {
    const { window, form } = await waiting(reviewChat);
    await window.until(() => window.stateOf(form).read !== undefined);

    assert.match(window.stateOf(form).read?.form_content ?? '', /Draft: \*\*Answer: Cats/);
  });

  it('that were answered elsewhere meanwhile are gone, and the answer is there to its end', async () => {
    const { dify, window, form } = await waiting(reviewChat);
    const app = window.apps.chatApp();
    assert.ok(app !== undefined && form.form_token !== undefined);
    const answer = { token: form.form_token, action: 'reject', inputs: { comment: 'No', priority: 'low' } };
    await submitForm(window.clients.of(app), answer, neverAborted);
    const next = await windowOf(dify, window);
    await next.until(isDone(next));

    assert.match(next.message.run.text, /^Draft: .*\n\nRejected with No/);
    assert.equal(next.message.run.text.match(/Draft:/g)?.length, 1);
    assert.deepEqual(next.forms, []);
  });

  it('that are answered elsewhere while they are seen say so when a button is pressed', async () => {
    const { window, form } = await waiting(reviewChat);
    const app = window.apps.chatApp();
    assert.ok(app !== undefined && form.form_token !== undefined);
    const answer = { token: form.form_token, action: 'reject', inputs: { comment: 'No', priority: 'low' } };
    await submitForm(window.clients.of(app), answer, neverAborted);

    const submitting = window.submit(form, 'approve', { priority: 'low' });
    await window.until(isDone(window));
    await submitting;

    assert.match(window.message.run.text, /Rejected with No/);
  });

  it('that were answered elsewhere are looked at again when somebody comes back to the conversation', async () => {
    const { window, form } = await waiting(reviewChat);
    const { conversation } = window;
    const app = window.apps.chatApp();
    assert.ok(app !== undefined && form.form_token !== undefined);
    const answer = { token: form.form_token, action: 'approve', inputs: { comment: 'Yes', priority: 'low' } };
    await submitForm(window.clients.of(app), answer, neverAborted);

    await window.chat.newConversation();
    await window.chat.openConversation(app, conversation);
    await window.until(isDone(window));

    assert.match(window.message.run.text, /Approved: .*Yes/);
  });

  it('ask nothing of a server in a window that is not trusted, before somebody does something', async () => {
    const { dify, window, form } = await waiting(reviewChat);
    await window.until(() => window.stateOf(form).read !== undefined);
    dify.calls.length = 0;
    const next = new HumanInputWindow(dify, window);
    windows.push(next);
    next.trusted = false;
    await next.start();
    assert.deepEqual(dify.calls, []);

    await answered(next, form, 'approve', { priority: 'low' });
    assert.match(next.message.run.text, /Approved/);
  });

  it('whose time is over are let go of, and what the app did then is told', async () => {
    const { window } = await waiting(hastyReviewChat);
    await window.until(isDone(window));

    assert.match(window.message.run.text, /Timed out\.$/);
    assert.deepEqual(window.forms, []);
  });

  it('may be several at a time: the run waits again for the other, whose text is kept', async () => {
    const { window } = await waiting(twoFormsChat);
    const [first, second] = ['First', 'Second'].map((title) => window.forms.find((form) => form.node_title === title));
    assert.ok(first !== undefined && second !== undefined);
    window.type(second, { two: 'zwei' });

    await answered(window, first, 'go', { one: 'eins' });
    assert.deepEqual(
      window.forms.map(({ form_id }) => form_id),
      [second.form_id],
    );
    assert.equal(window.message.run.status.type, 'paused');

    await answered(window, second, 'go');
    assert.equal(window.message.run.text, 'eins zwei');
  });

  it('take files, which are uploaded at once', async () => {
    const { window, form } = await waiting(filesChat);
    await window.readLimits();
    window.chosen = [localFile('plan.md')];
    await window.part.acts().chooseFiles({ type: 'chooseFiles', variable: 'doc', form: form.form_id });
    await window.until(() => window.stateOf(form).uploads.length === 0);

    await answered(window, form, 'send');

    assert.match(window.message.run.text, /Got .*plan\.md/);
  });

  it('that go out by e-mail are not answered here, even if what opens them is known', async () => {
    const { dify, window, form } = await waiting(mailChat);
    dify.calls.length = 0;

    await window.submit({ ...form, form_token: 'token' }, 'approve', { comment: 'x' });

    assert.deepEqual(sent(dify), []);
    assert.equal(window.message.run.status.type, 'paused');
  });

  it('are answered on a server that lets nobody attach to a run, and what came of it is in the history', async () => {
    const { dify, window, form } = await waiting(reviewChat);
    dify.refuse = (call) =>
      call.endsWith('/events')
        ? new Response('<html>', { status: 404, headers: { 'content-type': 'text/html' } })
        : undefined;

    const submitting = window.submit(form, 'approve', { comment: 'Old', priority: 'low' });
    await window.until(isDone(window));
    await submitting;

    assert.ok(dify.calls.includes('POST /form/human_input/…'));
    assert.equal(window.message.run.text.match(/Draft:/g)?.length, 1);
  });

  it('let another question be asked meanwhile, and wait for its answer', async () => {
    const { window, form } = await waiting(reviewChat);
    const first = window.message.key;
    await window.ask('Dogs');

    const submitting = window.submit(form, 'approve', { priority: 'low' });
    const run = () => window.conversation.messages.find(({ key }) => key === first)?.run;
    await window.until(() => run()?.status.type === 'done');
    await submitting;

    assert.match(run()?.text ?? '', /Approved/);
    assert.equal(window.message.run.status.type, 'paused');
  });
});
