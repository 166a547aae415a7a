import assert from 'node:assert/strict';
import { once } from 'node:events';
import { readFile } from 'node:fs/promises';
import https from 'node:https';
import type { AddressInfo } from 'node:net';
import path from 'node:path';
import { ApiKey } from '../../src/dify/apiKey.ts';
import { chat } from '../../src/dify/chat.ts';
import { DifyClient } from '../../src/dify/client.ts';
import { uploadFile } from '../../src/dify/files.ts';
import { startDifyServer } from '../dify-server/serve.ts';
import { collected, neverAborted } from '../support/difyClient.ts';
import { outline } from '../support/turns.ts';
import { root } from '../vscode/paths.ts';
import { standInForVSCode } from './support/register.ts';
import { asked, changeSettings, ConfigurationTarget, written } from './support/vscode.ts';
import { openWorld, type World } from './support/world.ts';

standInForVSCode();
const { Network } = await import('../../src/host/network/network.ts');

describe('The network', () => {
  let world: World;

  before(async () => {
    world = await openWorld();
  });

  after(() => world.close());

  it('reads no setting before the first request', () => {
    asked.length = 0;

    new Network().dispose();

    assert.deepEqual(asked, []);
  });

  it('remembers the transport for every window', async () => {
    await new Network().use('direct');

    assert.deepEqual(written, [['difyCompanion.network.transport', 'direct', ConfigurationTarget.Global]]);
  });

  it('obeys settings as soon as they change, and lets open streams end', async () => {
    const ending = Promise.withResolvers<void>();
    const server = https.createServer(world.certificates.good, (_, response) => {
      response.write('begun');
      void ending.promise.then(() => response.end(', ended'));
    });
    await once(server.listen(0, '127.0.0.1'), 'listening');
    const url = `https://localhost:${(server.address() as AddressInfo).port}/v1/info`;
    const network = new Network();
    changeSettings({ 'difyCompanion.network.caCertificates': [world.certificates.file] });
    const stream = await network.fetch(url, {});

    changeSettings({ 'difyCompanion.network.transport': 'direct' });
    await assert.rejects(network.fetch(url, {}), { reason: 'untrusted' });
    changeSettings({});
    assert.equal(network.current(), 'editor');
    ending.resolve();

    assert.equal(await stream.text(), 'begun, ended');
    network.dispose();
    server.close();
  });

  it('follows no redirect, by either transport', async () => {
    const server = https.createServer(world.certificates.good, (_, response) => {
      response.writeHead(302, { location: 'https://elsewhere.test/' }).end();
    });
    await once(server.listen(0, '127.0.0.1'), 'listening');
    changeSettings({ 'difyCompanion.network.caCertificates': [world.certificates.file] });
    const network = new Network();

    const { status } = await network.fetch(`https://localhost:${(server.address() as AddressInfo).port}/`, {});

    assert.equal(status, 302);
    network.dispose();
    server.close();
  });

  for (const transport of ['editor', 'direct'] as const) {
    it(`carries streams and files, by the ${transport} transport`, async () => {
      const dify = await startDifyServer({ tokensPerSecond: 500 });
      const network = new Network();
      try {
        const key = dify.apps.find(({ mode }) => mode === 'chat')?.key ?? '';
        const connection = {
          baseUrl: dify.baseUrl,
          apiKey: new ApiKey(key, new URL(dify.baseUrl).origin),
          user: 'u',
        };
        const client = new DifyClient(() => Promise.resolve(connection), network.through(transport) ?? network.fetch);
        const request = { query: 'What is 2 + 2?', inputs: {}, conversation_id: '' };

        const events = await collected(chat(client, request, neverAborted));
        const content = new TextEncoder().encode('hello');
        const file = { name: 'note.txt', type: 'text/plain', size: 5, content };
        const uploaded = await uploadFile(client, file, () => {}, neverAborted);

        assert.deepEqual(outline(events).slice(-1), ['end: done']);
        assert.deepEqual([uploaded.name, uploaded.size], ['note.txt', 5]);
      } finally {
        network.dispose();
        await dify.close();
      }
    });
  }

  it('gives up a request with the reason of its signal', async () => {
    const network = new Network();
    const signal = AbortSignal.abort(new Error('Enough'));

    for (const transport of ['editor', 'direct'] as const) {
      const go = network.through(transport);
      await assert.rejects(
        go?.(`http://127.0.0.1:${world.lab.ports.plain}/`, { signal }) ?? Promise.resolve(),
        /Enough/,
      );
    }
  });

  it('ships undici in the one bundle that is loaded on first use', async () => {
    for (const [bundle, ships] of [
      ['extension.js', false],
      ['demo.cjs', false],
      ['direct.cjs', true],
    ] as const) {
      const meta = JSON.parse(await readFile(path.join(root, `dist/${bundle}.meta.json`), 'utf8')) as {
        readonly inputs: object;
      };
      assert.equal(
        Object.keys(meta.inputs).some((file) => file.includes('node_modules/undici/')),
        ships,
        bundle,
      );
    }
  });
});
