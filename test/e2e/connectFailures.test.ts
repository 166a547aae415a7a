import assert from 'node:assert/strict';
import { createServer, type RequestListener, type Server } from 'node:http';
import { createServer as createTcpServer, type AddressInfo } from 'node:net';
import type { Page } from 'playwright-core';
import { startDifyServer, type RunningDifyServer } from '../dify-server/serve.ts';
import { openSession, type Session } from './session.ts';
import { answer, notification } from './workbench/notifications.ts';
import {
  closeQuickInput,
  passwordInput,
  quickInput,
  quickInputWords,
  quickRows,
  runCommand,
} from './workbench/palette.ts';
import { shotInThemes } from './workbench/themes.ts';
import { shot } from './workbench/workbench.ts';

describe('Connecting an app that does not connect', () => {
  let dify: RunningDifyServer;
  let own: Session;
  let page: Page;
  const servers: { close: () => void }[] = [];

  before(async () => {
    dify = await startDifyServer();
    own = await openSession();
    page = own.page;
    page.setDefaultTimeout(20_000);
  });

  after(async () => {
    await own?.close();
    await dify?.close();
    for (const server of servers) server.close();
  });

  afterEach(() => dify.clearFaults());

  const key = (): string => dify.apps[0]?.key ?? '';

  async function listen(answering: RequestListener): Promise<string> {
    const server = createServer(answering);
    servers.push(server);
    return await addressOf(server);
  }

  /** Goes as far as the address, and the key if there is one; what was left of an earlier try is replaced. */
  async function tryToConnect(address: string, withKey?: string): Promise<void> {
    await runCommand(page, 'Dify: Connect App');
    await quickInputWords(page, /Address/).waitFor();
    await quickInput(page).fill(address);
    await quickInput(page).press('Enter');
    if (withKey === undefined) return;
    await passwordInput(page).waitFor();
    await quickInput(page).fill(withKey);
    await quickInput(page).press('Enter');
  }

  /** The sentence is there with these buttons; then it is closed, and with it the flow. */
  async function told(sentence: RegExp, buttons: readonly string[], name: string): Promise<void> {
    const shown = await notification(page, sentence);
    await shot(page, `connect-failed-${name}`);
    assert.deepEqual(await shown.locator('.monaco-button:not(.monaco-dropdown-button)').allInnerTexts(), buttons);
    await runCommand(page, 'Notifications: Clear All Notifications');
    await shown.waitFor({ state: 'hidden' });
  }

  const json = { 'Content-Type': 'application/json' };
  const refusing = (status: number, code: string): { status: number; headers: typeof json; body: string } => ({
    status,
    headers: json,
    body: JSON.stringify({ code, message: 'As the test says', status }),
  });

  it('says that nothing answers at a closed port', async () => {
    await tryToConnect(await closedPort());
    await told(/Nothing answers at 127\.0\.0\.1:\d+\. Is Dify running\?/, ['Edit Address', 'Retry'], 'refused');
  });

  it('says that no server has the name', async () => {
    await tryToConnect('https://dify.invalid');
    await told(/No server is called dify\.invalid\./, ['Edit Address', 'Retry'], 'dns');
  });

  it('quotes the title of a web page', async () => {
    const page404 =
      (title: string): RequestListener =>
      (_, response) =>
        response
          .writeHead(404, { 'Content-Type': 'text/html' })
          .end(`<html><head><title>${title}</title></head></html>`);
    await tryToConnect(await listen(page404('Welcome to nginx!')));
    await told(
      /answered with a web page \(“Welcome to nginx!”\), not with Dify's API\./,
      ['Edit Address', 'Retry'],
      'page',
    );
  });

  it('names the place that visitors are sent to, and goes there only when told to', async () => {
    const redirect: RequestListener = ({ url }, response) =>
      response.writeHead(301, { Location: `${new URL(dify.baseUrl).origin}${url}` }).end();
    await tryToConnect(await listen(redirect));
    const shown = await notification(
      page,
      /sends visitors to http:\/\/127\.0\.0\.1:\d+\. The key was not sent there\./,
    );
    await shot(page, 'connect-failed-moved');
    await answer(shown, `Use ${new URL(dify.baseUrl).origin}`);
    await passwordInput(page).waitFor();
    await quickInputWords(page, new URL(dify.baseUrl).host).waitFor();
    await closeQuickInput(page);
  });

  it('finds the API where it is, and asks whether to use it', async () => {
    const gate: RequestListener = ({ url = '' }, response) => {
      if (url.startsWith('/gate/info')) {
        response
          .writeHead(401, { ...json, 'X-Version': '1.14.2' })
          .end('{"code":"unauthorized","message":"No","status":401}');
      } else response.writeHead(404, { 'Content-Type': 'text/html' }).end('<title>404 Not Found</title>');
    };
    const origin = await listen(gate);
    await tryToConnect(`${origin}/gate`);
    await told(
      new RegExp(`The API was found at ${origin}/gate\\. Use this address\\?`),
      ['Use It', 'Edit Address'],
      'found',
    );
  });

  it('says that the key was refused, and keeps it in its box', async () => {
    await tryToConnect(dify.baseUrl, 'app-000000000000000000000000');
    const shown = await notification(page, /did not accept this key\. It may be incomplete or deleted\./);
    await shot(page, 'connect-failed-key');
    await answer(shown, 'Enter API Key');
    await passwordInput(page).waitFor();
    assert.equal(await passwordInput(page).inputValue(), 'app-000000000000000000000000');
    await closeQuickInput(page);
  });

  it('refuses a knowledge key, and one with strange characters, without a request', async () => {
    await tryToConnect(dify.baseUrl, 'dataset-000000000000000000000000');
    await quickInputWords(
      page,
      /This is a knowledge key \(dataset-…\)\. Paste an app key, it starts with app-\./,
    ).waitFor();
    await shot(page, 'connect-failed-dataset');
    const before = dify.log.length;
    await quickInput(page).fill('app-0000\u200b00000000');
    await quickInput(page).press('Enter');
    await quickInputWords(page, /has characters that no key has/).waitFor();
    assert.equal(dify.log.length, before);
    await closeQuickInput(page);
  });

  it('says that the app is not published', async () => {
    dify.fault({ path: '/v1/parameters', times: 'always', answer: refusing(400, 'app_unavailable') });
    await tryToConnect(dify.baseUrl, key());
    await told(/The app exists but is not published yet\. Publish it in Dify, then retry\./, ['Retry'], 'unpublished');
  });

  it('says that the API is switched off', async () => {
    dify.fault({ path: '/v1/parameters', times: 'always', answer: refusing(403, 'forbidden') });
    await tryToConnect(dify.baseUrl, key());
    await told(/The owner has switched off API access for this app\./, ['Retry'], 'forbidden');
  });

  it('says that Dify failed', async () => {
    dify.fault({ path: '/v1/parameters', times: 'always', answer: refusing(500, 'internal_server_error') });
    await tryToConnect(dify.baseUrl, key());
    await told(/Dify failed to answer \(500\)\./, ['Retry', 'Cancel'], 'server');
  });

  it('asks before anything goes unencrypted to another computer', async () => {
    await tryToConnect('http://dify.example');
    await quickRows(page, 'Connect Without Encryption').waitFor();
    await shot(page, 'connect-unencrypted');
    await quickRows(page, 'Back').click();
    await quickInputWords(page, /Address/).waitFor();
    assert.equal(await quickInput(page).inputValue(), 'http://dify.example');
    await closeQuickInput(page);
  });

  it('keeps what was typed over Back and Esc', async () => {
    const address = dify.baseUrl.replace('/v1', '/chat/abc');
    await tryToConnect(address);
    await passwordInput(page).waitFor();
    await quickInput(page).fill('app-half-of-a-k');
    await page.locator('.quick-input-widget').getByRole('button', { name: /Back/ }).click();
    await quickInputWords(page, /Address/).waitFor();
    assert.equal(await quickInput(page).inputValue(), address);
    await closeQuickInput(page);

    await runCommand(page, 'Dify: Connect App');
    await quickInputWords(page, /Address/).waitFor();
    assert.equal(await quickInput(page).inputValue(), address);
    await quickInput(page).press('Enter');
    await passwordInput(page).waitFor();
    assert.equal(await passwordInput(page).inputValue(), 'app-half-of-a-k');
    await closeQuickInput(page);
  });

  it('connects several keys at once, and asks what comes next after one', async () => {
    const keys = dify.apps.slice(0, 2).map((app) => app.key);
    await tryToConnect(dify.baseUrl, `${keys.join(' ')} app-000000000000000000000000`);
    await notification(page, /2 apps connected, 1 key was refused\./);
    await shot(page, 'connect-several');
    await runCommand(page, 'Notifications: Clear All Notifications');

    await tryToConnect(dify.baseUrl, dify.apps[2]?.key ?? '');
    await quickInputWords(page, /is connected/).waitFor();
    await shotInThemes(own, 'connect-after');
    await closeQuickInput(page);
  });

  it('tests a connection: app, mode, server, time and transport', async () => {
    await runCommand(page, 'Dify: Test Connection');
    await quickRows(page, dify.apps[0]?.name ?? '')
      .first()
      .click();
    await notification(
      page,
      /answers at 127\.0\.0\.1:\d+\. Dify [\d.]+\. The editor's transport is in use and takes \d+ ms\./,
    );
    await shot(page, 'connect-tested');
  });
});

async function addressOf(server: Server | ReturnType<typeof createTcpServer>): Promise<string> {
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  return `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
}

async function closedPort(): Promise<string> {
  const server = createTcpServer();
  const address = await addressOf(server);
  await new Promise((resolve) => server.close(resolve));
  return address;
}
