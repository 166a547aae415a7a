import { writeFile } from 'node:fs/promises';
import { parseArgs } from 'node:util';
import { appEntries, labApps } from '../lab/apps.ts';
import { modelSource } from './model.ts';
import { type DifyServerOptions, startDifyServer } from './serve.ts';

const help = `A Dify server for trying things out: Dify's Service API without Dify, on 127.0.0.1.

  npm run dify-server -- [options]

  --port <n>               Port; 0 takes a free one. Default 5001.
  --generation <a|b>       a behaves like Dify 1.11.2, b like 1.14.2. Default b.
  --tokens-per-second <n>  Speed of the answers. Default 40.
  --slow-start <ms>        Time before the first word of an answer. Default 0.
  --llm <url>              Answer by the model behind an OpenAI-compatible API, like http://127.0.0.1:11434/v1,
                           instead of by little text functions.
  --llm-key <key>          Its API key.
  --llm-model <name>       Its model.
  --nginx                  Stand behind nginx, beside a web front end, as Dify's docker set-up does.
  --apps-json <file>       Write the apps with their keys to this file, as "npm run test:live" reads them.
  --help                   This text.

GET /__log shows the requests. POST /__fault makes one go wrong: cuts, delays, proxies' pages (see
test/dify-server/faults.ts). POST /__owner changes an app while the server runs, like
{"app": "<key>", "change": {"state": "apiDisabled"}} (see src/demo/owner.ts). POST /__worker with
stop, kill or start does so to what carries out chatflows and workflows.`;

const { values } = parseArgs({
  options: {
    port: { type: 'string', default: '5001' },
    generation: { type: 'string', default: 'b' },
    'tokens-per-second': { type: 'string', default: '40' },
    'slow-start': { type: 'string', default: '0' },
    llm: { type: 'string' },
    'llm-key': { type: 'string' },
    'llm-model': { type: 'string' },
    nginx: { type: 'boolean', default: false },
    'apps-json': { type: 'string' },
    help: { type: 'boolean', default: false },
  },
});

if (values.help) console.log(help);
else await run(optionsOf());

async function run(options: DifyServerOptions): Promise<void> {
  const server = await startDifyServer(options);
  console.log(`Dify ${options.generation === 'a' ? '1.11.2' : '1.14.2'} (emulated) at ${server.baseUrl}`);
  const width = Math.max(...server.apps.map(({ name }) => name.length));
  for (const { key, mode, name } of server.apps) console.log(`  ${name.padEnd(width)}  ${mode.padEnd(10)}  ${key}`);
  if (values['apps-json'] !== undefined) await writeFile(values['apps-json'], appsJson(server.baseUrl, options));
  console.log('Ctrl+C stops it.');
  for (const signal of ['SIGINT', 'SIGTERM'] as const) process.once(signal, () => void server.close());
}

function appsJson(base: string, { generation = 'b' }: DifyServerOptions): string {
  return `${JSON.stringify({ base, generation, apps: appEntries() }, undefined, 2)}\n`;
}

function optionsOf(): DifyServerOptions {
  const { generation, llm } = values;
  if (generation !== 'a' && generation !== 'b') throw new Error(`--generation is a or b, not ${generation}.`);
  return {
    generation,
    apps: labApps.map(({ app }) => app),
    port: numberOf('port'),
    tokensPerSecond: numberOf('tokens-per-second'),
    slowStart: numberOf('slow-start'),
    nginx: values.nginx,
    ...(llm === undefined ? {} : { source: modelSource({ url: llm, ...modelOptions() }) }),
  };
}

function modelOptions(): { readonly key?: string; readonly model?: string } {
  const { 'llm-key': key, 'llm-model': model } = values;
  return { ...(key === undefined ? {} : { key }), ...(model === undefined ? {} : { model }) };
}

function numberOf(name: 'port' | 'tokens-per-second' | 'slow-start'): number {
  const number = Number(values[name]);
  if (!(number >= 0)) throw new Error(`--${name} is a number, not ${values[name]}.`);
  return number;
}
