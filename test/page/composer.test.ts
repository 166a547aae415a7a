import { someQuestion } from '../support/conversations.ts';
import assert from 'node:assert/strict';
import type { Browser, ChatPage } from './chatPage.ts';
import { freshPage } from './freshPage.ts';
import { app, conversation, message, state, states } from './states.ts';

const asked = (query: string) => someQuestion({ key: 'a', query, askedAt: Date.now() });
const answering = () =>
  conversation(message('1', 'First', { text: 'An answer', status: { type: 'answering' }, stoppable: true }));

describe('The composer', () => {
  let browser: Browser;
  let chat: ChatPage;
  freshPage((page, its) => {
    chat = page;
    browser = its;
  });
  beforeEach(async () => {
    await chat.snapshot(state());
  });

  const field = (): ReturnType<ChatPage['page']['locator']> => chat.page.locator('textarea');

  it('sends on Enter, and empties only when the question was asked', async () => {
    await field().fill('Hello?');
    await field().press('Enter');

    assert.deepEqual(
      (await chat.posted('send')).map(({ query }) => query),
      ['Hello?'],
    );
    assert.equal(await field().inputValue(), 'Hello?');

    await chat.events(asked('Hello?'));

    assert.equal(await field().inputValue(), '');
    assert.equal(await chat.text('.ask-bubble'), 'Hello?');
  });

  it('empties when the question was asked before what was typed was painted', async () => {
    await field().focus();
    // As in a window that is hidden, or busy with a long answer: no frame comes between the two.
    await chat.page.evaluate((question) => {
      document.execCommand('insertText', false, question.typed);
      globalThis.host.send({ type: 'events', seq: 2, events: [question] });
    }, asked('Hello?'));
    await chat.painted();

    assert.equal(await field().inputValue(), '');
    assert.equal(await chat.text('.ask-bubble'), 'Hello?');
  });

  it('does not send twice by a second Enter', async () => {
    await field().fill('Hello?');
    await field().press('Enter');
    await field().press('Enter');

    assert.equal((await chat.posted('send')).length, 1);
  });

  it('breaks the line on Shift+Enter and grows', async () => {
    const before = await field().boundingBox();
    await field().fill('one');
    await field().press('Shift+Enter');
    await field().pressSequentially('two');
    await chat.painted();

    assert.equal(await field().inputValue(), 'one\ntwo');
    assert.deepEqual(await chat.posted('send'), []);
    assert.ok(((await field().boundingBox())?.height ?? 0) > (before?.height ?? 0));
  });

  it('sends by the button, which is muted until there is text', async () => {
    const send = chat.page.getByRole('button', { name: 'Send (Enter)' });
    assert.equal(await send.getAttribute('aria-disabled'), 'true');
    // Playwright would wait until it is enabled.
    await send.click({ force: true });
    await field().fill('  \n');
    await field().press('Enter');
    assert.deepEqual(await chat.posted('send'), []);

    await field().fill('Now');
    await chat.painted();
    assert.equal(await send.getAttribute('aria-disabled'), 'false');
    await send.click();

    assert.deepEqual(
      (await chat.posted('send')).map(({ query }) => query),
      ['Now'],
    );
  });

  it('tells the host every draft soon, and at once when the page loses the focus', async () => {
    await field().pressSequentially('draft');
    await chat.waitForPosted('draft');
    await field().fill('draft, longer');
    await chat.page.evaluate(() => dispatchEvent(new Event('blur')));

    assert.partialDeepStrictEqual((await chat.posted('draft')).at(-1), { type: 'draft', text: 'draft, longer' });
  });

  it('tells the draft before it sends, and its end after', async () => {
    await field().fill('Hello?');
    await field().press('Enter');
    await chat.events(asked('Hello?'));
    await chat.page.evaluate(() => dispatchEvent(new Event('pagehide')));

    const all = await chat.page.evaluate(() =>
      globalThis.host.posted.map((posted) => ('text' in posted ? `draft ${posted.text}` : posted.type)),
    );
    assert.deepEqual(all, ['ready', 'draft Hello?', 'send', 'draft ']);
  });

  it('tells what was typed before a Retry may send the text again', async () => {
    await chat.snapshot(states['ends']?.() ?? state());
    await field().fill('Typed meanwhile');
    await chat.page.getByRole('button', { name: 'Retry' }).nth(1).click();

    const all = await chat.page.evaluate(() => globalThis.host.posted.map(({ type }) => type));
    assert.deepEqual(all, ['ready', 'draft', 'remedy']);
  });

  it('begins with the draft of the snapshot', async () => {
    const other = await browser.open();
    await other.snapshot(state({ draft: 'Half a sent' }));

    assert.equal(await other.page.locator('textarea').inputValue(), 'Half a sent');
    assert.deepEqual(await other.posted('draft'), []);
    await other.close();
  });

  it('takes a returned draft only if nothing else was typed', async () => {
    await chat.events({ type: 'draftReturned', text: 'The old text' });
    assert.equal(await field().inputValue(), 'The old text');

    await field().fill('Newer');
    await chat.events({ type: 'draftReturned', text: 'The old text' });
    assert.equal(await field().inputValue(), 'Newer');
  });

  it('sends by the keys that are set, and says so', async () => {
    for (const [sendKey, key, name, others] of [
      ['ctrlEnter', 'Control+Enter', 'Ctrl+Enter', ['Enter', 'Shift+Enter']],
      ['shiftEnter', 'Shift+Enter', 'Shift+Enter', ['Enter', 'Control+Enter']],
    ] as const) {
      const other = await browser.open();
      await other.snapshot(state({ settings: { sendKey, fontSize: 0, scroll: 'follow' } }));
      const text = other.page.locator('textarea');
      assert.equal(await text.getAttribute('placeholder'), `Ask Support Copilot (${name} sends)`);
      await text.fill('Hello?');
      for (const one of others) await text.press(one);
      assert.deepEqual(await other.posted('send'), []);
      await text.press(key);
      assert.equal((await other.posted('send')).length, 1);
      await other.close();
    }
  });

  it('grows to two fifths of the page, and then scrolls', async () => {
    await field().fill('line\n'.repeat(100));

    assert.equal(Math.round((await field().boundingBox())?.height ?? 0), 280);
  });

  it('stops by its button and by Esc, and the focus stays in the text', async () => {
    await chat.snapshot({ ...state(), conversation: answering() });
    await chat.page.getByRole('button', { name: 'Stop answering (Esc)' }).click();
    await chat.events({ type: 'run', key: '1', event: { type: 'stopped' } });

    assert.equal((await chat.posted('stop')).length, 1);
    assert.equal(await chat.page.evaluate(() => document.activeElement?.tagName), 'TEXTAREA');

    await chat.snapshot({ ...state(), conversation: answering() });
    await field().press('Escape');
    assert.equal((await chat.posted('stop')).length, 2);
    await chat.snapshot(state());
    await field().press('Escape');
    assert.equal((await chat.posted('stop')).length, 2);
  });

  it('says that only the reading stops where Dify cannot be told', async () => {
    await chat.snapshot({ ...state(), conversation: conversation(message('1', 'Q', {})) });

    assert.ok(await chat.page.getByRole('button', { name: 'Stop reading (Esc). Dify may go on' }).isVisible());
  });

  it('sends a starter at once; with Alt it is written down instead', async () => {
    const starter = chat.page.getByRole('button', { name: app.suggestedQuestions[0] ?? '' });
    await field().fill('By the way:');
    await starter.click({ modifiers: ['Alt'] });
    await chat.painted();
    const typed = `By the way:\n\n${app.suggestedQuestions[0]}`;
    assert.equal(await field().inputValue(), typed, 'what was typed stays');
    assert.deepEqual(await chat.posted('send'), []);

    await chat.page.getByRole('button', { name: app.suggestedQuestions[1] ?? '' }).click();
    assert.deepEqual(
      (await chat.posted('send')).map(({ query }) => query),
      [app.suggestedQuestions[1]],
    );
    await chat.events(asked(app.suggestedQuestions[1] ?? ''));
    assert.equal(await field().inputValue(), typed);
    assert.equal(await chat.page.evaluate(() => document.activeElement?.tagName), 'TEXTAREA');
  });
});
