import assert from 'node:assert/strict';
import { Apps } from '../../../../src/host/apps.ts';
import { savedWith } from '../../../../src/host/connect/saved.ts';
import { watchedWays } from '../../../../src/host/connect/testConnection.ts';
import { Health } from '../../../../src/host/health.ts';
import { Keys } from '../../../../src/host/keys.ts';
import { CommonState } from '../../../../src/host/commonState.ts';
import { memento, testApp, testSecrets } from '../../../support/hostState.ts';

const one = testApp('one', { baseUrl: 'https://one.test/wrong' });
const authorization = { headers: { authorization: 'Bearer x' } };

async function notReached(health: Health): Promise<void> {
  const fetch = health.watchFetch(
    () => one,
    () => Promise.reject(new TypeError('fetch failed')),
  );
  await assert.rejects(fetch(`${one.baseUrl}/info`, authorization));
  assert.equal(health.of(one).state, 'notReached');
}

describe('An app that was not reached', () => {
  it('is not said to be so any more once its address was mended, with the key it has', async () => {
    const shared = new CommonState(memento());
    const apps = new Apps(shared, memento());
    const keys = new Keys({ secrets: testSecrets(), shared, place: 'system', demoKey: () => undefined });
    const health = new Health();
    const forgotten: string[] = [];
    const details = { forget: (id: string) => void forgotten.push(id) };
    const saved = savedWith({ apps, keys, health, details }, async () => {});
    await saved.save(one, 'app-first-key');
    forgotten.length = 0;
    await notReached(health);

    await saved.save({ ...one, baseUrl: 'https://one.test/v1' }, undefined);

    assert.equal(health.of(one).state, 'unknown');
    assert.deepEqual(forgotten, ['one']);
  });

  it('is well again when a test of the connection says so, by the way that is in use', async () => {
    for (const [current, state] of [
      ['direct', 'ok'],
      ['editor', 'notReached'],
    ] as const) {
      const health = new Health(() => 1);
      await notReached(health);
      const transports = { current: () => current, through: () => () => Promise.resolve(new Response()) };
      const way = watchedWays(one, transports, health).through('direct');

      await way?.(`${one.baseUrl}/info`, authorization);

      assert.equal(health.of(one).state, state);
    }
  });
});
