import { readFile } from 'node:fs/promises';
import { parseArgs } from 'node:util';
import type { AppsFile } from './apps.ts';
import { runLive } from './run.ts';

const help = `Holds a Dify server to what two real ones did: the same cases as "npm run test:contract", and then the client's own turns.

  npm run test:live -- --apps apps.json [options]

  --apps <file>     { "base": "https://…/v1", "generation": "a" or "b" (Dify 1.11 or 1.14),
                      "apps": { "<name>": { "key": "app-…", "mode": "chat", "features": [] } } }
                    Features are those of test/contract/README.md. "npm run dify-server -- --apps-json <file>" writes such a file.
  --grep <text>     Only the cases with this in their name.
  --at-once <n>     How many cases at a time. Default 4.
  --failures        Print only what failed.
  --help            This text.

Every case is a user of its own, and deletes the conversations that it made. Keys are never printed.`;

const { values } = parseArgs({
  options: {
    apps: { type: 'string' },
    grep: { type: 'string', default: '' },
    'at-once': { type: 'string', default: '4' },
    failures: { type: 'boolean', default: false },
    help: { type: 'boolean', default: false },
  },
});

if (values.help || values.apps === undefined) {
  console.log(help);
  process.exitCode = values.help ? 0 : 1;
} else {
  await run(values.apps);
}

async function run(file: string): Promise<void> {
  const { failed, notApplicable, passed } = await runLive(appsFile(await readFile(file, 'utf8')), {
    grep: values.grep,
    atOnce: Number(values['at-once']),
    print: (line) => {
      if (!values.failures || line.startsWith('✘')) console.log(line);
    },
  });
  console.log(`\n${passed} passed, ${failed} failed, ${notApplicable} not applicable`);
  process.exitCode = failed === 0 ? 0 : 1;
}

/** @throws with what is missing */
function appsFile(text: string): AppsFile {
  const { apps, base, generation } = JSON.parse(text) as Partial<AppsFile>;
  if (typeof base !== 'string') throw new Error('The file names no "base".');
  if (generation !== 'a' && generation !== 'b') throw new Error('"generation" is "a" or "b".');
  if (typeof apps !== 'object') throw new Error('The file names no "apps".');
  const entries = Object.entries(apps).map(([name, entry]) => [name, { ...entry, features: entry.features ?? [] }]);
  return { base, generation, apps: Object.fromEntries(entries) as AppsFile['apps'] };
}
