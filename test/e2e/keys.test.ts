import assert from 'node:assert/strict';
import { once } from 'node:events';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { dirname } from 'node:path';
import type { FrameLocator, Page } from 'playwright-core';
import { demoApps } from '../../src/demo/demoApps.ts';
import { startDifyServer, type RunningDifyServer } from '../dify-server/serve.ts';
import { openSession, type Session } from './session.ts';
import { browserStorage, notedMessages, noteMessages, tracesIn } from './traces.ts';
import { until } from './until.ts';
import { answer, dialog, notification } from './workbench/notifications.ts';
import {
  closeQuickInput,
  fillInput,
  passwordInput,
  pick,
  quickInputWords,
  quickRows,
  runCommand,
} from './workbench/palette.ts';
import { webviewWith } from './workbench/webview.ts';
import { openViewContainer, reload, shot, waitForWorkbench } from './workbench/workbench.ts';

// Keys that stand nowhere else, so that a trace of one is a leak.
const refused = 'app-MarkedRefused0000000000';
const second = 'app-MarkedSecond00000000000';
const apps = demoApps.map((app, index) => ({ ...app, key: `app-Marked${String(index).padStart(18, '0')}` }));
const keys = [refused, second, ...apps.map(({ key }) => key)];

/** A key as it stands, without what all have in front, and as other encodings write it. */
const words = keys.flatMap((key) => [key.slice('app-'.length), Buffer.from(key).toString('base64').replace(/=*$/, '')]);

/** A server that proves to be Dify, opens to no key, and notes those that come. */
interface Elsewhere {
  readonly baseUrl: string;
  readonly came: (string | undefined)[];
  readonly server: Server;
}

