import assert from 'node:assert/strict';
import { setTimeout as delay } from 'node:timers/promises';
import type { FrameLocator, Locator, Page } from 'playwright-core';
import { approval } from '../../src/demo/flows/approval.ts';
import { reviewChat } from '../lab/humanInputApps.ts';
import { startDifyServer, type RunningDifyServer } from '../dify-server/serve.ts';
import { openSession, type Session } from './session.ts';
import { killExtensionHost } from './workbench/extensionHost.ts';
import { answer as press, notification } from './workbench/notifications.ts';
import { pick, runCommand } from './workbench/palette.ts';
import { shotInThemes } from './workbench/themes.ts';
import { webviewWith } from './workbench/webview.ts';
import { openViewContainer, reload, shot } from './workbench/workbench.ts';

/** What was typed this long ago, in milliseconds, is kept. */
const kept = 1_000;

describe('A run that waits for a form', () => {
  let dify: RunningDifyServer;
  let own: Session;
  let page: Page;
  let chat: FrameLocator;

  before(async () => {
    dify = await startDifyServer({ tokensPerSecond: 4, apps: [approval, reviewChat] });
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

  const card = (): Locator => chat.locator('.form-card');
  const answer = (): Locator => chat.locator('article.turn.answer').last();
  const needsYou = (): Locator => page.locator('.statusbar-item').filter({ hasText: '1 needs you' });

  async function ask(query: string): Promise<void> {
    await chat.locator('.composer textarea').fill(query);
    await chat.locator('.composer textarea').press('Enter');
    await card().waitFor();
  }

  it('is shown with its form, its deadline and its buttons, and the status bar says that somebody is needed', async () => {
    await ask('The new release is out.');

    await card().getByRole('heading', { name: 'A person checks it' }).waitFor();
    assert.match(await card().locator('.deadline').innerText(), /^Answer within 1 day 1[12] h/);
    assert.equal(await card().getByLabel('Your wording').inputValue(), 'Good news: The new release is out.');
    await needsYou().waitFor();
    assert.equal(await chat.getByRole('button', { name: /^Stop/ }).count(), 0);
    await shotInThemes(own, 'human-input');
  });

  it('waits on after a reload, with what was typed, and goes on when it is approved', async () => {
    await card().getByLabel('Your wording').fill('Half a sentence');
    await delay(kept);
    await reload(page);
    await openViewContainer(page, 'Dify');
    chat = await webviewWith(page, '.form-card');

    assert.equal(await card().getByLabel('Your wording').inputValue(), 'Half a sentence');
    await needsYou().waitFor();
    await card().getByLabel('Your wording').fill('A whole sentence.');
    await card().getByLabel('Who is to read it').selectOption('Everybody');
    await card().getByRole('button', { name: 'Publish' }).click();

    await answer().locator('.answer-body').filter({ hasText: 'Published for Everybody:' }).waitFor();
    await answer().locator('.answer-body').filter({ hasText: 'A whole sentence.' }).waitFor();
    await answer().locator('.process summary').filter({ hasText: 'A person checks it: Publish' }).waitFor();
    await needsYou().waitFor({ state: 'detached' });
    assert.equal(dify.log.filter(({ path }) => path === '/v1/chat-messages').length, 1, 'nothing was asked twice');
    await shot(page, 'human-input-approved');
  });

  it('waits on when its window died, and is turned down', async () => {
    await ask('The office is closed.');
    await card().getByLabel('Who is to read it').selectOption('The team');
    await delay(kept);
    await killExtensionHost(own.server.pid);
    await reload(page);
    await openViewContainer(page, 'Dify');
    chat = await webviewWith(page, '.form-card');

    assert.equal(await card().getByLabel('Who is to read it').inputValue(), 'The team');
    await card().getByRole('button', { name: 'Discard' }).click();

    await answer()
      .locator('.answer-body')
      .filter({ hasText: 'Nothing was published: the announcement was discarded.' })
      .waitFor();
    await shot(page, 'human-input-rejected');
  });

  it('is told by a notification while nobody sees it, which leads to the form', async () => {
    await runCommand(page, 'Dify: Switch App');
    await pick(page, reviewChat.name);
    chat = await webviewWith(page, '.composer textarea');
    await chat.locator('.app-bar .app').filter({ hasText: reviewChat.name }).first().waitFor();
    await chat.locator('.composer textarea').fill('one two three four five six seven eight nine ten eleven twelve');
    await chat.locator('.composer textarea').press('Enter');
    await answer().locator('.answer-body').filter({ hasText: 'Draft:' }).waitFor();
    await runCommand(page, 'View: Toggle Primary Side Bar Visibility');

    const told = await notification(page, /Review chat needs you: Review/);
    await shot(page, 'human-input-notification');
    const toasts = page.locator('.notifications-toasts .notification-list-item');
    assert.equal(await toasts.filter({ hasText: 'needs you: Review' }).count(), 1, 'it is told once');
    await press(told, 'Answer');
    chat = await webviewWith(page, '.form-card');
    await card().getByRole('button', { name: 'Approve' }).waitFor();
    await told.waitFor({ state: 'detached' });
  });
});
