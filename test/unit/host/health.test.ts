import assert from 'node:assert/strict';
import type { Fetch } from '../../../src/dify/client.ts';
import { downloadFile } from '../../../src/dify/files.ts';
import type { App } from '../../../src/host/app.ts';
import { Apps } from '../../../src/host/apps.ts';
import { Clients } from '../../../src/host/clients.ts';
import { Health } from '../../../src/host/health.ts';
import { Keys } from '../../../src/host/keys.ts';
import { CommonState } from '../../../src/host/commonState.ts';
import { deadBaseUrl, neverAborted } from '../../support/difyClient.ts';
import { memento, testApp, testSecrets } from '../../support/hostState.ts';

interface Watched {
  readonly health: Health;
  readonly keys: Keys;
  readonly clients: Clients;
  readonly told: string[];
}

async function watched(fetch: Fetch, app = testApp('one')): Promise<Watched> {
  const shared = new CommonState(memento());
  const apps = new Apps(shared, memento());
  const keys = new Keys({ secrets: testSecrets(), shared, place: 'system', demoKey: () => undefined });
  const health = new Health(() => 1_000);
  const told: string[] = [];
  health.onDidChange((id) => told.push(`${id}: ${health.of({ id }).state}`));
  await keys.set(app, 'app-first-key');
  await apps.save(app);
  return { health, keys, clients: new Clients({ apps, keys, fetch, health }), told };
}

/** A call that is made once, whatever comes of it. */
async function call(clients: Clients, app: App, signal = neverAborted): Promise<unknown> {
  return await clients.of(app).post('/call', {}, signal);
}

const answering = (status: number): Fetch => {
  const body = { code: 'x', message: 'm', status };
  return () => Promise.resolve(Response.json(body, { status, headers: { 'retry-after': '900' } }));
};

describe('The health of an app', () => {
  const one = testApp('one');

  it('is unknown before the first call', async () => {
    const { health } = await watched(answering(200));
    assert.deepEqual(health.of(one), { state: 'unknown', reason: '', at: 0 });
  });

  it('is told by a call that went well, once', async () => {
    const { health, clients, told } = await watched(answering(200));
    await call(clients, one);
    await call(clients, one);

    assert.deepEqual(health.of(one), { state: 'ok', reason: '', at: 1_000 });
    assert.deepEqual(told, ['one: ok']);
  });

  for (const [status, state, reason] of [
    [401, 'keyRefused', 'one.test did not accept the API key.'],
    [503, 'failed', 'Dify failed to answer (503).'],
    [404, 'ok', ''],
  ] as const) {
    it(`is ${state} after ${status}`, async () => {
      const { health, clients } = await watched(answering(status));
      await assert.rejects(call(clients, one));

      assert.deepEqual(health.of(one), { state, reason, at: 1_000 });
    });
  }

  it('is keyMissing where there is no key', async () => {
    const { health, clients, keys } = await watched(answering(200));
    await keys.delete(one);
    await assert.rejects(call(clients, one));

    assert.deepEqual(health.of(one), { state: 'keyMissing', reason: 'No API key is stored for one.test.', at: 1_000 });
  });

  it('is notReached where nothing answers', async () => {
    const baseUrl = await deadBaseUrl();
    const dead = testApp('one', { baseUrl });
    const { health, clients } = await watched((url, init) => fetch(url, init), dead);
    await assert.rejects(call(clients, dead));

    const { state, reason } = health.of(dead);
    assert.deepEqual([state, reason], ['notReached', `Nothing answers at ${new URL(baseUrl).host}.`]);
  });

  it('is not told by a call that was given up, nor by a file elsewhere', async () => {
    const giveUp = new AbortController();
    const { health, clients } = await watched((url) => {
      if (!url.includes('/call')) return Promise.resolve(new Response('x', { status: 403 }));
      giveUp.abort();
      return Promise.reject(new DOMException('aborted', 'AbortError'));
    });
    await assert.rejects(call(clients, one, giveUp.signal));
    await assert.rejects(downloadFile(clients.of(one), 'https://files.test/a.png', neverAborted));

    assert.equal(health.of(one).state, 'unknown');
  });
});
