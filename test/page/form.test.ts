import assert from 'node:assert/strict';
import { emptyForm } from '../../src/conversation/protocol.ts';
import type { Browser, ChatPage } from './chatPage.ts';
import { freshPage } from './freshPage.ts';
import { halfFilled } from './formStates.ts';
import { formStateOf as stateOf, states } from './states.ts';

const full = { ...halfFilled.values, happened: 'The VPN is gone.', seats: '12', settings: '{"channel": 6}' };

describe('The form in the page', () => {
  let browser: Browser;
  let chat: ChatPage;
  freshPage((page, its) => {
    chat = page;
    browser = its;
  });

  const field = (label: string) => chat.page.getByLabel(label);
  const press = (name: string) => chat.page.getByRole('button', { name }).click();
  const focused = () => chat.page.evaluate(() => document.activeElement?.id ?? '');

  it('is filled in by every kind of control, and submitted with all of it', async () => {
    await chat.snapshot(stateOf('form'));
    await field('Customer name').fill('Ada');
    await field('Product').selectOption('X300 router');
    await field('What happened?').fill('It is gone.\nAgain.');
    await field('Seats').fill('１２');
    await field('Search the ticket archive too').check();
    await field('Settings').fill('{"band": 5}');
    await field('Ticket (optional)').fill('4711');
    await press('Start Conversation');

    const [start] = await chat.posted('start');
    assert.deepEqual(start, {
      type: 'start',
      key: stateOf('form').conversation.key,
      query: '',
      values: {
        name: 'Ada',
        product: 'X300 router',
        happened: 'It is gone.\nAgain.',
        seats: '１２',
        archive: true,
        logs: [],
        photo: [],
        settings: '{"band": 5}',
        ticket: '4711',
        region: '',
      },
    });
  });

  it('says what is optional, counts limited text, and offers no choice that was not made', async () => {
    await chat.snapshot(stateOf('form'));

    assert.equal(await chat.text('label[for=input-0]'), 'Customer name 0 / 48');
    assert.equal(await chat.text('label[for=input-3]'), 'Seats (optional)');
    assert.equal(await chat.text('label[for=input-7]'), 'Settings (optional, JSON)');
    assert.equal(await chat.text('#input-5-label'), 'Log files (optional, documents, up to 3, 15 MB each)');
    assert.deepEqual(await chat.page.locator('#input-1 option').allTextContents(), [
      'Choose…',
      'X200 router',
      'X300 router',
    ]);
    assert.equal(await chat.page.locator('#input-9 option').first().textContent(), 'Not set');
    assert.equal(await chat.page.locator('#input-3').getAttribute('inputmode'), 'decimal');
    assert.match((await chat.page.locator('#input-7').getAttribute('aria-describedby')) ?? '', /input-7-hint/);
  });

  it('judges a field when it is left, and from then on while it is typed', async () => {
    await chat.snapshot(stateOf('form'));
    const seats = field('Seats');
    await seats.pressSequentially('twelve');
    assert.equal(await seats.getAttribute('aria-invalid'), null);
    await chat.page.keyboard.press('Tab');
    await chat.painted();

    assert.equal(await seats.getAttribute('aria-invalid'), 'true');
    const problem = (await seats.getAttribute('aria-describedby')) ?? '';
    assert.equal(await chat.text(`#${problem}`), 'Enter a number, for example 12.');
    await seats.fill('12');
    await chat.painted();
    assert.equal(await seats.getAttribute('aria-invalid'), null);
  });

  it('posts nothing that is to be mended, and leads to the first of it', async () => {
    await chat.snapshot(stateOf('form', { values: halfFilled.values }));
    await press('Start Conversation');
    await chat.painted();

    assert.deepEqual(await chat.posted('start'), []);
    assert.equal(await focused(), 'input-2');
    assert.deepEqual(await chat.page.locator('.form .problem').allTextContents(), [
      'Too long by 14 characters.',
      'Enter a number, for example 12.',
      'Line 2: a comma is missing before "band".',
    ]);
    assert.equal(await chat.text('.form-actions .note'), '3 fields need attention');
    assert.match(await chat.text('[role=status]'), /3 fields need attention/);
  });

  it('tells the host what is typed within a moment, and at once when the person goes elsewhere', async () => {
    await chat.snapshot(stateOf('form'));
    await field('Customer name').pressSequentially('Ada');
    await chat.waitForPosted('form');
    await field('Ticket (optional)').pressSequentially('47');
    await chat.page.keyboard.press('Tab');

    const told = await chat.posted('form');
    assert.ok(told.every(({ key }) => key === 'k1'));
    assert.deepEqual(
      told.reduce((all, { values }) => ({ ...all, ...values }), {}),
      { name: 'Ada', ticket: '47' },
    );
  });

  it('has again what was typed when the page is made anew, and lets nobody disturb who types', async () => {
    await chat.snapshot(stateOf('form', { values: { name: 'Ada' } }));
    const name = field('Customer name');
    assert.equal(await name.inputValue(), 'Ada');
    await name.press('Home');
    await name.pressSequentially('St');
    const form = { ...emptyForm, values: { name: 'SAda', ticket: 'from another page' } };
    await chat.events({ type: 'changed', state: { form } });

    assert.equal(await name.inputValue(), 'StAda');
    assert.equal(await name.evaluate((input: HTMLInputElement) => input.selectionStart), 2);
    assert.equal(await field('Ticket (optional)').inputValue(), 'from another page');
  });

  it('sends a question that came too early with the form', async () => {
    await chat.snapshot(stateOf('form', { values: { ...full, name: '' } }));
    await chat.page.getByRole('button', { name: 'Reset an X200 router' }).click();
    assert.equal((await chat.posted('send'))[0]?.query, 'Reset an X200 router and keep the VPN settings');
    const waiting = { query: 'Reset an X200 router and keep the VPN settings', at: 7 };
    const form = { ...emptyForm, values: { ...full, name: '' }, waiting };
    await chat.events({ type: 'changed', state: { form } });
    await chat.painted();

    assert.equal(await focused(), 'input-0');
    assert.match(await chat.text('.form .muted'), /kept and sent after the form: “Reset an X200/);
    await field('Customer name').fill('Ada');
    await press('Start Conversation');
    assert.equal((await chat.posted('start'))[0]?.query, waiting.query);
  });

  it('submits nothing by the Enter that takes a candidate of an input method', async () => {
    await chat.snapshot(stateOf('form', { values: full }));
    const name = field('Customer name');
    await name.focus();
    const client = await chat.page.context().newCDPSession(chat.page);
    await client.send('Input.imeSetComposition', { text: 'あだ', selectionStart: 2, selectionEnd: 2 });
    await chat.page.keyboard.press('Enter');
    assert.deepEqual(await chat.posted('start'), []);
    await name.evaluate((input) => {
      const end = new CompositionEvent('compositionend', { bubbles: true });
      input.dispatchEvent(end);
      const enter = new KeyboardEvent('keydown', { key: 'Enter', keyCode: 13, bubbles: true, cancelable: true });
      if (input.dispatchEvent(enter)) throw new Error('The Enter went through');
    });

    await client.send('Input.insertText', { text: '安達' });
    await chat.page.waitForTimeout(60);
    await name.press('Enter');
    await chat.waitForPosted('start');
  });

  it('is read from its beginning, however long it is', async () => {
    await chat.page.setViewportSize({ width: 320, height: 500 });
    await chat.snapshot(stateOf('form'));
    await chat.page.locator('.transcript').hover();
    await chat.page.mouse.wheel(0, 40);
    await chat.painted();

    assert.equal(await chat.page.locator('.jump').count(), 0);
    assert.ok((await chat.page.locator('.transcript').evaluate(({ scrollTop }) => scrollTop)) <= 40);
  });

  it('is read from its beginning too when it follows another conversation', async () => {
    const top = (): Promise<number> => chat.page.locator('.transcript').evaluate(({ scrollTop }) => scrollTop);
    await chat.snapshot(states['markdown']?.() ?? stateOf('form'));
    assert.ok((await top()) > 100, 'the end of a conversation is far from its beginning');
    const form = stateOf('form');
    await chat.snapshot({ ...form, conversation: { ...form.conversation, key: 'another' } });

    assert.equal(await top(), 0);
  });

  it('is said in the display language', async () => {
    const japanese = await browser.open({ lang: 'ja' });
    await japanese.snapshot(stateOf('form', { values: { ...full, seats: 'x' } }));
    await japanese.page.getByRole('button', { name: '会話を開始' }).click();

    assert.equal(await japanese.text('.form .problem'), '数値を入力してください（例: 12）。');
    assert.equal(
      await japanese.page.locator('textarea').last().getAttribute('placeholder'),
      '先にフォームに入力してください',
    );
    assert.equal(await japanese.text('label[for=input-3]'), 'Seats （任意）');
    await japanese.close();
  });
});
