import assert from 'node:assert/strict';
import { demoApps } from '../../../../src/demo/demoApps.ts';
import { ApiKey } from '../../../../src/dify/apiKey.ts';
import { DifyError } from '../../../../src/dify/errors.ts';
import { generations } from '../../../../src/demo/generations.ts';
import { probe } from '../../../../src/host/connect/probe.ts';
import { startDifyServer } from '../../../dify-server/serve.ts';
import { neverAborted } from '../../../support/difyClient.ts';

/** A server that tells no mode, as those before about 1.4. */
async function withoutMode(url: string, init: RequestInit): Promise<Response> {
  const response = await fetch(url, init);
  if (!new URL(url).pathname.endsWith('/info')) return response;
  const { mode: _, ...info } = (await response.json()) as Record<string, unknown>;
  return Response.json(info, { headers: response.headers });
}

describe('The mode of an app whose server does not tell it', () => {
  for (const generation of Object.keys(generations) as (keyof typeof generations)[]) {
    it(`is found out for every app of a server like ${generation}, and no run begins`, async () => {
      const dify = await startDifyServer({ apps: demoApps, generation });
      try {
        const found: Record<string, string> = {};
        for (const { name, key } of dify.apps) {
          const apiKey = new ApiKey(key, new URL(dify.baseUrl).origin);
          const app = await probe({ id: name, baseUrl: dify.baseUrl, apiKey, user: 'u' }, withoutMode, neverAborted);
          found[name] = app.mode;
        }

        // An agent without tools looks like a chat, which is asked in the same way; servers with new agents tell the mode.
        const told = Object.fromEntries(dify.apps.map(({ name, mode }) => [name, mode]));
        const like = (mode = ''): string => (['agent-chat', 'agent', 'chat'].includes(mode) ? 'chat' : mode);
        for (const [name, mode] of Object.entries(told)) assert.equal(like(found[name]), like(mode), name);
        const writes = dify.log.filter(({ method, path }) => method !== 'GET' && !path.endsWith('/none/stop'));
        assert.deepEqual(writes, []);
      } finally {
        await dify.close();
      }
    });
  }

  it('is not guessed where the server cannot be asked', async () => {
    const dify = await startDifyServer();
    try {
      const unreachable = new TypeError('fetch failed', { cause: { code: 'UND_ERR_CONNECT_TIMEOUT' } });
      const halfway = (url: string, init: RequestInit): Promise<Response> =>
        url.includes('/conversations') ? Promise.reject(unreachable) : withoutMode(url, init);
      const apiKey = new ApiKey(dify.apps[0]?.key ?? '', new URL(dify.baseUrl).origin);
      const asking = probe({ id: 'x', baseUrl: dify.baseUrl, apiKey, user: 'u' }, halfway, neverAborted);

      await assert.rejects(asking, (error) => error instanceof DifyError && error.kind === 'network');
    } finally {
      await dify.close();
    }
  });
});
