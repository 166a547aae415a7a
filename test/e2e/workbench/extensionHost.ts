import { execFile } from 'node:child_process';
import { promisify } from 'node:util';

/** Process ids of the extension hosts under the VS Code server of this process id: one for each window. */
export async function extensionHosts(server: number): Promise<readonly number[]> {
  const { stdout } = await promisify(execFile)('ps', ['-A', '-ww', '-o', 'pid=,ppid=,args=']);
  const processes = stdout.split('\n').flatMap((line) => {
    const [, pid, parent, command = ''] = /^\s*(\d+)\s+(\d+)\s+(.*)$/.exec(line) ?? [];
    return pid === undefined ? [] : [{ pid: Number(pid), parent: Number(parent), command }];
  });
  const below = new Set([server]);
  // Parents are listed in no order, so again until nothing is found any more.
  for (let found = 0; found !== below.size;) {
    found = below.size;
    for (const { pid, parent } of processes) if (below.has(parent)) below.add(pid);
  }
  return processes
    .filter(({ pid, command }) => below.has(pid) && command.includes('--type=extensionHost'))
    .map(({ pid }) => pid);
}

/** Kills the only extension host of the server, as no program can prevent. @returns when that was, in milliseconds since 1970 */
export async function killExtensionHost(server: number): Promise<number> {
  const [pid, ...others] = await extensionHosts(server);
  if (pid === undefined || others.length > 0)
    throw new Error(`There are ${others.length + 1} extension hosts, or none.`);
  const at = Date.now();
  process.kill(pid, 'SIGKILL');
  return at;
}
