import assert from 'node:assert/strict';
import { getLogs, getRun } from '../../../src/dify/runs.ts';
import { neverAborted } from '../../support/difyClient.ts';
import { clientGetting, failureOf, lost, recordedCalls } from '../../support/recordedCalls.ts';

const runs = /^\/workflows\/run\/[^/]+$/;

describe('Runs', () => {
  it('are read without loss, their outputs as an object or as JSON text', async () => {
    const counts = { a: 0, b: 0 };
    for (const call of recordedCalls('GET', runs)) {
      if (call.status !== 200 || (call.json as { id: unknown }).id === null) continue;
      const { client } = clientGetting(call);

      assert.deepEqual(lost(call.json, await getRun(client, 'r-1', neverAborted)), [], call.name);
      counts[call.generation]++;
    }
    assert.ok(counts.a > 30 && counts.b > 50, JSON.stringify(counts));
  });

  it('are not found where Dify 1.14 says so, and where 1.11 answers 200 with nothing but nulls', async () => {
    const generations = new Set<string>();
    for (const call of recordedCalls('GET', runs)) {
      const isNull = call.status === 200 && (call.json as { id: unknown }).id === null;
      if (!isNull && call.status !== 404) continue;
      const { client } = clientGetting(call);

      assert.equal((await failureOf(getRun(client, 'r-1', neverAborted))).kind, 'notFound', call.name);
      generations.add(call.generation);
    }
    assert.deepEqual([...generations].sort(), ['a', 'b']);
  });

  it('are refused to other kinds of apps, and an id that is none breaks the server, which is asked twice', async () => {
    for (const call of recordedCalls('GET', runs)) {
      if (call.status !== 400 && call.status !== 500) continue;
      const { client, sent } = clientGetting(call);
      const { kind } = await failureOf(getRun(client, 'r-1', neverAborted));

      assert.equal(kind, call.status === 400 ? 'rejected' : 'server', call.name);
      assert.equal(sent.length, call.status === 400 ? 1 : 2, call.name);
    }
  });

  it('are logged, and the log is read without loss', async () => {
    for (const call of recordedCalls('GET', /^\/workflows\/logs$/)) {
      const { client } = clientGetting(call);
      const logs = getLogs(client, {}, neverAborted);

      if (call.status !== 200) {
        assert.equal((await failureOf(logs)).kind, 'rejected', call.name);
        continue;
      }
      const { logs: data, ...rest } = await logs;
      const { limit, ...json } = call.json as { limit: number };
      assert.ok(limit > 0);
      assert.deepEqual(lost(json, { data, ...rest }), [], call.name);
    }
  });

  it('are looked for in the log with what is given only', async () => {
    const [call] = recordedCalls('GET', /^\/workflows\/logs$/);
    assert.ok(call);
    const { client, sent } = clientGetting(call);

    await getLogs(client, { page: 2, keyword: '', status: 'failed' }, neverAborted);

    assert.equal(sent[0]?.path, '/workflows/logs?page=2&limit=100&status=failed');
  });
});
