import assert from 'node:assert/strict';
import type { Locator, Page } from 'playwright-core';
import { startDifyServer, type RunningDifyServer } from '../dify-server/serve.ts';
import { openSession, type Session } from './session.ts';
import { until } from './until.ts';
import {
  chooseFromContextMenu,
  openContextMenu,
  openFile,
  menuItem,
  selectLines,
  dismissMenu,
} from './workbench/editor.ts';
import { answer, dialog, letSend, notification } from './workbench/notifications.ts';
import {
  closeQuickInput,
  fillInput,
  passwordInput,
  pick,
  quickInputWords,
  quickRows,
  runCommand,
} from './workbench/palette.ts';
import { shotInThemes } from './workbench/themes.ts';
import { reload, shot } from './workbench/workbench.ts';

describe('Actions on the selection', () => {
  let dify: RunningDifyServer;
  let own: Session;
  let page: Page;

  before(async () => {
    dify = await startDifyServer({ tokensPerSecond: 40 });
    own = await openSession();
    page = own.page;
    page.setDefaultTimeout(20_000);
  });

  after(async () => {
    await own?.close();
    await dify?.close();
  });

  afterEach(async function (this: Mocha.Context) {
    dify.clearFaults();
    if (this.currentTest?.state === 'failed') await shot(page, 'actions-broken');
  });

  const keyOf = (name: RegExp): string => dify.apps.find((app) => name.test(app.name))?.key ?? '';
  const completions = (): readonly { inputs: Record<string, string>; user: string }[] =>
    dify.log
      .filter(({ path }) => path === '/v1/completion-messages')
      .map(({ body }) => body as { inputs: Record<string, string>; user: string });
  const result = (): Locator =>
    page.locator('.editor-group-container').last().locator('.monaco-editor[role="code"]').first();
  const head = (state: RegExp): Locator => result().locator('.codelens-decoration').filter({ hasText: state });

  /** The answer to the n-th request is there; its document opens before the request is sent. */
  async function done(n: number): Promise<void> {
    await until(() => completions().length >= n);
    await head(/done/).waitFor();
  }

  it('leads through connecting on first use, and goes on with the selection that was made', async () => {
    await openFile(page, 'notes.md');
    await selectLines(page, 1, 9);
    await openContextMenu(page);
    await menuItem(page, 'Dify').hover();
    await menuItem(page, 'Summarize').waitFor();
    await shot(page, 'actions-menu');
    await dismissMenu(page);

    await chooseFromContextMenu(page, 'Dify', 'Summarize');
    await fillInput(page, /Address/, 'not an address');
    await quickInputWords(page, /not a web address/)
      .first()
      .waitFor();
    await fillInput(page, /Address/, `${dify.baseUrl}/chat-messages`);
    await passwordInput(page).waitFor();
    await fillInput(page, /API Key/, 'app-000000000000000000000000');
    const refused = await notification(page, /did not accept this key/);
    await shot(page, 'connect-wrong-key');
    await answer(refused, 'Enter API Key');
    dify.fault({ path: '/v1/completion-messages', headDelay: 1_500, chunkDelay: 100 });
    await fillInput(page, /API Key/, keyOf(/Summar/));
    await dialog(page);
    await shot(page, 'actions-first-time');
    await letSend(page);

    await head(/answering/).waitFor();
    await shot(page, 'actions-summary-answering');
    await done(1);
    await shot(page, 'actions-summary');
    assert.match(completions()[0]?.inputs['query'] ?? '', /^# Meeting of 14 May/);
  });

  it('translates by the palette with an app that asks for a language, remembered for the next time', async () => {
    await runCommand(page, 'Dify: Connect App');
    await fillInput(page, /Address/, dify.baseUrl);
    await fillInput(page, /API Key/, keyOf(/Transl/));
    await quickInputWords(page, /is connected/).waitFor();
    await closeQuickInput(page);

    await openFile(page, 'notes.md');
    await selectLines(page, 3, 4);
    await runCommand(page, 'Dify: Translate');
    await quickRows(page, /fits/).waitFor();
    await shot(page, 'actions-which-app');
    await pick(page, /fits/);
    await shot(page, 'actions-language');
    await pick(page, 'German');
    await done(2);
    await shot(page, 'actions-translation');

    await openFile(page, 'notes.md');
    await selectLines(page, 3, 4);
    await chooseFromContextMenu(page, 'Dify', 'Translate');
    await quickRows(page, /German.*last time/).waitFor();
    await pick(page, 'German');
    await done(3);
    assert.deepEqual(
      completions()
        .slice(-2)
        .map(({ inputs }) => inputs['target_language']),
      ['German', 'German'],
    );
  });

  it('stops when it is cancelled, keeps what came, and stops the server with the same user', async () => {
    dify.fault({ path: '/v1/completion-messages', headDelay: 1_500, chunkDelay: 100 });
    await openFile(page, 'notes.md');
    await selectLines(page, 1, 9);
    await runCommand(page, 'Dify: Summarize');
    await head(/answering/).waitFor();
    await result().locator('.view-line').filter({ hasText: /\w/ }).first().waitFor();

    await answer(await notification(page, /Summary of notes.md/), 'Cancel');

    await head(/stopped/).waitFor();
    await shot(page, 'actions-stopped');
    assert.ok(((await result().locator('.view-line').first().textContent()) ?? '').length > 0);
    const stop = dify.log.find(({ path }) => path.endsWith('/stop'));
    assert.deepEqual(stop?.body, { user: completions().at(-1)?.user });
  });

  it('says what failed, and does it again at a press of the button', async () => {
    const refused = { code: 'provider_quota_exceeded', message: 'Quota', status: 400 };
    const headers = { 'Content-Type': 'application/json' };
    dify.fault({ path: '/v1/completion-messages', answer: { status: 400, headers, body: JSON.stringify(refused) } });
    await openFile(page, 'notes.md');
    await selectLines(page, 1, 9);
    await runCommand(page, 'Dify: Summarize');

    const failed = await notification(page, /model has no quota left/);
    await shot(page, 'actions-failed');
    await answer(failed, 'Retry');

    await done(6);
  });

  it('keeps its results over a reload of the window', async () => {
    await reload(page);

    await runCommand(page, 'Dify: Recent Results');
    await quickRows(page, /Summary of notes.md/)
      .first()
      .waitFor();
    await shot(page, 'results-recent');
    await quickRows(page, /Summary of notes.md/)
      .first()
      .click();

    await head(/Demo Summarizer.*done/).waitFor();
    await result()
      .locator('.view-line')
      .filter({ hasText: /Demo\ssummary/ })
      .first()
      .waitFor();
  });

  it('asks again in the same document, and shows the answer before', async () => {
    const foot = (text: RegExp): Locator => result().locator('.codelens-decoration a').filter({ hasText: text });
    const before = completions().length;
    await foot(/^Again$/)
      .first()
      .click();
    await done(before + 1);
    await foot(/^Show Previous Answer$/)
      .first()
      .click();
    await head(/done/).waitFor();
    await shotInThemes(own, 'results-previous');
  });

  it('stops with Esc in the result, and only while it is answering', async () => {
    dify.fault({ path: '/v1/completion-messages', headDelay: 1_000, chunkDelay: 200 });
    const stops = (): number => dify.log.filter(({ path }) => path.endsWith('/stop')).length;
    const before = stops();
    await result()
      .locator('.codelens-decoration a')
      .filter({ hasText: /^Again$/ })
      .first()
      .click();
    await head(/answering/).waitFor();
    await result().locator('.view-line').filter({ hasText: /\w/ }).first().click();
    await page.keyboard.press('Escape');
    await head(/stopped/).waitFor();
    await page.keyboard.press('Escape');
    await until(() => stops() === before + 1);
    await shot(page, 'results-escape');
  });

  it('takes a thumb, and takes it back', async () => {
    const ratings = (): readonly unknown[] =>
      dify.log
        .filter(({ path }) => path.endsWith('/feedbacks'))
        .map(({ body }) => (body as { rating: unknown }).rating);
    const like = (): Locator =>
      result()
        .locator('.codelens-decoration a')
        .filter({ has: page.locator('.codicon') });
    await like().first().click();
    await until(() => ratings().length === 1);
    await result().locator('.codicon-thumbsup-filled').waitFor();
    await shot(page, 'results-liked');
    await like().first().click();
    await until(() => ratings().length === 2);
    assert.deepEqual(ratings(), ['like', null]);
  });
});
