import assert from 'node:assert/strict';
import { readFile } from 'node:fs/promises';
import path from 'node:path';
import type { FrameLocator, Page } from 'playwright-core';
import { pageText } from '../../src/demo/flows/handbookPages.ts';
import { startDifyServer, type RunningDifyServer } from '../dify-server/serve.ts';
import { appNamed } from '../lab/apps.ts';
import { dot } from '../support/recordedForm.ts';
import { openSession, type Session } from './session.ts';
import { until } from './until.ts';
import { selectedText, visibleText } from './workbench/editor.ts';
import { closeQuickInput, pick, quickInput, quickInputWords, quickRows, runCommand } from './workbench/palette.ts';
import { webviewWith } from './workbench/webview.ts';
import { openViewContainer, shot } from './workbench/workbench.ts';

/** A page of the demo's handbook as people keep it: its sentences in lines of their own, under a heading. */
const sentences = pageText('chat.md').replaceAll('. ', '.\n');
const chatPage = `# Chat\n\nWhat the server remembers.\n\n${sentences}\n\nSee also the pages on actions.\n`;

describe('What answers bring', () => {
  let dify: RunningDifyServer;
  let own: Session;
  let page: Page;
  let chat: FrameLocator;

  before(async () => {
    dify = await startDifyServer({
      tokensPerSecond: 500,
      apps: [appNamed('Demo Handbook'), appNamed('Drawing chatflow')],
    });
    const keys = dify.apps.map(({ key }) => key).join(',');
    own = await openSession({
      env: { DIFY_BASE_URL: dify.baseUrl, DIFY_API_KEYS: keys },
      files: { 'docs/chat.md': chatPage, 'docs/actions.md': '# Actions\n' },
    });
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

  async function askIn(app: string, query: string): Promise<void> {
    await until(async () => {
      await runCommand(page, 'Dify: Switch App');
      await quickInputWords(page, 'Switch App').waitFor();
      const isThere = (await quickRows(page, app).count()) > 0;
      if (!isThere) await closeQuickInput(page);
      return isThere;
    });
    await pick(page, app);
    chat = await webviewWith(page, '.composer textarea');
    await chat.getByRole('heading', { name: app }).first().waitFor();
    await chat.locator('.composer textarea').fill(query);
    await chat.locator('.composer textarea').press('Enter');
    await chat.locator('article.turn.answer[data-key] .answer-foot').waitFor();
  }

  async function nameInCard(): Promise<string> {
    return (await chat.locator('.file-card .cut').first().textContent()) ?? '';
  }

  it('opens the very lines of the workspace that a citation is from', async () => {
    await askIn('Demo Handbook', 'What does a chat keep of its history?');
    await chat.locator('.chip', { hasText: 'chat.md' }).click();
    const open = chat.getByRole('button', { name: 'Open docs/chat.md, line 5' });
    await open.waitFor();
    await shot(page, 'sources-card');
    await open.click();
    await page.locator('.tab.active[data-resource-name="chat.md"]').waitFor();
    await shot(page, 'sources-opened');

    assert.equal((await selectedText(page)).replaceAll('\r\n', '\n'), sentences);
    assert.match(await visibleText(page), /See also the pages on actions/);
  });

  it('shows a picture, saves it where the person says, and opens it in a viewer of VS Code', async () => {
    await askIn('Drawing chatflow', 'a cat');
    await chat.getByRole('button', { name: /^Show .*\.png$/ }).click();
    await chat.locator('.file-card img').waitFor();
    assert.match((await chat.locator('.file-card img').getAttribute('src')) ?? '', /^data:image\/png;base64,/);
    // The same picture in the text of the answer.
    assert.equal(await chat.locator('.md img').count(), 1);
    await shot(page, 'sources-files');

    await chat.getByRole('button', { name: /^Save .*\.png as$/ }).click();
    const offered = path.join(own.workspace, await nameInCard());
    await until(async () => (await quickInput(page).inputValue()) === offered);
    await quickInput(page).press('Enter');
    const bytes = (): Promise<Buffer | undefined> => readFile(offered).catch(() => undefined);
    await until(async () => (await bytes()) !== undefined);
    assert.deepEqual(await bytes(), Buffer.from(dot));

    await chat.getByRole('button', { name: /^Open .*\.png$/ }).click();
    await page.locator('.tab.active[data-resource-name$=".png"]').waitFor();
    await shot(page, 'sources-viewer');
  });
});
