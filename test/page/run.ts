// Runs the chat page, as it ships, in a real browser. Skipped, and says so, where there is none.
import { spawnSync } from 'node:child_process';
import { existsSync } from 'node:fs';
import { glob } from 'node:fs/promises';
import path from 'node:path';
import Mocha from 'mocha';

const browser = process.env['CHROMIUM_PATH'] ?? '/usr/bin/chromium';
if (existsSync(browser)) {
  process.exitCode = await run();
} else {
  console.log(`Skipped: no browser at ${browser}. Set CHROMIUM_PATH to a Chromium or Chrome.`);
}

async function run(): Promise<number> {
  const root = path.join(import.meta.dirname, '../..');
  const built = spawnSync(process.execPath, ['esbuild.mjs', '--minify'], { cwd: root, stdio: 'inherit' });
  if (built.status !== 0) return 1;

  const grep = process.argv[2];
  const mocha = new Mocha({ timeout: 120_000, ...(grep === undefined ? {} : { grep }) });
  for await (const file of glob('*.test.ts', { cwd: import.meta.dirname }))
    mocha.addFile(path.join(import.meta.dirname, file));
  await mocha.loadFilesAsync();
  return new Promise((resolve) => mocha.run(resolve));
}
