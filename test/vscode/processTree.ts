import { type ChildProcess, execFileSync, spawn } from 'node:child_process';
import { once } from 'node:events';
import { setTimeout as delay } from 'node:timers/promises';

/** A program and everything it starts. */
export interface ProcessTree {
  readonly pid: number;
  /** What it has written so far, the last 64 kB. */
  readonly output: () => string;
  /** Resolves with the first line written that matches; rejects if the program ends before, or after `milliseconds`. */
  readonly line: (pattern: RegExp, milliseconds: number) => Promise<string>;
  /** Resolves when the program itself has ended. */
  readonly ended: Promise<void>;
  /** Ends all of it, and resolves when nothing of it runs any more. */
  readonly stop: () => Promise<void>;
}

/** Starts a program in a process group of its own: Ctrl+C does not reach it, `stop` reaches all of it. */
export function startTree(command: string, args: readonly string[], env: NodeJS.ProcessEnv): ProcessTree {
  const child = spawn(command, args, { env, detached: true, stdio: ['ignore', 'pipe', 'pipe'] });
  const { pid } = child;
  if (pid === undefined) {
    throw new Error(`${command} could not be started.`);
  }
  let output = '';
  const keep = (text: unknown): void => {
    output = (output + String(text)).slice(-65_536);
  };
  child.stdout.on('data', keep);
  child.stderr.on('data', keep);
  const ended = once(child, 'exit').then(() => {});
  live.add(pid);
  void ended.then(() => live.delete(pid));
  return {
    pid,
    output: () => output,
    line: (pattern, milliseconds) => lineOf(child, pattern, milliseconds, () => output),
    ended,
    stop: () => stop(pid, ended),
  };
}

/** Groups that still run: whatever way this process ends, they end with it. */
const live = new Set<number>();
process.on('exit', () => live.forEach((pid) => signalTree(pid, 'SIGKILL')));

async function lineOf(
  child: ChildProcess,
  pattern: RegExp,
  milliseconds: number,
  output: () => string,
): Promise<string> {
  const over = AbortSignal.timeout(milliseconds);
  const found = Promise.withResolvers<string>();
  const look = (): void => {
    const line = output()
      .split('\n')
      .find((candidate) => pattern.test(candidate));
    if (line !== undefined) {
      found.resolve(line);
    }
  };
  const fail = (why: string) => (): void => found.reject(new Error(`${why}. It wrote:\n${output()}`));
  const exited = fail('The program ended before it was ready');
  child.stdout?.on('data', look);
  child.once('close', exited);
  over.addEventListener('abort', fail(`The program was not ready after ${milliseconds / 1000} s`));
  look();
  return found.promise.finally(() => {
    child.stdout?.off('data', look);
    child.off('close', exited);
  });
}

async function stop(pid: number, ended: Promise<void>): Promise<void> {
  for (const [signal, patience] of [
    ['SIGTERM', 5000],
    ['SIGKILL', 5000],
  ] as const) {
    if (!signalTree(pid, signal)) {
      break;
    }
    // The system tells us of our own child only; of its children we have to ask.
    for (const until = Date.now() + patience; isAlive(pid) && Date.now() < until;) {
      await delay(20);
    }
  }
  await ended;
}

/** False if there was nothing left to signal. */
function signalTree(pid: number, signal: NodeJS.Signals): boolean {
  try {
    if (process.platform === 'win32') {
      execFileSync('taskkill', ['/pid', String(pid), '/T', '/F'], { stdio: 'ignore' });
    } else {
      process.kill(-pid, signal);
    }
    return true;
  } catch {
    return false;
  }
}

function isAlive(pid: number): boolean {
  try {
    process.kill(process.platform === 'win32' ? pid : -pid, 0);
    return true;
  } catch {
    return false;
  }
}
