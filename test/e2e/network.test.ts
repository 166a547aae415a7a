import assert from 'node:assert/strict';
import { once } from 'node:events';
import net, { type AddressInfo } from 'node:net';
import tls from 'node:tls';
import type { FrameLocator, Page } from 'playwright-core';
import { startDifyServer, type RunningDifyServer } from '../dify-server/serve.ts';
import { expiredOn, makeCertificates, type Certificates } from '../network/support/certificates.ts';
import { startProxy, type RunningProxy } from '../network/support/servers.ts';
import { temporaryFolder, type TemporaryFolder } from '../vscode/ending.ts';
import { changeSettings } from '../vscode/settings.ts';
import { openSession, type Session } from './session.ts';
import { notification } from './workbench/notifications.ts';
import { pick } from './workbench/palette.ts';
import { webviewWith } from './workbench/webview.ts';
import { openViewContainer, reload, shot } from './workbench/workbench.ts';

describe('The network of VS Code', () => {
  let dify: RunningDifyServer;
  let folder: TemporaryFolder;
  let certificates: Certificates;
  /** Dify behind TLS. */
  let secure: tls.Server;
  let port: number;
  let own: Session | undefined;

  before(async () => {
    folder = await temporaryFolder('network');
    [dify, certificates] = await Promise.all([startDifyServer({ tokensPerSecond: 60 }), makeCertificates(folder.path)]);
    const upstream = Number(new URL(dify.baseUrl).port);
    secure = tls.createServer(certificates.good, (socket) => {
      const onward = net.connect(upstream, '127.0.0.1').on('error', () => socket.destroy());
      socket.on('error', () => onward.destroy());
      socket.pipe(onward).pipe(socket);
    });
    await once(secure.listen(0, '127.0.0.1'), 'listening');
    port = (secure.address() as AddressInfo).port;
  });

  afterEach(async function (this: Mocha.Context) {
    if (this.currentTest?.state === 'failed' && own !== undefined) await shot(own.page, 'network-broken');
    await own?.close();
    own = undefined;
  });

  after(async () => {
    secure?.close();
    await dify?.close();
    await folder?.remove();
  });

  /** Opens a window where the environment names a chat app at this host. */
  async function openAt(host: string, env: Readonly<Record<string, string>>): Promise<Session> {
    const key = dify.apps.find(({ mode }) => mode === 'chat')?.key ?? '';
    own = await openSession({ env: { DIFY_BASE_URL: `https://${host}/v1`, DIFY_API_KEYS: key, ...env } });
    own.page.setDefaultTimeout(30_000);
    return own;
  }

  it('tells what is wrong with a certificate, and trusts the files that a person names', async () => {
    const host = `localhost:${port}`;
    const { page, server } = await openAt(host, { SSL_CERT_FILE: '/dev/null', NODE_EXTRA_CA_CERTS: '' });

    await connect(page, host);
    await told(page, `${host} uses a certificate that this computer does not trust`, ['Choose CA File…', 'Show Log']);
    await shot(page, 'network-untrusted');

    secure.setSecureContext(certificates.expired);
    await reload(page);
    await connect(page, host);
    await told(page, `The certificate of ${host} expired on ${expiredOn}.`, ['Edit Address', 'Show Log']);
    await shot(page, 'network-expired');

    secure.setSecureContext(certificates.good);
    await changeSettings(server.userData, { 'difyCompanion.network.caCertificates': [certificates.file] });
    await reload(page);
    await connect(page, host);
    await connected(page);
    await ask(page, 'What is 2 + 2?');
    await shot(page, 'network-ca-file');
  });

  describe('behind a proxy that alone knows the server', () => {
    let proxy: RunningProxy;

    before(async () => {
      proxy = await startProxy(() => port);
    });

    after(() => proxy?.close());

    it('connects through http.proxy, by the editor’s way and by the direct one', async () => {
      const host = 'dify.corp.test';
      const { page, server } = await openAt(host, { SSL_CERT_FILE: certificates.file });

      await connect(page, host);
      await told(page, `No server is called ${host}.`, ['Edit Address', 'Retry']);
      assert.equal(proxy.proxied.size, 0);

      await changeSettings(server.userData, { 'http.proxy': `http://127.0.0.1:${proxy.port}` });
      await reload(page);
      await connect(page, host);
      await connected(page);
      await ask(page, 'What is 2 + 2?');
      assert.deepEqual([...proxy.proxied], [host]);
      await shot(page, 'network-proxy');

      proxy.proxied.clear();
      await changeSettings(server.userData, { 'http.fetchAdditionalSupport': false });
      await reload(page);
      await ask(page, 'What is 3 + 3?');
      assert.deepEqual([...proxy.proxied], [host]);
      await shot(page, 'network-proxy-direct');
    });
  });
});

/** The sentence is there with these buttons. */
async function told(page: Page, sentence: string, buttons: readonly string[]): Promise<void> {
  const shown = await notification(page, sentence);
  assert.deepEqual(await shown.locator('.monaco-button:not(.monaco-dropdown-button)').allInnerTexts(), buttons);
}

/** Takes up what the environment offers. */
async function connect(page: Page, host: string): Promise<void> {
  const welcome = await show(page, '.hero');
  await welcome.getByRole('button', { name: 'Connect an App' }).click();
  await pick(page, host);
}

/** The chat takes the focus once the app is connected. */
async function connected(page: Page): Promise<void> {
  await (await webviewWith(page, '.composer textarea')).locator('.composer textarea:focus').waitFor();
}

/** Asks in the chat, and waits for the whole answer. */
async function ask(page: Page, question: string): Promise<void> {
  const chat = await show(page, '.composer textarea');
  const answers = chat.locator('article.turn.answer[data-key] .answer-foot');
  const before = await answers.count();
  await chat.locator('.composer textarea').fill(question);
  await chat.locator('.composer textarea').press('Enter');
  await answers.nth(before).waitFor();
}

async function show(page: Page, selector: string): Promise<FrameLocator> {
  await openViewContainer(page, 'Dify');
  return await webviewWith(page, selector);
}
