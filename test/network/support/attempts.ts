import { fork } from 'node:child_process';
import { once } from 'node:events';
import { availableParallelism } from 'node:os';
import path from 'node:path';
import type { Transport } from '../../../src/host/transport.ts';
import { out } from '../../vscode/paths.ts';
import { bundleAttempt } from './bundle.ts';
import type { EditorWorld } from './editorFetch.ts';

/** Somebody's computer, and an address to reach from it. */
export interface Attempt {
  readonly baseUrl: string;
  readonly world: EditorWorld;
  readonly env?: Readonly<Record<string, string>>;
}

/** What became of it. */
export interface Outcome {
  /** `ok`, or the reason of the failure. */
  readonly result: string;
  /** The sentence that the person reads. */
  readonly said: string;
  readonly remedy?: string;
  /** The transport that `auto` takes. */
  readonly auto: Transport;
  /** Whether the slots of undici are what they were before. */
  readonly slotsKept: boolean;
}

const script = bundleAttempt();
/** The same code is compiled again and again. */
const compileCache = path.join(out, 'network/compile-cache');
let running = 0;
const queue: (() => void)[] = [];

/** Tries it in a process of its own, on the given Node. As many run at once as there is place for. */
export async function tryIt(node: string, transport: Transport, attempt: Attempt): Promise<Outcome> {
  if (running >= 2 * availableParallelism()) await new Promise<void>((resolve) => queue.push(resolve));
  running++;
  try {
    return await inProcess(node, transport, attempt);
  } finally {
    running--;
    queue.shift()?.();
  }
}

async function inProcess(node: string, transport: Transport, { baseUrl, world, env }: Attempt): Promise<Outcome> {
  const ATTEMPT = JSON.stringify({ transport, baseUrl, world, settings: world.settings });
  const child = fork(await script, [], {
    execPath: node,
    env: { PATH: process.env['PATH'] ?? '', NODE_COMPILE_CACHE: compileCache, ATTEMPT, ...env },
    execArgv: [],
    stdio: ['ignore', 'inherit', 'inherit', 'ipc'],
  });
  const late = setTimeout(() => child.kill('SIGKILL'), 30_000);
  let outcome: Outcome | undefined;
  child.on('message', (message) => (outcome = message as Outcome));
  await once(child, 'exit');
  clearTimeout(late);
  if (outcome === undefined) throw new Error(`The attempt to reach ${baseUrl} broke off.`);
  return outcome;
}
