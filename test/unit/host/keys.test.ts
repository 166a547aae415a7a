import assert from 'node:assert/strict';
import * as fc from 'fast-check';
import { getInfo } from '../../../src/dify/app.ts';
import { demoOrigin, type App } from '../../../src/host/app.ts';
import { Apps } from '../../../src/host/apps.ts';
import { Clients } from '../../../src/host/clients.ts';
import { Health } from '../../../src/host/health.ts';
import { Keys } from '../../../src/host/keys.ts';
import { CommonState } from '../../../src/host/commonState.ts';
import { neverAborted } from '../../support/difyClient.ts';
import { memento, testApp, testSecrets } from '../../support/hostState.ts';

const one = testApp('one');
const secretId = 'difyCompanion.key:v1:https://one.test:one';

function keysOf(secrets = testSecrets(), shared = new CommonState(memento())): Keys {
  return new Keys({
    secrets,
    shared,
    place: 'keyring',
    demoKey: ({ id }) => (id === 'demo' ? 'app-demo-key' : undefined),
  });
}

async function header(keys: Keys, app: App = one): Promise<string> {
  return (await keys.get(app)).authorizationFor(new URL(app.baseUrl));
}

describe('A key', () => {
  it('is stored with its origin, under an id that names both', async () => {
    const secrets = testSecrets();
    assert.equal(await keysOf(secrets).set(one, ' app-first-key\n'), true);

    assert.deepEqual([...secrets.kept], [[secretId, '{"key":"app-first-key","origin":"https://one.test"}']]);
  });

  it('that vanished is told from one that never was', async () => {
    const secrets = testSecrets();
    const keys = keysOf(secrets);
    await assert.rejects(keys.get(one), { kind: 'noKey', goneFrom: undefined });
    await keys.set(one, 'app-first-key');

    secrets.kept.clear();

    await assert.rejects(keys.get(one), { kind: 'noKey', goneFrom: 'keyring' });
    await keys.set(one, 'app-second-key');
    assert.equal(await header(keys), 'Bearer app-second-key');
  });

  it('that was removed did not vanish', async () => {
    const keys = keysOf();
    await keys.set(one, 'app-first-key');
    await keys.delete(one);

    await assert.rejects(keys.get(one), { kind: 'noKey', goneFrom: undefined });
  });

  for (const fault of ['forgetful', 'throwsOnStore', 'throwsOnGet'] as const) {
    it(`works until the window closes where the storage is ${fault}`, async () => {
      const [secrets, shared] = [testSecrets(), new CommonState(memento())];
      const keys = keysOf(secrets, shared);
      secrets[fault] = true;

      assert.equal(await keys.set(one, 'app-first-key'), false);
      assert.equal(await header(keys), 'Bearer app-first-key');
      await assert.rejects(keysOf(testSecrets(), shared).get(one), { kind: 'noKey', goneFrom: 'keyring' });
    });
  }

  it('that could not be stored is sent rather than the older one that could', async () => {
    const secrets = testSecrets();
    const keys = keysOf(secrets);
    await keys.set(one, 'app-first-key');
    secrets.throwsOnStore = true;
    await keys.set(one, 'app-second-key');

    assert.equal(await header(keys), 'Bearer app-second-key');
  });

  it('stays while another origin asks for one, and goes when that one is stored', async () => {
    const secrets = testSecrets();
    const keys = keysOf(secrets);
    await keys.set(one, 'app-first-key');
    const moved = { ...one, baseUrl: 'https://two.test/v1' };

    await assert.rejects(keys.get(moved), { kind: 'noKey', goneFrom: undefined });
    assert.equal(await header(keys, one), 'Bearer app-first-key');

    await keys.set(moved, 'app-second-key');
    assert.deepEqual([...secrets.kept.keys()], ['difyCompanion.key:v1:https://two.test:one']);
  });

  it('goes with all others when the person signs out, also one of an app that nobody knows', async () => {
    const secrets = testSecrets();
    const keys = keysOf(secrets);
    await keys.set(one, 'app-first-key');
    secrets.kept.set('difyCompanion.key:v1:https://old.test:forgotten', '{}');
    secrets.kept.set('another secret', 'x');

    await keys.deleteAll();

    assert.deepEqual([...secrets.kept.keys()], ['another secret']);
    await assert.rejects(keys.get(one), { kind: 'noKey', goneFrom: undefined });
  });

  it('goes also if another one cannot be deleted, which is told', async () => {
    const secrets = testSecrets();
    const keys = keysOf(secrets);
    for (const id of ['a', 'b', 'c']) await keys.set(testApp(id), `app-key-of-${id}`);
    secrets.keeps = ':b';

    await assert.rejects(keys.deleteAll(), /locked/);

    assert.deepEqual([...secrets.kept.keys()], ['difyCompanion.key:v1:https://one.test:b']);
  });

  it('that only the window has is told to be gone, too, when the person signs out', async () => {
    const secrets = testSecrets();
    const keys = keysOf(secrets);
    secrets.forgetful = true;
    await keys.set(one, 'app-first-key');
    const heard: string[] = [];
    keys.onDidChange((id) => heard.push(id));

    await keys.deleteAll();

    assert.deepEqual(heard, ['one']);
    await assert.rejects(keys.get(one), { kind: 'noKey' });
  });

  it('of the demo comes from the demo, and is never stored', async () => {
    const secrets = testSecrets();
    const keys = keysOf(secrets);
    const demo = testApp('demo', { baseUrl: `${demoOrigin}/v1` });

    assert.equal(await header(keys, demo), 'Bearer app-demo-key');
    assert.equal(await keys.set(demo, 'app-real-key'), true);
    assert.equal(secrets.kept.size, 0);
    await assert.rejects(keys.get(testApp('x', { baseUrl: `${demoOrigin}/v1` })), { kind: 'noKey' });
  });

  it('goes to no origin but its own, however the address is changed', async () => {
    const address = fc
      .tuple(
        fc.constantFrom('http', 'https'),
        fc.constantFrom(
          'one.test',
          'two.test',
          'one.test.evil.test',
          '127.0.0.1',
          '[::1]',
          'ONE.test',
          'xn--e-zhb.test',
        ),
        fc.constantFrom('', ':80', ':443', ':8080'),
        fc.constantFrom('/v1', '/dify/v1', '//one.test/v1', '/@one.test/v1'),
      )
      .map((parts) => `${parts[0]}://${parts[1]}${parts[2]}${parts[3]}`);
    await fc.assert(
      fc.asyncProperty(address, address, async (before, after) => {
        const sent: string[] = [];
        const shared = new CommonState(memento());
        const apps = new Apps(shared, memento());
        const keys = keysOf(testSecrets(), shared);
        const fetch = (url: string, { headers }: RequestInit): Promise<Response> => {
          if (new Headers(headers).has('authorization')) sent.push(new URL(url).origin);
          return Promise.resolve(Response.json({ name: 'A' }));
        };
        const clients = new Clients({ apps, keys, fetch, health: new Health() });
        const app = { ...one, baseUrl: before };
        await keys.set(app, 'app-first-key');
        await apps.save(app);
        const client = clients.of(app);
        await apps.save({ ...app, baseUrl: after });

        const outcome = await getInfo(client, neverAborted).then(
          () => 'sent',
          (error: { kind: string }) => error.kind,
        );

        const same = new URL(before).origin === new URL(after).origin;
        assert.deepEqual([outcome, sent], same ? ['sent', [new URL(before).origin]] : ['noKey', []]);
      }),
    );
  });
});
