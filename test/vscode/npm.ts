import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { root } from './paths.ts';

/** A script of package.json, and who gets what it says. */
interface Script {
  readonly script: string;
  readonly args?: readonly string[];
  readonly write: (text: Uint8Array) => void;
}

/** Runs it; true if it ended with code 0. */
export async function npmRun({ script, args = [], write }: Script): Promise<boolean> {
  const child = spawnNpm(['run', '--silent', script, '--', ...args], root);
  for (const stream of [child.stdout, child.stderr]) stream?.on('data', write);
  const [code] = await once(child, 'close');
  return code === 0;
}

/** Installs packages into `folder`, quietly; throws with npm's own words if that fails or takes more than ten minutes. */
export async function npmInstall(folder: string, ...args: readonly string[]): Promise<void> {
  const quiet = ['--no-audit', '--no-fund', '--no-package-lock', '--prefer-offline', '--loglevel=error'];
  const child = spawnNpm(['install', '--ignore-scripts', ...quiet, ...args], folder);
  let words = '';
  child.stdout?.resume();
  child.stderr?.on('data', (text) => (words += String(text)));
  const [code] = await once(child, 'close');
  if (code !== 0) {
    throw new Error(`npm install ${args.join(' ')} failed in ${folder}:\n${words.trim()}`);
  }
}

function spawnNpm(args: readonly string[], cwd: string): ChildProcess {
  // Under `npm run` npm names its own script, which needs no shell; otherwise npm is looked up on PATH.
  const script = process.env['npm_execpath'];
  const windows = process.platform === 'win32';
  const [command, first] = script ? [process.execPath, [script]] : [windows ? 'npm.cmd' : 'npm', []];
  return spawn(command, [...first, ...args], {
    cwd,
    stdio: ['ignore', 'pipe', 'pipe'],
    shell: script === undefined && windows,
    timeout: 600_000,
  });
}
