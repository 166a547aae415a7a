import assert from 'node:assert/strict';
import type { FrameLocator, Page } from 'playwright-core';
import { demoApps } from '../../src/demo/demoApps.ts';
import { startDifyServer, type RunningDifyServer } from '../dify-server/serve.ts';
import { openSession, type Session } from './session.ts';
import { browserStorage } from './traces.ts';
import { until } from './until.ts';
import { openFile, visibleText } from './workbench/editor.ts';
import { pick, runCommand } from './workbench/palette.ts';
import { webviewWith } from './workbench/webview.ts';
import { mod, openViewContainer, reload, shot } from './workbench/workbench.ts';

describe('The chat in an editor tab', () => {
  let dify: RunningDifyServer;
  let own: Session;
  let page: Page;
  let chat: FrameLocator;

  before(async () => {
    const apps = demoApps.filter(({ mode }) => mode === 'chat').slice(0, 1);
    dify = await startDifyServer({ tokensPerSecond: 200, apps });
    const keys = dify.apps.map(({ key }) => key).join(',');
    own = await openSession({ env: { DIFY_BASE_URL: dify.baseUrl, DIFY_API_KEYS: keys } });
    page = own.page;
    page.setDefaultTimeout(20_000);
    await openViewContainer(page, 'Dify');
    chat = await webviewWith(page, '.hero');
    await chat.getByRole('button', { name: 'Connect an App' }).click();
    await pick(page, new URL(dify.baseUrl).host);
    chat = await webviewWith(page, '.composer textarea');
    await chat.locator('.composer textarea:focus').waitFor();
  });

  after(async () => {
    await own?.close();
    await dify?.close();
  });

  /** The page in the tab; the one in the side bar is another. */
  async function tabPage(selector: string): Promise<FrameLocator> {
    await page.locator('.tab.active', { hasText: 'Dify Chat' }).waitFor();
    const webviews = page.locator('iframe.webview');
    let found: FrameLocator | undefined;
    await until(async () => {
      for (const webview of await webviews.all()) {
        const box = await webview.boundingBox();
        const frame = webview.contentFrame().locator('iframe#active-frame').contentFrame();
        const isTab = (box?.width ?? 0) > 400;
        if (
          isTab &&
          (await frame
            .locator(selector)
            .count()
            .catch(() => 0)) > 0
        )
          found = frame;
      }
      return found !== undefined;
    });
    assert.ok(found !== undefined);
    return found;
  }

  it('shows what the side bar shows, while both are open, and what is typed in either', async () => {
    const composer = chat.locator('.composer textarea');
    await composer.fill('Show me a code sample');
    await runCommand(page, 'Dify: Open Chat in Editor');
    const tab = await tabPage('.composer textarea');
    await until(async () => (await tab.locator('.composer textarea').inputValue()) === 'Show me a code sample');
    await tab.locator('.composer textarea').press('Enter');
    for (const each of [chat, tab]) {
      await each.locator('article.turn.answer[data-key] .answer-foot').waitFor();
      assert.match(await each.locator('article.turn.answer[data-key] .md').innerText(), /A sample of Markdown/);
    }
    await tab.locator('.composer textarea').fill('Typed in the tab');
    await until(async () => (await composer.inputValue()) === 'Typed in the tab');
    await shot(page, 'chat-tab');
  });

  it('finds by the button of the tab, and by that of the view', async () => {
    const tab = await tabPage('.composer textarea');
    await page
      .locator('.editor-group-container.active .editor-actions')
      .getByRole('button', { name: 'Find in Chat' })
      .click();
    await tab.locator('.find .field:focus').waitFor();
    await page.keyboard.type('sample');
    await until(async () => (await tab.locator('.find output').innerText()) !== '');
    await page.keyboard.press('Escape');
    await tab.locator('.find').waitFor({ state: 'detached' });
  });

  it('is there again after a reload of the window, and is one however often it is opened', async () => {
    // VS Code writes down every few seconds which tabs are open.
    await until(async () => /providedId\W+difyCompanion\.chatPanel/.test(await browserStorage(page)));
    await reload(page);
    const tab = await tabPage('article.turn.answer[data-key]');
    assert.match(await tab.locator('article.turn.answer[data-key] .md').first().innerText(), /A sample of Markdown/);
    await runCommand(page, 'Dify: Open Chat in Editor');
    assert.equal(await page.locator('.tab', { hasText: 'Dify Chat' }).count(), 1);
  });

  it('brings the last code of an answer to the cursor, in one step back', async () => {
    const tab = await tabPage('.composer textarea');
    const code = (await tab.locator('figure.code code').last().innerText()).trim();
    await openFile(page, 'inventory.ts');
    await openViewContainer(page, 'Dify');
    await webviewWith(page, 'figure.code');
    await runCommand(page, 'Dify: Insert Last Code Block at Cursor');
    await until(async () => (await visibleText(page)).includes(code.split('\n')[0] ?? ''));
    assert.match(await visibleText(page), /^}\n\/\*\* A boat/m);
    await page.locator('.tab.active', { hasText: 'inventory.ts' }).click();
    await page.keyboard.press(`${mod}+z`);
    await until(async () => (await visibleText(page)).startsWith('/** A boat'));
  });
});
