import assert from 'node:assert/strict';
import { emptyForm } from '../../src/conversation/protocol.ts';
import type { ChatPage } from './chatPage.ts';
import { freshPage } from './freshPage.ts';
import { formStateOf as stateOf } from './states.ts';

describe('What the app says first', () => {
  let chat: ChatPage;
  freshPage((page) => (chat = page));

  const opening = () => chat.text('article[aria-label="Opening statement"]');

  it('is filled with what stands in the form while that is typed', async () => {
    await chat.snapshot(stateOf('form'));
    assert.equal(await opening(), 'Hello [Customer name]. Tell me what your [Product] does.');
    await chat.page.getByLabel('Customer name').fill('Ada');
    await chat.painted();

    assert.equal(await opening(), 'Hello Ada. Tell me what your [Product] does.');
  });

  it('stays above the first question', async () => {
    await chat.snapshot(stateOf('inputs-folded'));
    const order = await chat.page
      .locator('.transcript article')
      .evaluateAll((all) => all.map((one) => one.textContent));

    assert.match(order[0] ?? '', /^Hello Ada Lovelace/);
    assert.match(order[1] ?? '', /The profiles are gone again/);
    assert.match(await chat.text('.disclaimer'), /Check before you act/);
  });

  it('offers starters that are asked at once, or edited: with Alt, by the menu key, or while a value is missing', async () => {
    await chat.snapshot(stateOf('form-optional', { values: { product: 'X200 router' } }));
    const starter = chat.page.getByRole('button', { name: 'Reset an X200 router' });
    await starter.click();
    assert.deepEqual(
      (await chat.posted('send')).map(({ query }) => query),
      ['Reset an X200 router and keep the VPN settings'],
    );
    const text = chat.page.locator('textarea').last();
    await starter.click({ modifiers: ['Alt'] });
    await chat.painted();
    assert.equal(await text.inputValue(), 'Reset an X200 router and keep the VPN settings');
    await text.fill('');
    await chat.page.getByRole('button', { name: 'Write a reply to' }).click();
    await chat.painted();
    assert.equal(await text.inputValue(), 'Write a reply to [Ticket]');
    await text.fill('Typed.');
    await starter.dispatchEvent('contextmenu');
    await chat.painted();

    assert.equal(await text.inputValue(), 'Typed.\n\nReset an X200 router and keep the VPN settings');
    assert.equal((await chat.posted('send')).length, 1);
  });
});

describe('The inputs of a conversation', () => {
  let chat: ChatPage;
  freshPage((page) => (chat = page));

  const press = (name: string) => chat.page.getByRole('button', { name }).click();

  it('are one line, and open to all of them', async () => {
    await chat.snapshot(stateOf('inputs-folded'));
    assert.equal(
      await chat.text('.fold summary'),
      'Inputs: Ada Lovelace, X200 router, The VPN is gone after every restart., Search the ticket archive too, 2 files',
    );
    await chat.page.locator('.fold summary').click();

    assert.deepEqual((await chat.page.locator('.inputs dd').allTextContents()).slice(0, 5), [
      'Ada Lovelace',
      'X200 router',
      'The VPN is gone after every restart.',
      'Not set',
      'Yes',
    ]);
  });

  it('are changed from the next question on, which is said', async () => {
    await chat.snapshot(stateOf('inputs-folded'));
    await chat.page.locator('.fold summary').click();
    await press('Edit inputs');
    assert.match(await chat.text('.fold .muted'), /a change counts from your next one/);
    await chat.page.getByLabel('Customer name').fill('Bob');
    await chat.painted();
    assert.match(await chat.text('.fold summary'), /Ada Lovelace/);
    await press('Apply from the Next Question');

    const [change] = await chat.posted('changeInputs');
    assert.deepEqual([change?.where, change?.values['name']], ['here', 'Bob']);
    const state = stateOf('inputs-folded');
    const inputs = { ...state.conversation.inputs, name: 'Bob' };
    await chat.events({ type: 'inputsSet', inputs });
    await chat.painted();
    assert.equal(await chat.page.locator('.form').count(), 0);
    assert.match(await chat.text('.fold summary'), /Inputs: Bob/);
  });

  it('are changed from the first field on, and stay in sight while they are typed', async () => {
    await chat.page.setViewportSize({ width: 320, height: 400 });
    await chat.snapshot(stateOf('inputs-folded'));
    await chat.page.locator('.fold summary').click();
    await press('Edit inputs');
    const name = chat.page.getByLabel('Customer name');
    assert.ok(await name.evaluate((field) => field === document.activeElement));
    await name.pressSequentially('!');
    await chat.events({ type: 'changed', state: { form: { ...emptyForm, values: { name: 'Ada Lovelace!' } } } });

    const box = await name.boundingBox();
    const scroller = await chat.page.locator('.transcript').boundingBox();
    assert.ok(box !== null && scroller !== null && box.y >= scroller.y && box.y < scroller.y + scroller.height);
  });

  it('are changed in a new conversation, where the server reads them at the start only', async () => {
    await chat.snapshot(stateOf('inputs-folded', { rereads: false }));
    await chat.events({ type: 'command', command: 'editInputs' });
    assert.match(await chat.text('.fold .muted'), /a change applies in a new conversation/);
    await press('Use in a New Conversation');

    assert.equal((await chat.posted('changeInputs'))[0]?.where, 'newConversation');
  });

  it('stay as they are when the person cancels', async () => {
    await chat.snapshot(stateOf('inputs-folded'));
    await chat.events({ type: 'command', command: 'editInputs' });
    await chat.page.getByLabel('Customer name').fill('Bob');
    await press('Cancel');
    await chat.painted();

    assert.equal(await chat.page.locator('.form').count(), 0);
    assert.deepEqual(await chat.posted('changeInputs'), []);
    const told = (await chat.posted('form')).map(({ values }) => values['name']);
    assert.equal(
      told.findLast((name) => name !== undefined),
      'Ada Lovelace',
    );
  });

  it('are asked for again where the app wants more than it did', async () => {
    await chat.snapshot(stateOf('inputs-outdated', { waiting: { query: 'Next?', at: 3 } }));
    await chat.painted();
    assert.match(await chat.text('.fold .muted'), /asks for more than when this conversation began/);
    await chat.page.getByLabel('Product').selectOption('X200 router');
    await chat.page.getByLabel('What happened?').fill('It is gone.');
    await press('Apply from the Next Question');

    assert.equal((await chat.posted('start'))[0]?.query, 'Next?');
  });
});
