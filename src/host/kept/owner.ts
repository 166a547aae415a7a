/** Whether the process runs. One that belongs to somebody else runs, too. */
export function isAlive(pid: number): boolean {
  try {
    // Signal 0 reaches nobody: it only asks.
    process.kill(pid, 0);
    return true;
  } catch (error) {
    return error instanceof Error && Reflect.get(error, 'code') === 'EPERM';
  }
}
