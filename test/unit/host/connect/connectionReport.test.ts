import assert from 'node:assert/strict';
import { ApiKey } from '../../../../src/dify/apiKey.ts';
import type { Fetch } from '../../../../src/dify/client.ts';
import type { App } from '../../../../src/host/app.ts';
import { connectionReport } from '../../../../src/host/connect/connectionReport.ts';
import { reachBothWays } from '../../../../src/host/connect/testConnection.ts';
import type { Transport } from '../../../../src/host/transport.ts';
import { startDifyServer, type RunningDifyServer } from '../../../dify-server/serve.ts';
import { neverAborted } from '../../../support/difyClient.ts';
import { t } from './scriptedAsks.ts';

describe('A tested connection', () => {
  let dify: RunningDifyServer;
  let app: App;

  before(async () => {
    dify = await startDifyServer();
    const { name = '', mode = '' } = dify.apps[0] ?? {};
    app = { id: 'a', baseUrl: dify.baseUrl, name, mode, description: '', emoji: '', version: '' };
  });

  after(() => dify.close());

  const works: Fetch = (url, init) => fetch(url, init);
  const fails: Fetch = () =>
    Promise.reject(new TypeError('fetch failed', { cause: { code: 'UNABLE_TO_VERIFY_LEAF_SIGNATURE' } }));

  async function tested(
    ways: Partial<Record<Transport, Fetch>>,
    current: Transport = 'editor',
  ): Promise<ReturnType<typeof connectionReport>> {
    const apiKey = new ApiKey(dify.apps[0]?.key ?? '', new URL(dify.baseUrl).origin);
    const reached = await reachBothWays(app, { apiKey, user: 'u' }, { through: (way) => ways[way] }, neverAborted);
    const steady = reached.map((way) => ('error' in way ? way : { ...way, milliseconds: 12.4 }));
    return connectionReport(app, steady, current, t);
  }

  it('tells app, mode, host, version, and the time of each way', async () => {
    const { host } = new URL(dify.baseUrl);
    const both = await tested({ editor: works, direct: works });
    const head = `${app.name} (Text generator) answers at ${host}. Dify 1.14.2.`;

    assert.equal(
      both.sentence,
      `${head} The editor's transport is in use and takes 12 ms. The direct transport would take 12 ms.`,
    );
    assert.equal(both.better, undefined);
    assert.equal(
      (await tested({ editor: works })).sentence,
      `${head} The editor's transport is in use and takes 12 ms.`,
    );
  });

  it('offers the other way where only that gets there, and switches nothing', async () => {
    const { sentence, better } = await tested({ editor: fails, direct: works });
    assert.match(sentence, /certificate that this computer does not trust .* The direct transport gets there\.$/);
    assert.equal(better, 'direct');
    assert.equal((await tested({ editor: works, direct: fails }, 'direct')).better, 'editor');
  });

  it('says what is wrong where no way gets there, and where only the way that is not in use does not', async () => {
    const none = await tested({ editor: fails, direct: fails });
    assert.match(none.sentence, /does not trust/);
    assert.ok(none.error !== undefined && none.better === undefined);
    const used = await tested({ editor: works, direct: fails });
    assert.match(used.sentence, /in use and takes 12 ms\. The direct transport does not get there: .*does not trust/);
    assert.equal(used.error, undefined);
  });
});