describe('The keys that a person enters', () => {
  let dify: RunningDifyServer;
  let elsewhere: Elsewhere;
  let own: Session;
  let page: Page;
  /** A second window, as old as the first. */
  let other: Page;
  /** All that the host posted to the page. */
  const messages: string[] = [];
  let chat: FrameLocator;

  before(async () => {
    [dify, elsewhere] = await Promise.all([startDifyServer({ tokensPerSecond: 200, apps }), startElsewhere()]);
    own = await openSession();
    page = own.page;
    await openViewContainer(page, 'Dify');
    chat = await webviewWith(page, '.hero');
    other = await own.context.newPage();
    await other.goto(own.url);
    await waitForWorkbench(other);
    for (const window of [page, other]) window.setDefaultTimeout(20_000);
    await own.context.grantPermissions(['clipboard-read', 'clipboard-write']);
    await page.bringToFront();
  });

  after(async () => {
    await own?.close();
    await dify?.close();
    elsewhere?.server.close();
  });

  afterEach(async () => {
    if (chat !== undefined) messages.push(...(await notedMessages(chat)));
  });

  const keyOf = (name: string): string => apps.find((app) => app.name === name)?.key ?? '';

  async function enter(address: string, key: string): Promise<void> {
    await fillInput(page, /Address/, address);
    await passwordInput(page).waitFor();
    await fillInput(page, /API Key/, key);
  }

  async function choose(app: RegExp, action: string): Promise<void> {
    await runCommand(page, 'Dify: Manage Apps');
    await pick(page, app);
    await pick(page, action);
  }

  /** Asks in the chat, and waits for the whole answer. */
  async function ask(question: string): Promise<void> {
    const before = await chat.locator('article.turn.answer[data-key] .answer-foot').count();
    await chat.locator('.composer textarea').fill(question);
    await chat.locator('.composer textarea').press('Enter');
    await chat.locator('article.turn.answer[data-key] .answer-foot').nth(before).waitFor();
  }

  /** What VS Code keeps of secrets, encrypted, in the browser. */
  async function secrets(): Promise<string> {
    const kept = 'Object.entries(localStorage).filter(([name]) => /secret/i.test(name))';
    return String(await page.evaluate(`JSON.stringify(${kept})`));
  }

  async function answers(window: Page): Promise<void> {
    await runCommand(window, 'Dify: Test Connection');
    await pick(window, 'Demo Chat');
    await notification(window, /Demo Chat.* answers at 127\.0\.0\.1:\d+\. .* transport is in use/);
  }

  /** Does it in the second window, as it is after a reload. */
  async function inOther(work: () => Promise<unknown>): Promise<void> {
    await other.bringToFront();
    await reload(other);
    await work();
    await page.bringToFront();
  }

  it('open an app that is run and not talked with too', async () => {
    await chat.getByRole('button', { name: 'Connect an App' }).click();
    await enter(dify.baseUrl, keyOf('Demo Summarizer'));

    const told = await notification(page, 'Demo Summarizer is connected.');
    const run = await webviewWith(page, 'form[aria-label="What Demo Summarizer is run with"]');
    await run.getByRole('button', { name: 'Run' }).waitFor();

    await shot(page, 'keys-run-app');
    assert.deepEqual(await told.locator('.monaco-button:not(.monaco-dropdown-button)').allInnerTexts(), [
      'Use It for Selection Actions…',
      'Connect Another App…',
    ]);
    await answer(told, 'Connect Another App…');
  });

  it('connect the app in both windows once one is right', async () => {
    await enter(dify.baseUrl, refused);
    await answer(await notification(page, /did not accept this key/), 'Enter API Key');
    await fillInput(page, /API Key/, keyOf('Demo Chat'));
    await pick(page, 'Start Chatting');

    chat = await webviewWith(page, '.composer textarea');
    await noteMessages(chat);
    // The chat takes the focus once the app is connected, and a list that is open then would close.
    await chat.locator('.composer textarea:focus').waitFor();
    await ask('Is this the right key?');

    await inOther(() => answers(other));
  });

  it('are tested', async () => {
    await answers(page);
  });

  it('are replaced for both windows', async () => {
    dify.owner.addKey(keyOf('Demo Chat'), second);
    await choose(/Demo Chat/, 'Replace Key…');
    await fillInput(page, /API Key/, refused);
    await answer(await notification(page, /did not accept this key/), 'Enter API Key');
    const before = await secrets();
    await fillInput(page, /API Key/, second);
    await until(async () => (await secrets()) !== before);
    dify.owner.deleteKey(keyOf('Demo Chat'));

    await ask('Does the new one open?');
    await inOther(() => answers(other));
  });

  it('go to no other origin: for that one is asked anew', async () => {
    await choose(/Demo Chat/, 'Edit Address…');
    await fillInput(page, /Address/, elsewhere.baseUrl);

    await passwordInput(page).waitFor();
    await quickInputWords(page, new URL(elsewhere.baseUrl).host).waitFor();
    await shot(page, 'keys-other-origin');
    assert.equal(await passwordInput(page).inputValue(), '');
    await closeQuickInput(page);
    assert.ok(elsewhere.came.length > 0);
    assert.deepEqual(new Set(elsewhere.came), new Set([undefined]));
    await ask('Are you still where you were?');
  });

  it('stand in no diagnostics, log, file, setting, state, window or message to the page', async () => {
    await runCommand(page, 'Dify: Copy Diagnostics');
    await answer(await notification(page, /Copied\./), 'Show It');
    const diagnostics = String(await page.evaluate('navigator.clipboard.readText()'));
    await runCommand(page, 'Dify: Show Log');
    await page.locator('.output-view').first().waitFor();
    await shot(page, 'keys-log');
    const kept = await Promise.all([browserStorage(page), browserStorage(other)]);
    const shown = await Promise.all([page, other].map(async (window) => await window.locator('body').innerText()));
    messages.push(...(await notedMessages(chat)));

    assert.match(diagnostics, /GET http:\/\/127\.0\.0\.1:\d+\/v1\/info: 401/, 'the log was read');
    assert.match(kept.join(), /Demo Chat/, "the extension's state was read");
    assert.match(kept.join(), /secrets/, 'the secrets were read');
    assert.ok(messages.length > 0, 'the messages to the page were noted');
    const everything = [diagnostics, ...kept, ...shown, ...messages, own.server.output()];
    assert.deepEqual(
      words.filter((word) => everything.some((text) => text.includes(word))),
      [],
    );
    assert.deepEqual(await tracesIn(dirname(own.workspace), words), []);
  });

  it('go for both windows with the app', async () => {
    await choose(/Demo Chat/, 'Remove…');
    await (await dialog(page)).locator('.monaco-button').filter({ hasText: 'Remove' }).first().click();
    await quickRows(page, /Demo Chat/).waitFor({ state: 'detached' });
    await closeQuickInput(page);

    await inOther(async () => {
      await runCommand(other, 'Dify: Manage Apps');
      await quickRows(other, /Demo Summarizer/).waitFor();
      assert.equal(await quickRows(other, /Demo Chat/).count(), 0);
    });
  });
});

async function startElsewhere(): Promise<Elsewhere> {
  const came: (string | undefined)[] = [];
  const server = createServer(({ headers }, response) => {
    came.push(headers.authorization);
    response.writeHead(401, { 'Content-Type': 'application/json', 'X-Version': '1.14.2' });
    response.end('{"code":"unauthorized","message":"No","status":401}');
  });
  await once(server.listen(0, '127.0.0.1'), 'listening');
  return { baseUrl: `http://127.0.0.1:${(server.address() as AddressInfo).port}/v1`, came, server };
}
