import { spawn } from 'node:child_process';
import { once } from 'node:events';
import path from 'node:path';
import { root } from '../vscode/paths.ts';
import { isTally, oneFailed, sum, type Tally } from './tally.ts';

const mocha = path.join(root, 'node_modules/mocha/bin/mocha.js');
const reporter = path.join(root, 'test/stages/tallyReporter.ts');

/** Runs mocha in a process of its own, its report visible. A run that breaks off before its end counts as a failure. */
export async function runMocha(args: readonly string[], env: Readonly<Record<string, string>> = {}): Promise<Tally> {
  const child = spawn(process.execPath, [mocha, '--reporter', reporter, ...args], {
    cwd: root,
    env: { ...process.env, ...env },
    stdio: ['ignore', 'inherit', 'inherit', 'ipc'],
  });
  let tally: Tally | undefined;
  child.on('message', (message) => {
    tally = isTally(message) ? message : tally;
  });
  const [code, signal] = await once(child, 'close');
  if (tally === undefined) {
    console.error(`mocha broke off before its end (${signal ?? `code ${code}`}).`);
    return oneFailed;
  }
  return code !== 0 && tally.failed === 0 ? sum([tally, oneFailed]) : tally;
}
