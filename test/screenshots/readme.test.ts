import path from 'node:path';
import type { Page } from 'playwright-core';
import { startDifyServer, type RunningDifyServer } from '../dify-server/serve.ts';
import { openSession, type Session } from '../e2e/session.ts';
import { openFile, selectLines } from '../e2e/workbench/editor.ts';
import { letSend } from '../e2e/workbench/notifications.ts';
import { pick, quickRows, runCommand } from '../e2e/workbench/palette.ts';
import { webviewWith } from '../e2e/workbench/webview.ts';
import { openViewContainer, setTheme } from '../e2e/workbench/workbench.ts';
import { out } from '../vscode/paths.ts';

/** `npm run screenshots` takes them over into the README. */
describe('The pictures of the README', () => {
  let dify: RunningDifyServer;
  let own: Session;
  let page: Page;

  before(async () => {
    dify = await startDifyServer({ tokensPerSecond: 400 });
    const keys = dify.apps.map(({ key }) => key).join(',');
    own = await openSession({ env: { DIFY_BASE_URL: dify.baseUrl, DIFY_API_KEYS: keys } });
    page = own.page;
    page.setDefaultTimeout(20_000);
    await page.setViewportSize({ width: 1180, height: 720 });
  });

  after(async () => {
    await own?.close();
    await dify?.close();
  });

  it('show the chat, and a summary beside its text', async () => {
    await setTheme(page, 'Dark Modern');
    await openViewContainer(page, 'Dify');
    const welcome = await webviewWith(page, '.hero');
    await welcome.getByRole('button', { name: 'Connect an App' }).click();
    await pick(page, new URL(dify.baseUrl).host);
    let chat = await webviewWith(page, '.composer textarea');
    // The chat takes the focus once all of them are connected.
    await chat.locator('.composer textarea:focus').waitFor();
    await runCommand(page, 'Dify: Switch App');
    await pick(page, 'Demo Handbook');
    chat = await webviewWith(page, '.composer textarea');
    await chat.getByRole('heading', { name: 'Demo Handbook' }).first().waitFor();
    await chat.locator('.composer textarea').fill('What does a chat keep of its history?');
    await chat.locator('.composer textarea').press('Enter');
    await chat.locator('.answer-foot').waitFor();
    await chat.locator('.process summary').click();
    await chat.locator('.tree .node').first().waitFor();

    await openFile(page, 'notes.md');
    await selectLines(page, 1, 9);
    await runCommand(page, 'Dify: Summarize');
    await quickRows(page, /Demo Summarizer/).click();
    await letSend(page);
    await page.locator('.codelens-decoration').filter({ hasText: /done/ }).waitFor();
    await runCommand(page, 'Notifications: Clear All Notifications');
    // Not as PNG: that would be a sixth of the package.
    const picture = path.join(out, 'shots/readme.jpg');
    await page.screenshot({ path: picture, type: 'jpeg', quality: 70, animations: 'disabled' });
  });
});
