import assert from 'node:assert/strict';
import { inspect } from 'node:util';
import type { Fetch } from '../../../../src/dify/client.ts';
import { connectFailure } from '../../../../src/host/connect/connectFailure.ts';
import { play, t } from './scriptedAsks.ts';

const canary = 'app-MarkedMarkedMarkedMarked';
/** A key that looks like nothing known: a gateway may give out such ones. */
const oddCanary = 'MarkedMarked+odd/Marked=~x';

/** Servers that prove to be Dify, and then say the key aloud. */
const worlds: Readonly<Record<string, (sent: string) => Response | Promise<never>>> = {
  'a refusal': (sent) => Response.json({ code: 'unauthorized', message: `no ${sent}` }, { status: 401 }),
  'a 403': (sent) => Response.json({ code: 'forbidden', message: `no ${sent}` }, { status: 403 }),
  'bad input': (sent) => Response.json({ code: sent, message: sent }, { status: 400 }),
  'a web page': (sent) => new Response(`<title>${sent}</title>`, { headers: { 'content-type': 'text/html' } }),
  'a redirect': (sent) => new Response(null, { status: 302, headers: { location: `https://b.test/?sent=${sent}` } }),
  'a broken connection': (sent) =>
    Promise.reject(new TypeError(sent, { cause: { code: 'ECONNRESET', message: sent } })),
};

describe('The key while an app is connected', () => {
  for (const key of [canary, oddCanary]) {
    for (const [name, world] of Object.entries(worlds)) {
      it(`stands in nothing that is told after ${name} that quotes it, whatever it looks like: ${key.length} characters`, async () => {
        const sentTo: string[] = [];
        const fetch: Fetch = (url, init) => {
          const sent = new Headers(init.headers).get('authorization');
          if (sent === null) {
            return Promise.resolve(Response.json({ code: 'unauthorized', message: 'No key' }, { status: 401 }));
          }
          sentTo.push(new URL(url).origin);
          return Promise.resolve(world(sent));
        };
        const { heard, draft } = await play(
          [
            ['address', 'https://a.test'],
            ['key', key],
            ['failed', undefined],
          ],
          { fetch },
        );

        assert.ok(sentTo.length > 0 && sentTo.every((origin) => origin === 'https://a.test'));
        assert.ok(!inspect(heard, { depth: null }).toLowerCase().includes('markedmarked'), heard.at(-1));
        assert.equal(draft.key, key, 'it is still in its box');
      });
    }
  }

  it('stands in no failure of an unexpected kind', () => {
    const { sentence } = connectFailure(new Error(`Bearer ${canary}`), 'https://a.test/v1', t);

    assert.ok(!sentence.includes(canary), sentence);
  });
});
