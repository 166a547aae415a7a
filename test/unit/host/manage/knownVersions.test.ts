import assert from 'node:assert/strict';
import { newRun } from '../../../../src/conversation/run.ts';
import { realClock, type Clock } from '../../../../src/demo/clock.ts';
import { createDemoServer } from '../../../../src/demo/server.ts';
import { ApiKey } from '../../../../src/dify/apiKey.ts';
import { DifyClient } from '../../../../src/dify/client.ts';
import { runWorkflow } from '../../../../src/dify/workflows.ts';
import { isVersionId, knownVersions } from '../../../../src/host/manage/knownVersions.ts';
import { appNamed } from '../../../lab/apps.ts';
import { workflowVersions } from '../../../lab/workflowApps.ts';
import { someConversation, someMessage } from '../../../support/conversations.ts';
import { collected, neverAborted } from '../../../support/difyClient.ts';

/** The lab's app with versions, each published on another day. */
function clientOf(generation: 'a' | 'b'): DifyClient {
  const plain = appNamed('Versions');
  const versions = workflowVersions.map((one, day) => ({ ...one, publishedAt: `2026-11-0${day + 1} 11:10:15.829893` }));
  const app = { ...plain, workflow: { ...(plain.workflow ?? assert.fail()), versions } };
  const clock: Clock = { now: () => Date.now(), sleep: (ms, signal) => realClock.sleep(ms / 100, signal) };
  const server = createDemoServer({ generation, apps: [app], tokensPerSecond: Infinity, clock });
  const apiKey = new ApiKey(app.key, 'http://dify.test');
  return new DifyClient(
    () => Promise.resolve({ baseUrl: 'http://dify.test/v1', apiKey, user: 'ada' }),
    (url, init) => server.handle(new Request(url, init)),
  );
}

describe('The versions of a workflow', () => {
  const ids = workflowVersions.map(({ id }) => id);

  for (const generation of ['a', 'b'] as const) {
    it(`${generation}: are those that ran, whoever ran them`, async () => {
      const client = clientOf(generation);
      for (const workflow_id of [...ids, ...ids]) {
        await collected(runWorkflow(client, { inputs: { text: 'hello' }, workflow_id }, neverAborted));
      }

      const versions = await knownVersions(client, [], neverAborted);

      assert.deepEqual(new Set(versions.map(({ id }) => id)), new Set(ids));
      for (const { published, ranAt } of versions) {
        assert.match(published, /^\d{4}-\d\d-\d\d \d\d:\d\d/);
        assert.ok(ranAt !== undefined && Math.abs(ranAt - Date.now()) < 60_000);
      }
    });

    it(`${generation}: are also those of runs that are kept here; runs that are gone tell nothing`, async () => {
      const client = clientOf(generation);
      const events = await Array.fromAsync(runWorkflow(client, { inputs: { text: 'hello' } }, neverAborted));
      const [runId] = events.flatMap((event) => ('workflow_run_id' in event ? [event.workflow_run_id] : []));
      const gone = 'de300000-0000-4000-8000-00000000dead';
      const messages = [runId, gone].map((id, n) => someMessage({ key: String(n), run: { ...newRun, runId: id } }));

      const versions = await knownVersions(client, [someConversation({ messages })], neverAborted);

      assert.deepEqual(
        versions.map(({ id }) => id),
        [ids.at(-1)],
      );
    });
  }

  it('have UUIDs', () => {
    assert.ok(isVersionId(' DE300000-0000-4000-8000-000000000105 '));
    assert.ok(!isVersionId('abc'));
    assert.ok(!isVersionId('de300000000040008000000000000105'));
  });
});
