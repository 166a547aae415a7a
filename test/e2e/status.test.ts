import assert from 'node:assert/strict';
import type { FrameLocator, Page } from 'playwright-core';
import { startDifyServer, type RunningDifyServer } from '../dify-server/serve.ts';
import { openSession, type Session } from './session.ts';
import { answer, notification } from './workbench/notifications.ts';
import { closeQuickInput, passwordInput, pick, quickRows, runCommand } from './workbench/palette.ts';
import { statusItem } from './workbench/status.ts';
import { shotInThemes } from './workbench/themes.ts';
import { webviewWith } from './workbench/webview.ts';
import { openViewContainer, shot } from './workbench/workbench.ts';

describe('The status bar item, the log and the diagnostics', () => {
  let dify: RunningDifyServer;
  let own: Session;
  let page: Page;
  let chat: FrameLocator;

  before(async () => {
    dify = await startDifyServer({ tokensPerSecond: 30 });
    const keys = dify.apps.map(({ key }) => key).join(',');
    own = await openSession({ env: { DIFY_BASE_URL: dify.baseUrl, DIFY_API_KEYS: keys } });
    page = own.page;
    page.setDefaultTimeout(20_000);
    await own.context.grantPermissions(['clipboard-read', 'clipboard-write']);
  });

  after(async () => {
    await own?.close();
    await dify?.close();
  });

  afterEach(() => dify.clearFaults());

  const ask = async (query: string): Promise<void> => {
    await chat.locator('.composer textarea').fill(query);
    await chat.locator('.composer textarea').press('Enter');
  };

  it('is not there before there is an app, and names it then', async () => {
    await openViewContainer(page, 'Dify');
    chat = await webviewWith(page, '.hero');
    assert.equal(await statusItem(page).count(), 0);

    await chat.getByRole('button', { name: 'Connect an App' }).click();
    await pick(page, new URL(dify.baseUrl).host);

    await statusItem(page, /^Dify, Demo Chat: Demo Chat, Chatbot at 127\.0\.0\.1:\d+\. Click to switch\./).waitFor();
    assert.equal((await statusItem(page).innerText()).trim(), 'Demo Chat');
    chat = await webviewWith(page, '.composer textarea');
    // The chat takes the focus once all of them are connected.
    await chat.locator('.composer textarea:focus').waitFor();
    await shot(page, 'status-ready');
  });

  it('turns while an answer comes, and says in which conversation', async () => {
    await ask('Count to 100.');

    await statusItem(page, /^Dify, Demo Chat: Answering in “Count to 100\.”/).waitFor();
    await statusItem(page).locator('.codicon-modifier-spin').waitFor();
    await shot(page, 'status-answering');
    await chat.getByRole('button', { name: /^Stop answering/ }).click();
    await statusItem(page, /Click to switch/).waitFor();
  });

  it('leads to what one does with the app', async () => {
    await statusItem(page).click();

    await quickRows(page, 'Open Chat').waitFor();
    assert.deepEqual(
      (await quickRows(page).allInnerTexts()).map((text) => text.trim()),
      ['Switch App…', 'Open Chat', 'Runs', 'Manage Apps…', 'Test Connection', 'Show Log'],
    );
    await shot(page, 'status-menu');
    await closeQuickInput(page);
  });

  it('says that a run waits for the person', async () => {
    await runCommand(page, 'Dify: Switch App');
    await pick(page, 'Demo Approval');
    await chat.locator('.hero').waitFor();

    await ask('Announce the regatta on Sunday.');

    await statusItem(page, /^Dify, 1 needs you: Demo Approval waits for your answer until /).waitFor();
    await shot(page, 'status-needs-you');
  });

  it('says that Dify is not reached, and tries again', async () => {
    await chat.locator('.composer textarea').fill('');
    await runCommand(page, 'Dify: Switch App');
    await pick(page, 'Demo Chat');
    await chat.locator('.crumb.app').filter({ hasText: 'Demo Chat' }).waitFor();
    dify.fault({ path: '/v1/chat-messages', times: 'always', hangUp: 'reset' });

    await ask('Is anybody there?');

    await statusItem(page, /^Dify, Dify not reached: 127\.0\.0\.1:\d+: .* Last try .* Click to try again\./).waitFor();
    await shot(page, 'status-not-reached');
    dify.clearFaults();
    await chat.locator('.end').last().getByRole('button', { name: 'Retry' }).click();
    await statusItem(page, /not reached/).waitFor({ state: 'detached' });
  });

  it('warns of a key that is refused, and asks for it', async () => {
    const headers = { 'Content-Type': 'application/json' };
    const body = JSON.stringify({ code: 'unauthorized', message: 'Access token is invalid', status: 401 });
    dify.fault({ path: '/v1/chat-messages', times: 'always', answer: { status: 401, headers, body } });
    await chat.locator('.transcript[aria-busy="false"]').waitFor();

    await ask('And now?');

    await statusItem(page, /^Dify, Key refused: /).waitFor();
    await page.locator('.statusbar-item.warning-kind').waitFor();
    await shot(page, 'status-key-refused');
    dify.clearFaults();
    await statusItem(page).click();
    await pick(page, 'Enter API Key');
    await passwordInput(page).waitFor();
    await closeQuickInput(page);
    await chat.locator('.end').last().getByRole('button', { name: 'Enter API Key' }).waitFor();
  });

  it('copies diagnostics without a key, and shows them', async () => {
    await runCommand(page, 'Dify: Copy Diagnostics');
    const copied = await notification(page, /Copied\. Nothing in it opens anything\./);

    const text = String(await page.evaluate('navigator.clipboard.readText()'));
    await answer(copied, 'Show It');

    const user = dify.log.map(({ body }) => (body as { user?: string } | undefined)?.user).find(Boolean);
    assert.match(text, /^### Dify Companion: diagnostics\n/);
    assert.match(text, /- `Demo Chat`, `chat`, Dify `[\d.]+`, `http:\/\/127\.0\.0\.1:\d+\/v1` \(loopback\)/);
    assert.ok(text.includes(`- User: \`${user}\``), 'it names the user');
    assert.match(text, /\[info\] POST http:\/\/127\.0\.0\.1:\d+\/v1\/chat-messages: 200/);
    assert.deepEqual(
      dify.apps.filter(({ key }) => text.includes(key)),
      [],
    );
    assert.ok(!text.includes('Count to 100'), "it has none of the person's text");
    await page.locator('.tab.active').filter({ hasText: 'Untitled' }).waitFor();
    await shot(page, 'diagnostics');
  });

  it('opens the log from its menu', async () => {
    await statusItem(page).click();
    await pick(page, 'Show Log');

    await page.locator('.panel .output-view-container, .output-view').first().waitFor();
    await shotInThemes(own, 'log');
  });
});
