import assert from 'node:assert/strict';
import { dirname } from 'node:path';
import type { FrameLocator, Locator, Page } from 'playwright-core';
import { demoApps } from '../../src/demo/demoApps.ts';
import { startDifyServer, type RunningDifyServer } from '../dify-server/serve.ts';
import { serveImage, type ImageServer } from './imageServer.ts';
import { openSession, type Session } from './session.ts';
import { browserStorage, tracesIn } from './traces.ts';
import { until } from './until.ts';
import { dialog, notification } from './workbench/notifications.ts';
import { closeQuickInput, fillInput, passwordInput, pick, quickRows, runCommand } from './workbench/palette.ts';
import { shotInThemes } from './workbench/themes.ts';
import { webviewWith } from './workbench/webview.ts';
import { openViewContainer, reload, shot, waitForWorkbench } from './workbench/workbench.ts';

describe('The apps of a person', () => {
  let dify: RunningDifyServer;
  let own: Session;
  let page: Page;
  let chat: FrameLocator;
  let images: ImageServer;

  before(async () => {
    // Keys that stand nowhere else, so that a trace of one is a leak.
    const apps = demoApps.map((app, index) => ({ ...app, key: `app-Marked${String(index).padStart(18, '0')}` }));
    dify = await startDifyServer({ tokensPerSecond: 200, apps });
    images = await serveImage();
    const keys = [keyOf('Demo Chat'), keyOf('Demo Summarizer')].join(',');
    own = await openSession({ env: { DIFY_BASE_URL: dify.baseUrl, DIFY_API_KEYS: keys } });
    page = own.page;
    page.setDefaultTimeout(20_000);
    await openViewContainer(page, 'Dify');
    chat = await webviewWith(page, '.hero');
  });

  after(async () => {
    await own?.close();
    await dify?.close();
    images?.close();
  });

  function keyOf(name: string): string {
    return dify.apps.find((app) => app.name === name)?.key ?? '';
  }

  async function manage(window = page): Promise<void> {
    await runCommand(window, 'Dify: Manage Apps');
    await quickRows(window).first().waitFor();
  }

  /** Presses what stands in the menu of an app. */
  async function choose(app: RegExp, action: string): Promise<void> {
    await manage();
    await pick(page, app);
    await pick(page, action);
  }

  async function confirm(button: string): Promise<void> {
    const asked = await dialog(page);
    await asked.locator('.monaco-button').filter({ hasText: button }).first().click();
  }

  const answers = (): Locator => chat.locator('article.turn.answer[data-key]');

  async function openChat(selector: string): Promise<void> {
    await openViewContainer(page, 'Dify');
    chat = await webviewWith(page, selector);
  }

  async function ask(query: string): Promise<void> {
    const composer = chat.locator('.composer textarea');
    await composer.fill(query);
    await composer.press('Enter');
  }

  it('are offered to be connected, or to be tried, where there are none', async () => {
    await manage();

    await quickRows(page, 'Connect an App').waitFor();
    await quickRows(page, 'Try the Demo Server').waitFor();
    await shot(page, 'apps-none');
    await closeQuickInput(page);
  });

  it('are listed with kind, host and use', async () => {
    await chat.getByRole('button', { name: 'Connect an App' }).click();
    await pick(page, new URL(dify.baseUrl).host);
    chat = await webviewWith(page, '.composer textarea');
    // The chat takes the focus once all of them are connected, and a list that is open then would close.
    await chat.locator('.composer textarea:focus').waitFor();

    await manage();
    await quickRows(page, /Demo Chat.*Chatbot · 127\.0\.0\.1:\d+.*Chats in this workspace/s).waitFor();
    await quickRows(page, /Demo Summarizer.*Text generator/s).waitFor();
    await shotInThemes(own, 'apps-list');
    await pick(page, /Demo Chat/);
    await quickRows(page, 'Test Connection').waitFor();
    await shotInThemes(own, 'apps-menu');
    await closeQuickInput(page);
  });

  it('are renamed here, and get their name in Dify back, by the keyboard alone', async () => {
    await choose(/Demo Chat/, 'Rename…');
    await fillInput(page, /Rename Demo Chat/, 'House Rules');
    await quickRows(page, 'House Rules').waitFor();
    await shot(page, 'apps-renamed');
    await closeQuickInput(page);

    await manage();
    await page.keyboard.press('Enter');
    await quickRows(page, 'Rename…').waitFor();
    await page.keyboard.type('Rename');
    await page.keyboard.press('Enter');
    await fillInput(page, /Rename House Rules/, '');
    await quickRows(page, /Demo Chat/).waitFor();
    await closeQuickInput(page);
  });

  it('do the actions that the person says', async () => {
    await choose(/Demo Summarizer/, 'Use It for Selection Actions…');
    await quickRows(page, 'Summarize').click();
    await shot(page, 'apps-actions');
    await page.keyboard.press('Enter');

    await quickRows(page, /Demo Summarizer.*Summarize/s).waitFor();
    await closeQuickInput(page);
  });

  it('answer a message that found its key gone, once the key is entered again', async () => {
    await openChat('.composer textarea');
    await ask('My name is Ada and the port is 8080.');
    await answers().first().locator('.answer-foot').waitFor();
    await loseKeys();

    await openChat('article.turn.answer[data-key]');
    await ask('What is my name?');
    const end = answers().last().locator('.end');
    await end.filter({ hasText: /is gone from the secret storage/ }).waitFor();
    await manage();
    await quickRows(page, /Demo Chat.*Key missing/s).waitFor();
    await shot(page, 'apps-key-gone');
    await closeQuickInput(page);
    await end.getByRole('button', { name: 'Enter API Key' }).click();
    await passwordInput(page).waitFor();
    await fillInput(page, /API Key/, keyOf('Demo Chat'));

    await answers().nth(1).locator('.answer-foot').waitFor();
    assert.match(await answers().nth(1).locator('.md').innerText(), /Ada/);
    assert.equal(await answers().count(), 2);
    await shot(page, 'apps-key-entered-again');
  });

  it('take another key', async () => {
    await choose(/Demo Summarizer/, 'Replace Key…');
    await passwordInput(page).waitFor();
    await fillInput(page, /API Key/, keyOf('Demo Summarizer'));
    await until(async () => {
      await manage();
      const missing = await quickRows(page, /Key missing/).count();
      await closeQuickInput(page);
      return missing === 0;
    });
  });

  it('are the same in another window, at once and after a reload', async () => {
    const other = await own.context.newPage();
    other.setDefaultTimeout(20_000);
    await other.goto(own.url);
    await waitForWorkbench(other);
    await manage(other);
    await quickRows(other, /Demo Summarizer/).waitFor();
    await closeQuickInput(other);

    await page.bringToFront();
    await choose(/Demo Summarizer/, 'Rename…');
    await fillInput(page, /Rename/, 'Named in the First Window');
    await quickRows(page, 'Named in the First Window').waitFor();
    await closeQuickInput(page);
    await other.bringToFront();
    await until(async () => {
      await manage(other);
      const rows = await quickRows(other).allInnerTexts();
      await closeQuickInput(other);
      return rows.some((row) => row.includes('Named in the First Window'));
    });
    await reload(other);
    await manage(other);
    await quickRows(other, /Named in the First Window/).waitFor();
    await shot(other, 'apps-second-window');
    await other.close();
    await page.bringToFront();
  });

  it('are switched in a list that looks the same, with the image that the owner chose', async () => {
    const site = { title: 'Demo Chat', icon_type: 'image', icon: 'image-1', icon_url: images.url };
    const headers = { 'Content-Type': 'application/json' };
    dify.fault({ path: '/v1/site', times: 'always', answer: { status: 200, headers, body: JSON.stringify(site) } });
    await reload(page);
    await openChat('article.turn.answer[data-key]');
    await until(() => images.asked.length > 0);
    assert.deepEqual(images.asked, [undefined], 'no key goes to the address of an image');

    await runCommand(page, 'Dify: Switch App');
    await quickRows(page, /Demo Chat.*Chatbot/s).waitFor();
    await quickRows(page, 'Connect Another App…').waitFor();
    await quickRows(page, /Demo Chat/)
      .locator('[style*="data:image/png"]')
      .waitFor();
    await shot(page, 'apps-switch');
    await pick(page, /Demo Chat/);
  });

  it('go when they are removed', async () => {
    await choose(/Named in the First Window/, 'Remove…');
    await dialog(page);
    await shot(page, 'apps-remove');
    await confirm('Remove');

    await quickRows(page, /Demo Chat/).waitFor();
    assert.equal(await quickRows(page, /Named in the First Window/).count(), 0);
    await closeQuickInput(page);
  });

  it('stay without a key when the person signs out', async () => {
    await runCommand(page, 'Dify: Sign Out of All Apps');
    await dialog(page);
    await shot(page, 'apps-sign-out');
    await confirm('Sign Out');
    await notification(page, /Signed out/);

    await manage();
    await quickRows(page, /Demo Chat.*Key missing/s).waitFor();
    await closeQuickInput(page);
    assert.equal(await answers().count(), 2);
  });

  it('leave no key in a file, a log, a setting or a state', async () => {
    const keys = dify.apps.map(({ key }) => key);
    const inBrowser = await browserStorage(page);

    assert.deepEqual(await tracesIn(dirname(own.workspace), keys), []);
    assert.match(inBrowser, /Demo Chat/, "the extension's state was read");
    assert.deepEqual(
      keys.filter((key) => inBrowser.includes(key)),
      [],
    );
  });

  it('are forgotten with all else when the person deletes all local data', async () => {
    await runCommand(page, 'Dify: Delete All Local Data');
    await dialog(page);
    await shot(page, 'apps-delete-all');
    await confirm('Continue…');
    await page.locator('.monaco-dialog-box').filter({ hasText: 'cannot be undone' }).waitFor();
    await confirm('Delete All Local Data');
    await notification(page, /All local data is deleted/);

    await openChat('.hero');
    await chat.getByRole('button', { name: 'Connect an App' }).waitFor();
    await reload(page);
    await openChat('.hero');
    await chat.getByRole('button', { name: 'Connect an App' }).waitFor();
    await shot(page, 'apps-deleted');
  });

  /** What a browser does that clears its storage: code-server keeps the secrets there. */
  async function loseKeys(): Promise<void> {
    await page.evaluate(
      `for (const key of Object.keys(localStorage)) if (/secret/i.test(key)) localStorage.removeItem(key)`,
    );
    await reload(page);
  }
});
