import assert from 'node:assert/strict';
import { emptyHumanInput, type ChatState } from '../../src/conversation/protocol.ts';
import type { ChatPage } from './chatPage.ts';
import { freshPage } from './freshPage.ts';
import { runForm } from './humanInputStates.ts';
import { states } from './states.ts';

describe('A form that a run waits for, in the page', () => {
  let chat: ChatPage;
  freshPage((page) => {
    chat = page;
  });

  const stateOf = (name: string): ChatState => states[name]?.() ?? assert.fail(name);
  const field = (label: string) => chat.page.getByLabel(label);
  const button = (name: string) => chat.page.getByRole('button', { name, exact: true });
  const key = stateOf('human-input').conversation.key;

  it('is answered by the button that was pressed, with all that stands in it', async () => {
    await chat.snapshot(stateOf('human-input'));
    await field('Notice to the customer').fill('Dear Ada,\nno.');
    await field('Reason').selectOption('Arrived late');
    await button('Reject').click();

    assert.deepEqual(await chat.posted('submitHumanInput'), [
      {
        type: 'submitHumanInput',
        key,
        form: 'f1',
        action: 'reject',
        values: { notice: 'Dear Ada,\nno.', reason: 'Arrived late' },
      },
    ]);
    assert.equal(await chat.page.evaluate(() => document.activeElement?.tagName), 'ARTICLE', 'focus stays in the turn');
  });

  it('is not sent before what it needs is chosen: the field is shown', async () => {
    await chat.snapshot(stateOf('human-input'));
    await button('Approve').click();
    await chat.painted();

    assert.deepEqual(await chat.posted('submitHumanInput'), []);
    assert.equal(await field('Reason').getAttribute('aria-invalid'), 'true');
    assert.equal(await chat.page.evaluate(() => document.activeElement?.tagName), 'SELECT');
  });

  it('is not sent by a key: what a button says cannot be taken back', async () => {
    await chat.snapshot(stateOf('human-input'));
    await field('Reason').selectOption('Arrived late');
    await field('Notice to the customer').focus();
    for (const press of ['Enter', 'Control+Enter']) await chat.page.keyboard.press(press);
    await chat.painted();

    assert.deepEqual(await chat.posted('submitHumanInput'), []);
  });

  it('tells the editor’s side what is typed, which keeps it, and shows what it kept', async () => {
    await chat.snapshot(stateOf('human-input'));
    await field('Notice to the customer').fill('Half a');
    await chat.waitForPosted('fillHumanInput');
    const [filled] = await chat.posted('fillHumanInput');
    assert.deepEqual(filled, { type: 'fillHumanInput', key, form: 'f1', values: { notice: 'Half a' } });

    const values = { notice: 'Kept' };
    await chat.snapshot({ ...stateOf('human-input'), humanInput: { f1: { ...emptyHumanInput, values } } });
    await chat.page.reload();
    await chat.snapshot({ ...stateOf('human-input'), humanInput: { f1: { ...emptyHumanInput, values } } });
    assert.equal(await field('Notice to the customer').inputValue(), 'Kept');
  });

  it('has the text that was read by its token in the place of a template', async () => {
    const { inputs } = runForm('f1');
    const read = { form_content: 'Refund **€ 12** now?\n\n{{#$output.reason#}}', inputs };
    await chat.snapshot({ ...stateOf('human-input'), humanInput: { f1: { ...emptyHumanInput, read } } });

    assert.match(await chat.text('.form-card'), /Refund € 12 now\?/);
    assert.doesNotMatch(await chat.text('.form-card'), /84\.90/);
  });

  it('asks for files of its own', async () => {
    await chat.snapshot(stateOf('human-input-files'));
    await button('Choose a file').click();

    assert.deepEqual(await chat.posted('chooseFiles'), [{ type: 'chooseFiles', variable: 'invoice', form: 'f2' }]);
  });

  it('cannot be changed while its answer is on the way', async () => {
    await chat.snapshot({
      ...stateOf('human-input'),
      humanInput: { f1: { ...emptyHumanInput, submitting: 'approve' } },
    });

    assert.equal(await field('Notice to the customer').isDisabled(), true);
    assert.equal(await button('Reject').count(), 0);
    assert.match(await chat.text('.form-card'), /Sending your answer: Approve/);
  });

  it('is one line when it was answered, which opens to what was said', async () => {
    await chat.snapshot(stateOf('human-input-closed'));
    const line = chat.page.locator('.process summary').first();
    assert.equal(await line.textContent(), 'Approval: Approve');
    await line.click();

    assert.equal(await chat.page.locator('.process .fold-body').first().isVisible(), true);
    assert.match(await chat.text('.process .fold-body'), /Refund € 84\.90\?/);
  });

  it('says in the composer that it comes first, and keeps nobody from typing', async () => {
    await chat.snapshot(stateOf('human-input'));
    const composer = chat.page.locator('.composer textarea');
    assert.equal(await composer.getAttribute('placeholder'), 'Answer the form above first');
    await composer.fill('Another question');

    assert.equal(await composer.inputValue(), 'Another question');
  });

  it('lets it be looked again at what was answered elsewhere', async () => {
    await chat.snapshot(stateOf('human-input-closed'));
    await button('Check Again').last().click();

    assert.deepEqual(await chat.posted('lookAtRun'), [{ type: 'lookAtRun', key: '4' }]);
  });

  it('is announced with its title when the run begins to wait', async () => {
    const { conversation, ...rest } = stateOf('human-input');
    const [message] = conversation.messages;
    assert.ok(message !== undefined);
    const running = { ...message, run: { ...message.run, forms: [], status: { type: 'answering' } as const } };
    await chat.snapshot({ ...rest, conversation: { ...conversation, messages: [running] } });
    const told = (event: Parameters<typeof chat.events>[0]) => chat.events(event);
    await told({ type: 'run', key: message.key, event: { type: 'formOpened', form: runForm('f1') } });
    await told({ type: 'run', key: message.key, event: { type: 'paused' } });
    await chat.painted();

    assert.equal(await chat.text('[role=status]'), 'Support Copilot needs you: Approval');
  });
});
