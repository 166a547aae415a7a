import assert from 'node:assert/strict';
import { startDifyServer } from '../dify-server/serve.ts';
import { appEntries, labApps } from '../lab/apps.ts';
import { runLive } from './run.ts';

async function clientTurns(generation: 'a' | 'b'): Promise<void> {
  const apps = appEntries();
  const server = await startDifyServer({ generation, apps: labApps.map(({ app }) => app), tokensPerSecond: 400 });
  const lines: string[] = [];
  try {
    const file = { base: server.baseUrl, generation, apps };
    const options = { atOnce: 20, print: (line: string) => void lines.push(line) };
    const client = await runLive(file, { ...options, grep: 'the client' });
    const keys = await runLive(file, { ...options, grep: 'key' });

    assert.deepEqual(
      lines.filter((line) => line.startsWith('✘')),
      [],
    );
    assert.ok(client.passed > 0 && keys.passed > 0);
    const printed = lines.join('\n');
    assert.deepEqual(
      Object.values(apps).filter(({ key }) => printed.includes(key)),
      [],
    );
  } finally {
    await server.close();
  }
}

describe('the run on a server in real time', () => {
  it('takes the client through the turns of every app of both generations, and never prints a key', async () => {
    await Promise.all([clientTurns('a'), clientTurns('b')]);
  }).timeout(60_000);

  it('says which case failed, with what was said instead of the key', async () => {
    const server = await startDifyServer();
    const [app] = server.apps;
    assert.ok(app !== undefined);
    server.fault({ answer: { status: 500, body: `broken for ${app.key}` }, path: '/v1/info', times: 'always' });
    const lines: string[] = [];
    const apps = { only: { key: app.key, mode: app.mode, features: [] } };
    const tally = await runLive(
      { base: server.baseUrl, generation: 'b', apps },
      { grep: '/info tells', print: (line) => void lines.push(line) },
    );
    await server.close();

    assert.deepEqual(tally, { passed: 0, failed: 1, notApplicable: 0 });
    assert.match(lines.join('\n'), /✘ \/info tells name and mode .*\n.*answers 500.*broken for app-…/);
  });
});
