import assert from 'node:assert/strict';
import { startDifyServer, type RunningDifyServer } from '../../../dify-server/serve.ts';
import { play } from './scriptedAsks.ts';

describe('ConnectFlow, and where the key goes', () => {
  let dify: RunningDifyServer;
  let host: string;

  before(async () => {
    dify = await startDifyServer();
    host = new URL(dify.baseUrl).host;
  });

  after(() => dify.close());

  it('asks for the key anew before it goes where visitors are sent, unless that is the same place with encryption', async () => {
    for (const [other, asked] of [
      ['https://new.test', ['key: new.test app-given-for-old']],
      ['https://old.test:8443', ['key: old.test:8443 app-given-for-old']],
      ['https://old.test', []],
    ] as const) {
      const sentTo = new Set<string>();
      const moved = (url: string, init: RequestInit): Promise<Response> => {
        const { origin, pathname } = new URL(url);
        const isAsked = new Headers(init.headers).has('authorization');
        if (isAsked) sentTo.add(origin);
        return Promise.resolve(
          isAsked && origin === 'http://old.test'
            ? new Response(null, { status: 308, headers: { location: other + pathname } })
            : Response.json({ code: 'unauthorized', message: 'No' }, { status: 401 }),
        );
      };
      const { heard } = await play(
        [
          ['address', "curl 'http://old.test/v1/info' -H 'Authorization: Bearer app-given-for-old'"],
          ['encryption', 'plain'],
          ['failed', 'useOther'],
          asked.length > 0 ? ['key', undefined] : ['failed', undefined],
        ],
        { fetch: moved },
      );

      assert.deepEqual(
        heard.filter((line) => line.startsWith('key:')),
        asked,
      );
      assert.deepEqual([...sentTo], ['http://old.test', ...(asked.length > 0 ? [] : [other])]);
    }
  });

  it('sends no key that was typed for another address meanwhile', async () => {
    const sent: (string | null)[] = [];
    const draft = { address: '', key: '' };
    let tries = 0;
    const busy = (url: string, init: RequestInit): Promise<Response> => {
      const authorization = new Headers(init.headers).get('authorization');
      if (authorization === null) return fetch(url, init);
      sent.push(authorization);
      // The notification stays, and the flow was opened a second time beside it.
      if (++tries === 1) draft.key = 'app-for-somebody-else';
      return Promise.resolve(Response.json({ code: 'x', message: 'No' }, { status: 500 }));
    };
    await play(
      [
        ['address', host],
        ['key', 'app-for-this-one'],
        ['failed', 'retry'],
        ['failed', undefined],
      ],
      { fetch: busy, draft },
    );

    assert.deepEqual(new Set(sent), new Set(['Bearer app-for-this-one']));
  });
});
