import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { root } from './paths.ts';

/** Runs a script of package.json, its output visible; true if it ended with code 0. */
export async function npmRun(script: string, ...args: readonly string[]): Promise<boolean> {
  const [code] = await once(spawnNpm(['run', '--silent', script, '--', ...args], root, 'inherit'), 'close');
  return code === 0;
}

/** Installs packages into `folder`, quietly; throws with npm's own words if that fails or takes more than ten minutes. */
export async function npmInstall(folder: string, ...args: readonly string[]): Promise<void> {
  const quiet = ['--no-audit', '--no-fund', '--no-package-lock', '--prefer-offline', '--loglevel=error'];
  const child = spawnNpm(['install', '--ignore-scripts', ...quiet, ...args], folder, 'pipe');
  let words = '';
  child.stdout?.resume();
  child.stderr?.on('data', (text) => (words += String(text)));
  const [code] = await once(child, 'close');
  if (code !== 0) {
    throw new Error(`npm install ${args.join(' ')} failed in ${folder}:\n${words.trim()}`);
  }
}

function spawnNpm(args: readonly string[], cwd: string, output: 'inherit' | 'pipe'): ChildProcess {
  // Under `npm run` npm names its own script, which needs no shell; otherwise npm is looked up on PATH.
  const script = process.env['npm_execpath'];
  const windows = process.platform === 'win32';
  const [command, first] = script ? [process.execPath, [script]] : [windows ? 'npm.cmd' : 'npm', []];
  return spawn(command, [...first, ...args], {
    cwd,
    stdio: ['ignore', output, output],
    shell: script === undefined && windows,
    timeout: 600_000,
  });
}
