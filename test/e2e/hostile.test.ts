import assert from 'node:assert/strict';
import { createServer, type Server } from 'node:net';
import type { AddressInfo } from 'node:net';
import type { Page } from 'playwright-core';
import { startDifyServer, type RunningDifyServer } from '../dify-server/serve.ts';
import { openSession, type Session, type SessionOptions } from './session.ts';
import { openFile, selectLines } from './workbench/editor.ts';
import { dialog, letSend } from './workbench/notifications.ts';
import { pick, quickRows, runCommand } from './workbench/palette.ts';
import { statusItem } from './workbench/status.ts';
import { webviewWith } from './workbench/webview.ts';
import { openViewContainer, reload, shot } from './workbench/workbench.ts';

/** Someone who wrote the workspace that a person opened, and waits for whatever is sent to them. */
interface Attacker {
  readonly port: number;
  /** All that reached them. */
  readonly received: string[];
  readonly close: () => void;
}

describe('A workspace that wants the key, or the text', () => {
  let dify: RunningDifyServer;
  let attacker: Attacker;

  before(async () => {
    dify = await startDifyServer({ tokensPerSecond: 200 });
    attacker = await startAttacker();
  });

  after(async () => {
    attacker?.close();
    await dify?.close();
  });

  /** By another name of this computer than those that no proxy is asked for. */
  const realServer = (): string => dify.baseUrl.replace('127.0.0.1', '0.0.0.0');

  async function open(options: SessionOptions): Promise<Session> {
    const keys = dify.apps.map(({ key }) => key).join(',');
    const env = { DIFY_BASE_URL: realServer(), DIFY_API_KEYS: keys };
    // "once", which is the default, asks in no browser.
    const settings = { 'security.workspace.trust.startupPrompt': 'always' };
    const own = await openSession({ trust: true, settings, env, files: hostileFiles(attacker.port), ...options });
    own.page.setDefaultTimeout(20_000);
    return own;
  }

  async function sayToTrust(page: Page, answer: RegExp): Promise<void> {
    await (await dialog(page)).getByRole('button', { name: answer }).click();
    await page.locator('.monaco-dialog-box').waitFor({ state: 'detached' });
  }

  /** Connects, chats, summarizes; nothing but what the person does goes to the real server, and nothing at all to the attacker. */
  async function work(page: Page, name: string): Promise<void> {
    await openViewContainer(page, 'Dify');
    await (await webviewWith(page, '.hero')).getByRole('button', { name: 'Connect an App' }).click();
    await quickRows(page, new URL(realServer()).host).waitFor();
    assert.equal(await quickRows(page, String(attacker.port)).count(), 0, 'the attacker is not offered');
    await pick(page, new URL(realServer()).host);
    await page.getByText('Connect Without Encryption').first().click();
    const chat = await webviewWith(page, '.composer textarea');
    await statusItem(page, /the key and your text travel unencrypted/).waitFor();
    // The chat takes the focus once all of them are connected.
    await chat.locator('.composer textarea:focus').waitFor();

    await chat.locator('.composer textarea').fill('Where do the boats go?');
    await chat.locator('.composer textarea').press('Enter');
    await chat.locator('article.turn.answer[data-key] .answer-foot').first().waitFor();
    await openFile(page, 'notes.md');
    await selectLines(page, 1, 9);
    await runCommand(page, 'Dify: Summarize');
    await quickRows(page, 'Demo Summarizer').first().click();
    await letSend(page);
    await page.locator('.codelens-decoration').filter({ hasText: /done/ }).waitFor();
    await shot(page, `hostile-${name}`);
  }

  function assertUnharmed(since: number): void {
    const requests = dify.log.slice(since);
    const users = requests.map(({ body }) => (body as { user?: string } | undefined)?.user).filter(Boolean);
    assert.deepEqual(attacker.received, []);
    assert.deepEqual(
      [...new Set(requests.filter(({ path }) => path.endsWith('messages')).map(({ path }) => path))],
      ['/v1/chat-messages', '/v1/completion-messages'],
    );
    assert.equal(new Set(users).size, 1);
    assert.match(users[0] ?? '', /^vscode-[0-9a-f-]{36}$/);
  }

  it('gets nothing of one who trusts it, by its folder or its .code-workspace', async () => {
    const since = dify.log.length;
    const own = await open({ opens: 'harbour.code-workspace' });
    try {
      await sayToTrust(own.page, /^Yes/);
      await work(own.page, 'trusted');

      assertUnharmed(since);
    } finally {
      await own.close();
    }
  });

  it('gets nothing of one who does not trust it, and nothing is read before they ask', async () => {
    const since = dify.log.length;
    const own = await open({});
    try {
      await sayToTrust(own.page, /^No/);
      await work(own.page, 'untrusted');
      assertUnharmed(since);
      const before = dify.log.length;

      await reload(own.page);
      await sayToTrust(own.page, /^No/);
      await openViewContainer(own.page, 'Dify');
      const chat = await webviewWith(own.page, 'article.turn.answer[data-key]');
      await statusItem(own.page, /unencrypted/).waitFor();
      await chat.locator('.composer textarea').fill('And back?');
      await chat.locator('.composer textarea').press('Enter');
      await chat.locator('article.turn.answer[data-key] .answer-foot').nth(1).waitFor();

      assert.deepEqual(attacker.received, []);
      // What was read unasked, when the chat opened, would be here by now: the history, the app's name and icon.
      const paths = dify.log.slice(before).map(({ path }) => path.replace(/\?.*/, ''));
      assert.deepEqual(
        // After an answer that they asked for, its conversation gets a name, and questions are suggested.
        paths.filter((path) => !/\/(?:suggested|name)$/.test(path)),
        ['/v1/parameters', '/v1/chat-messages'],
      );
    } finally {
      await own.close();
    }
  });
});

/** Every setting that could lead something elsewhere: ours, ones that we do not have, those of others, and VS Code's own proxy. */
function hostileFiles(port: number): Readonly<Record<string, string>> {
  const theirs = `http://127.0.0.1:${port}`;
  const settings = {
    'difyCompanion.user': 'attacker',
    'difyCompanion.network.transport': 'direct',
    'difyCompanion.network.caCertificates': ['/harbour/ca.pem'],
    'difyCompanion.baseUrl': `${theirs}/v1`,
    'difyCompanion.apiKey': 'app-000000000000000000000000',
    'difyCompanion.apps': [{ id: '1', baseUrl: `${theirs}/v1`, name: 'Theirs', mode: 'chat' }],
    'dify.apiUrl': `${theirs}/v1`,
    'dify.apiKey': 'app-000000000000000000000000',
    'http.proxy': theirs,
    'http.proxySupport': 'override',
    'http.noProxy': [],
    'http.proxyStrictSSL': false,
    'http.proxyAuthorization': 'Basic YTpi',
  };
  return {
    '.vscode/settings.json': JSON.stringify(settings),
    'harbour.code-workspace': JSON.stringify({ folders: [{ path: '.' }], settings }),
    '.env': `DIFY_BASE_URL=${theirs}/v1\nHTTP_PROXY=${theirs}\n`,
  };
}

async function startAttacker(): Promise<Attacker> {
  const received: string[] = [];
  const server: Server = createServer((socket) => {
    received.push('a connection');
    socket.on('data', (bytes) => received.push(bytes.toString('latin1')));
    socket.on('error', () => {});
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  return { port: (server.address() as AddressInfo).port, received, close: () => server.close() };
}
