import assert from 'node:assert/strict';
import { Apps } from '../../../../src/host/apps.ts';
import { Health } from '../../../../src/host/health.ts';
import { Keys } from '../../../../src/host/keys.ts';
import { Log } from '../../../../src/host/log.ts';
import { deleteEverything } from '../../../../src/host/manage/deleteEverything.ts';
import { CommonState } from '../../../../src/host/commonState.ts';
import { memento, testApp, testSecrets } from '../../../support/hostState.ts';
import { logChannel } from '../../../support/logChannel.ts';

const one = testApp('one');

/** A window in which an app was used. */
async function used() {
  const secrets = testSecrets();
  const everywhere = memento({ unencryptedOrigins: ['http://one.test'], addresses: ['http://one.test/v1'] });
  const shared = new CommonState(everywhere);
  const apps = new Apps(shared, memento());
  const keys = new Keys({ secrets, shared, place: 'system', demoKey: () => undefined });
  const health = new Health();
  const { lines, channel } = logChannel();
  const log = new Log(channel);
  await keys.set(one, 'app-first-key');
  await apps.save(one);
  await health.watchFetch(
    () => one,
    () => Promise.resolve(new Response()),
  )(one.baseUrl, { headers: { authorization: 'Bearer x' } });
  log.info('GET https://one.test/v1/info');
  const forgotten: string[] = [];
  const noting = (what: string) => () => void forgotten.push(what);
  const kept = {
    apps,
    keys,
    shared,
    health,
    log,
    erasures: { erase: () => Promise.resolve(noting('workspaces')()) },
    details: { forgetAll: noting('details') },
    forgetTyped: noting('typed'),
  };
  return { kept, secrets, everywhere, lines, forgotten };
}

describe('Deleting all local data', () => {
  it('leaves nothing in storage, in memory or in the log', async () => {
    const { kept, secrets, everywhere, lines, forgotten } = await used();
    await deleteEverything(kept);

    assert.equal(secrets.kept.size, 0);
    assert.deepEqual([...everywhere.keys()].sort(), ['deleted', 'revision']);
    assert.deepEqual([kept.apps.list(), kept.health.of(one).state], [[], 'unknown']);
    assert.deepEqual([lines, kept.log.recent(50)], [[], []]);
    assert.deepEqual(forgotten.sort(), ['details', 'typed', 'workspaces']);
  });

  it('deletes the rest where the secret storage keeps a key, and says so', async () => {
    const { kept, secrets, lines, forgotten } = await used();
    secrets.keeps = 'one';
    await assert.rejects(deleteEverything(kept), /locked/);

    assert.deepEqual([kept.apps.list(), lines], [[], []]);
    assert.equal(forgotten.length, 3);
  });
});
