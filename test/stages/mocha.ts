import { spawn, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { availableParallelism } from 'node:os';
import path from 'node:path';
import { root } from '../vscode/paths.ts';
import { isTally, oneFailed, sum, type Tally } from './tally.ts';

const mocha = path.join(root, 'node_modules/mocha/bin/mocha.js');
const reporter = path.join(root, 'test/stages/tallyReporter.ts');

type Variables = Readonly<Record<string, string>>;

/** Runs mocha in a process of its own, its report visible. A run that breaks off before its end counts as a failure. */
export async function runMocha(args: readonly string[], env: Variables = {}): Promise<Tally> {
  return await tallyOf(start(args, env, 'inherit'));
}

/**
 * Runs each file in a mocha of its own, two at a time: tests that drive a browser wait more than they work. A file's report is printed
 * when it is through, and not at all if none of its tests was asked for.
 */
export async function runMochaOnEach(
  files: readonly string[],
  args: readonly string[],
  env: Variables,
): Promise<Tally> {
  const left = [...files];
  const tallies: Tally[] = [];
  const work = async (): Promise<void> => {
    for (let file = left.shift(); file !== undefined; file = left.shift()) {
      const child = start([...args, file], env, 'pipe');
      const report: Buffer[] = [];
      for (const stream of [child.stdout, child.stderr]) stream?.on('data', (piece: Buffer) => report.push(piece));
      const tally = await tallyOf(child);
      tallies.push(tally);
      if (Object.values(tally).some((count) => count > 0)) process.stdout.write(Buffer.concat(report));
    }
  };
  await Promise.all(Array.from({ length: Math.min(2, availableParallelism()) }, work));
  return sum(tallies);
}

function start(args: readonly string[], env: Variables, output: 'inherit' | 'pipe'): ChildProcess {
  return spawn(process.execPath, [mocha, '--reporter', reporter, ...args], {
    cwd: root,
    env: { ...process.env, ...env },
    stdio: ['ignore', output, output, 'ipc'],
  });
}

async function tallyOf(child: ChildProcess): Promise<Tally> {
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
