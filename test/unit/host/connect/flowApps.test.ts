import assert from 'node:assert/strict';
import type { App } from '../../../../src/host/app.ts';
import { startDifyServer, type RunningDifyServer } from '../../../dify-server/serve.ts';
import { play } from './scriptedAsks.ts';

describe('ConnectFlow, beside apps that are connected', () => {
  let dify: RunningDifyServer;
  let keys: readonly string[];
  let host: string;

  before(async () => {
    dify = await startDifyServer();
    keys = dify.apps.map(({ key }) => key);
    host = new URL(dify.baseUrl).host;
  });

  after(() => dify.close());
  afterEach(() => dify.clearFaults());

  const key = (n = 0): string => keys[n] ?? '';
  const known = (id: string, more: Partial<App> = {}): App => ({
    id,
    baseUrl: dify.baseUrl,
    name: 'Known',
    mode: 'chat',
    description: '',
    emoji: '',
    version: '',
    ...more,
  });

  it('connects several keys at once, and counts those that were refused', async () => {
    const {
      apps,
      heard,
      keys: secrets,
    } = await play([
      ['address', host],
      ['key', `${key(0)},${key(1)}\napp-000000000000000000000000`],
    ]);

    assert.equal(apps?.length, 2);
    assert.deepEqual([...secrets.values()], [key(0), key(1)]);
    assert.equal(heard.at(-1), 'several: 2 1');
  });

  it('connects the good ones of several keys where one is a knowledge key, and says why that is none', async () => {
    const { apps, heard } = await play([
      ['address', host],
      ['key', `dataset-AAAAAAAAAAAAAAAAAAAAAAAA\n${key(0)}`],
    ]);

    assert.equal(apps?.length, 1);
    assert.match(heard.at(-1) ?? '', /^several: 1 1 This is a knowledge key/);
  });

  it('takes an offer with its keys after the same checks', async () => {
    const { apps, heard } = await play([], {
      first: 'offer',
      draft: { address: host, key: keys.slice(0, 2).join(',') },
    });

    assert.equal(apps?.length, 2);
    assert.deepEqual(heard, ['several: 2 0']);
  });

  it('proposes a name that tells two apps apart, and connects no app twice', async () => {
    const name = dify.apps[0]?.name ?? '';
    const other = known('other', { name, baseUrl: 'https://other.test/v1' });
    const named = await play(
      [
        ['address', host],
        ['key', key()],
        ['name', 'Mine'],
      ],
      { known: [[other, 'app-11111111']] },
    );
    assert.equal(named.heard.at(-1), `name: ${name} (${host})`);
    assert.deepEqual([named.apps?.[0]?.name, named.apps?.[0]?.ownName], ['Mine', name]);

    const again = await play(
      [
        ['address', host],
        ['key', key()],
      ],
      { known: [[known('same', { name: 'Renamed' }), key()]] },
    );
    assert.deepEqual(
      again.apps?.map(({ id }) => id),
      ['same'],
    );
    assert.equal(again.stored.size, 1);
  });

  it('repairs a key, and an address with the key it has', async () => {
    const repaired = known('a');
    const byKey = await play([['key', key()]], { repaired, first: 'key', known: [[repaired, 'app-old-old-old']] });
    assert.equal(byKey.apps?.[0]?.id, 'a');
    assert.deepEqual([...byKey.keys.values()], [key()]);

    const wrongPath = known('a', { baseUrl: dify.baseUrl.replace('/v1', '/gone/v1') });
    const byAddress = await play([['address', host]], { repaired: wrongPath, known: [[wrongPath, key()]] });
    assert.equal(byAddress.apps?.[0]?.baseUrl, dify.baseUrl);
  });

  it('leads from a cancelled test of another address back to the address, not to a key that was not asked for', async () => {
    const repaired = known('a');
    const { heard } = await play(
      [
        ['address', host],
        ['address', undefined],
      ],
      { repaired, known: [[repaired, key()]], cancels: [1] },
    );

    assert.deepEqual(heard, [`address: ${dify.baseUrl}`, `address: ${host}`]);
  });

  it('still asks for the new key after a look back at the address, and does not go on with the old one', async () => {
    const repaired = known('a');
    const { keys: secrets, heard } = await play(
      [
        ['key', 'back'],
        ['address', host],
        ['key', key(1)],
      ],
      { repaired, first: 'key', known: [[repaired, key()]] },
    );

    assert.deepEqual(heard.slice(1), [`address: ${dify.baseUrl}`, `key: ${host}`]);
    assert.deepEqual([...secrets.values()], [key(1)]);
  });

  it('asks for the key anew when the address is one of another origin, and sends the old one nowhere', async () => {
    const sent: (string | null)[] = [];
    const noting = (url: string, init: RequestInit): Promise<Response> => {
      sent.push(new Headers(init.headers).get('authorization'));
      return fetch(url, init);
    };
    const repaired = known('a', { baseUrl: 'https://old.test/v1' });
    const {
      apps,
      heard,
      keys: secrets,
    } = await play(
      [
        ['address', host],
        ['key', key(1)],
      ],
      {
        repaired,
        known: [[repaired, 'app-of-the-old-origin']],
        fetch: noting,
      },
    );

    assert.equal(apps?.[0]?.id, 'a');
    assert.deepEqual(heard, ['address: https://old.test/v1', `key: ${host}`]);
    assert.deepEqual(new Set(sent), new Set([null, `Bearer ${key(1)}`]));
    assert.equal(secrets.get('https://old.test a'), 'app-of-the-old-origin');
  });

  it('says when the secret storage keeps nothing; the app works until then', async () => {
    const { apps, heard } = await play(
      [
        ['address', host],
        ['key', key()],
      ],
      { forgets: true },
    );

    assert.equal(apps?.length, 1);
    assert.equal(heard.at(-1), 'unsaved');
  });

  it('waits while Dify is busy, saying so, and then gives the choice to the person', async () => {
    const busy = {
      status: 429,
      headers: { 'Retry-After': '7', 'Content-Type': 'application/json' },
      body: '{"code":"too_many_requests","message":"x","status":429}',
    };
    dify.fault({ path: '/v1/parameters', times: 2, answer: busy });
    const waited = await play([
      ['address', host],
      ['key', key()],
    ]);
    assert.equal(waited.apps?.length, 1);
    assert.deepEqual(waited.heard.slice(2), Array(2).fill('told: Dify is busy. Trying again in 7 s.'));

    dify.fault({ path: '/v1/parameters', times: 'always', answer: busy });
    const { heard } = await play([
      ['address', host],
      ['key', key()],
      ['failed', 'cancel'],
    ]);
    assert.match(heard.at(-1) ?? '', /Dify is busy\..*\[retry, cancel\]/);
  });
});
