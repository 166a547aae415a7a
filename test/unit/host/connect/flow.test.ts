import assert from 'node:assert/strict';
import { startDifyServer, type RunningDifyServer } from '../../../dify-server/serve.ts';
import { play } from './scriptedAsks.ts';

describe('ConnectFlow', () => {
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

  it('leads by address and key to a stored app', async () => {
    const {
      apps,
      heard,
      stored,
      keys: secrets,
    } = await play([
      ['address', host],
      ['key', key()],
    ]);

    assert.equal(apps?.length, 1);
    assert.deepEqual([...stored.values()], apps);
    assert.deepEqual([...secrets.values()], [key()]);
    assert.equal(apps?.[0]?.baseUrl, dify.baseUrl);
    assert.deepEqual(heard, ['address: ', `key: ${host}`]);
  });

  it('asks for no key where a cURL command has one, and for one where it has a placeholder', async () => {
    const command = (bearer: string): string =>
      `curl '${dify.baseUrl}/chat-messages' -H 'Authorization: Bearer ${bearer}'`;

    assert.equal((await play([['address', command(key())]])).apps?.length, 1);
    const { heard } = await play([
      ['address', command('{api_key}')],
      ['key', key()],
    ]);
    assert.deepEqual(heard, ['address: ', `key: ${host}`]);
  });

  it('sends no key before the address has proved to be Dify', async () => {
    const authorizations: (string | null)[] = [];
    const noting = (url: string, init: RequestInit): Promise<Response> => {
      authorizations.push(new Headers(init.headers).get('authorization'));
      return fetch(url, init);
    };
    await play(
      [
        ['address', `curl ${host}/nowhere/v1 -H 'Authorization: Bearer ${key()}'`],
        ['failed', undefined],
      ],
      {
        fetch: noting,
      },
    );

    assert.ok(authorizations.length > 0);
    assert.ok(authorizations.every((sent) => sent === null));
  });

  it('goes back from the key to the address, and gives up at Esc, with everything typed still there', async () => {
    const address = `${dify.baseUrl}/chat-messages`;
    const first = await play([
      ['address', address],
      ['key', 'back'],
      ['address', `${address}?x`],
      ['key', '~app-half'],
    ]);
    assert.equal(first.apps, undefined);
    assert.deepEqual(first.draft, { address: `${address}?x`, key: 'app-half' });
    assert.deepEqual(first.heard.slice(2), [`address: ${address}`, `key: ${host}`]);

    const { heard } = await play(
      [
        ['address', address],
        ['key', undefined],
      ],
      { draft: first.draft },
    );
    assert.deepEqual(heard, [`address: ${address}?x`, `key: ${host} app-half`]);
    assert.deepEqual((await play([['address', '~half.of.an']])).draft, { address: 'half.of.an', key: '' });
  });

  it('leads from a cancelled wait back to the question before it', async () => {
    const { heard } = await play(
      [
        ['address', host],
        ['address', undefined],
      ],
      { cancels: [0] },
    );

    assert.deepEqual(heard, ['address: ', `address: ${host}`]);
  });

  it('asks for the key again when it is refused, with what was typed', async () => {
    const wrong = 'app-000000000000000000000000';
    const { apps, heard } = await play([
      ['address', host],
      ['key', wrong],
      ['failed', 'enterKey'],
      ['key', wrong],
      ['failed', 'openApiPage'],
      ['key', key()],
    ]);

    assert.equal(apps?.length, 1);
    const failed = `failed: ${host} did not accept this key. It may be incomplete or deleted. [enterKey, openApiPage]`;
    const rest = [failed, `key: ${host} ${wrong}`, failed, `page: ${dify.baseUrl}`, `key: ${host} ${wrong}`];
    assert.deepEqual(heard.slice(2), rest);
  });

  it('says why nothing is found, shows the log and the same again, and tries another address', async () => {
    const { apps, heard } = await play([
      ['address', `http://${host}/nowhere/v1`],
      ['failed', 'editAddress'],
      ['address', host],
      ['key', key()],
    ]);
    assert.equal(apps?.length, 1);
    assert.match(heard[1] ?? '', /answered with a web page \(“404 Not Found”\), not with Dify's API\./);

    const silent = await play(
      [
        ['address', 'dify.test'],
        ['failed', 'showLog'],
        ['failed', 'retry'],
        ['failed', undefined],
      ],
      {
        fetch: () => Promise.reject(new TypeError('fetch failed', { cause: { code: 'ENOTFOUND' } })),
      },
    );
    const failed = silent.heard[1] ?? '';
    assert.match(failed, /No server is called dify\.test\. .* \[editAddress, retry\]/);
    assert.deepEqual(silent.heard.slice(2), ['log', failed, failed]);
  });

  it('asks whether to use the address where the API was found', async () => {
    const gateway = (url: string, init: RequestInit): Promise<Response> =>
      new URL(url).pathname.startsWith('/gate/info')
        ? fetch(`${dify.baseUrl}/info`, init)
        : Promise.resolve(new Response('<title>404</title>', { status: 404 }));
    const { heard } = await play(
      [
        ['address', 'https://corp.test/gate'],
        ['found', 'edit'],
        ['address', undefined],
      ],
      {
        fetch: gateway,
      },
    );

    assert.deepEqual(heard, ['address: ', 'found: https://corp.test/gate', 'address: https://corp.test/gate']);
  });

  it('tells that a host without a scheme answers unencrypted only, and asks before it goes on', async () => {
    const plainOnly = (url: string, init: RequestInit): Promise<Response> =>
      url.startsWith('https:')
        ? Promise.reject(new TypeError('fetch failed', { cause: { code: 'ECONNREFUSED' } }))
        : fetch(`${dify.baseUrl}/info`, init);
    const { heard, consents } = await play(
      [
        ['address', 'dify.local'],
        ['found', 'use'],
        ['encryption', 'plain'],
        ['key', undefined],
      ],
      { fetch: plainOnly },
    );

    assert.deepEqual(heard.slice(1), [
      'found: http://dify.local/v1',
      'encryption: http://dify.local/v1',
      'key: dify.local',
    ]);
    assert.deepEqual([...consents], ['http://dify.local']);
  });
});
