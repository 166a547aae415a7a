import assert from 'node:assert/strict';
import { startDifyServer, type RunningDifyServer } from '../../../dify-server/serve.ts';
import { play } from './scriptedAsks.ts';

describe('ConnectFlow, where a key may go', () => {
  let dify: RunningDifyServer;

  before(async () => {
    dify = await startDifyServer();
  });

  after(() => dify.close());

  const key = (): string => dify.apps[0]?.key ?? '';

  it('follows where visitors are sent only when told to, under the same path', async () => {
    const asked: string[] = [];
    const moved = (url: string, init: RequestInit): Promise<Response> => {
      asked.push(url);
      const { origin, pathname } = new URL(url);
      if (origin === 'https://new.test') return fetch(`${dify.baseUrl}/info`, init);
      return Promise.resolve(new Response(null, { status: 308, headers: { location: `https://new.test${pathname}` } }));
    };
    const { heard } = await play(
      [
        ['address', 'https://old.test/team'],
        ['failed', 'useOther'],
        ['key', undefined],
      ],
      {
        fetch: moved,
      },
    );

    assert.match(
      heard[1] ?? '',
      /old\.test sends visitors to https:\/\/new\.test\. The key was not sent there\. \[useOther, editAddress\]/,
    );
    assert.equal(heard[2], 'key: new.test');
    assert.equal(asked.at(-1), 'https://new.test/team/v1/info');
  });

  it('asks for the key anew where visitors are sent elsewhere, and sends it nowhere before', async () => {
    const sent: string[] = [];
    const moved = async (url: string, init: RequestInit): Promise<Response> => {
      const { origin, pathname } = new URL(url);
      const hasKey = new Headers(init.headers).has('authorization');
      if (hasKey) sent.push(origin);
      if (origin === 'https://old.test' && hasKey) {
        return new Response(null, { status: 308, headers: { location: `https://new.test${pathname}` } });
      }
      return await fetch(`${dify.baseUrl}/info`, init);
    };
    const { heard, draft } = await play(
      [
        ['address', `curl https://old.test/v1/info -H 'Authorization: Bearer ${key()}'`],
        ['failed', 'useOther'],
        ['key', undefined],
      ],
      { fetch: moved },
    );

    assert.equal(heard[2], `key: new.test ${key()}`, 'it is still in the box');
    assert.equal(draft.key, key());
    assert.deepEqual(new Set(sent), new Set(['https://old.test']));
  });

  for (const bad of ['app-1234 56789', 'app-1234\u200b56789', 'app-1234\u00a056789', 'app-密钥密钥密钥']) {
    it(`sends no key like ${JSON.stringify(bad)}, whichever way it came`, async () => {
      const sent: (string | null)[] = [];
      const noting = (url: string, init: RequestInit): Promise<Response> => {
        sent.push(new Headers(init.headers).get('authorization'));
        return fetch(url, init);
      };
      const address = `curl '${dify.baseUrl}/info' -H 'Authorization: Bearer ${bad}'`;
      const scene = { fetch: noting, draft: { address, key: '' } };

      await play(
        [
          ['address', address],
          ['key', bad],
          ['key', undefined],
        ],
        scene,
      );
      await play([['key', undefined]], { fetch: noting, first: 'offer', draft: { address: dify.baseUrl, key: bad } });

      assert.deepEqual(new Set(sent), new Set([null]));
    });
  }

  it('asks once for each origin before anything goes unencrypted to another computer, also a near one', async () => {
    const fetched: string[] = [];
    const dead = (url: string): Promise<Response> => {
      fetched.push(url);
      return Promise.reject(new TypeError('fetch failed', { cause: { code: 'ECONNREFUSED' } }));
    };
    const back = await play(
      [
        ['address', 'http://192.168.1.4'],
        ['encryption', 'back'],
        ['address', undefined],
      ],
      { fetch: dead },
    );
    assert.deepEqual(back.heard[1], 'encryption: http://192.168.1.4/v1');
    assert.deepEqual(fetched, []);

    const plain = await play(
      [
        ['address', 'http://192.168.1.4'],
        ['encryption', 'plain'],
        ['failed', 'editAddress'],
        ['address', 'http://192.168.1.4/dify'],
        ['failed', undefined],
      ],
      { fetch: dead },
    );
    assert.deepEqual([...plain.consents], ['http://192.168.1.4']);

    fetched.length = 0;
    await play(
      [
        ['address', 'http://192.168.1.4'],
        ['encryption', 'https'],
        ['failed', undefined],
      ],
      { fetch: dead },
    );
    assert.deepEqual(fetched, ['https://192.168.1.4/v1/info']);
    assert.equal(
      (
        await play(
          [
            ['address', 'http://10.0.0.1'],
            ['encryption', undefined],
          ],
          { fetch: dead },
        )
      ).apps,
      undefined,
    );
  });
});
