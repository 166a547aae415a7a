import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { stat } from 'node:fs/promises';
import path from 'node:path';
import { root } from '../vscode/paths.ts';
import type { StageRun } from './stageRun.ts';
import { isTally, oneFailed, sum, type Tally } from './tally.ts';

const mocha = path.join(root, 'node_modules/mocha/bin/mocha.js');
const reporter = path.join(root, 'test/stages/tallyReporter.ts');

type Variables = Readonly<Record<string, string>>;

/** Runs mocha in a process of its own, its report printed as it comes. A run that breaks off before its end counts as a failure. */
export async function runMocha(args: readonly string[], within: StageRun, env: Variables = {}): Promise<Tally> {
  return within.job(() => tallyOf(args, env, within.write));
}

/**
 * Runs each file in a mocha of its own, the largest first: the one that takes longest should not be the last. A file's report is printed
 * when it is through, and not at all if none of its tests was asked for.
 */
export async function runMochaOnEach(
  files: readonly string[],
  args: readonly string[],
  within: StageRun,
  env: Variables,
): Promise<Tally> {
  const sizes = await Promise.all(files.map(async (file) => (await stat(path.join(root, file))).size));
  const largestFirst = files
    .map((file, index) => ({ file, size: sizes[index] ?? 0 }))
    .sort((one, other) => other.size - one.size);
  const run = async (file: string): Promise<Tally> => {
    const report: Uint8Array[] = [];
    const tally = await tallyOf([...args, file], env, (text) => report.push(text));
    if (Object.values(tally).some((count) => count > 0)) within.write(Buffer.concat(report));
    return tally;
  };
  return sum(await Promise.all(largestFirst.map(({ file }) => within.job(() => run(file)))));
}

async function tallyOf(args: readonly string[], env: Variables, write: (text: Uint8Array) => void): Promise<Tally> {
  const colors = process.stdout.isTTY ? ['--color'] : [];
  const child = spawn(process.execPath, [mocha, '--reporter', reporter, ...colors, ...args], {
    cwd: root,
    env: { ...process.env, ...env },
    stdio: ['ignore', 'pipe', 'pipe', 'ipc'],
  });
  let tally: Tally | undefined;
  for (const stream of [child.stdout, child.stderr]) stream?.on('data', write);
  child.on('message', (message) => {
    tally = isTally(message) ? message : tally;
  });
  const [code, signal] = await once(child, 'close');
  if (tally === undefined) {
    write(Buffer.from(`mocha broke off before its end (${signal ?? `code ${code}`}).\n`));
    return oneFailed;
  }
  return code !== 0 && tally.failed === 0 ? sum([tally, oneFailed]) : tally;
}
