import { rmSync } from 'node:fs';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';

/** Makes signals end this process by `exit`, so that whatever else has to end with it is told. */
export function exitOnSignals(): void {
  for (const [signal, code] of [
    ['SIGINT', 130],
    ['SIGTERM', 143],
    ['SIGHUP', 129],
  ] as const) {
    process.on(signal, () => process.exit(code));
  }
}

/** Ends this process when the one that started it is gone, of which the system does not tell. */
export function endWithParent(): void {
  const parent = process.ppid;
  setInterval(() => {
    if (process.ppid !== parent) {
      process.exit(143);
    }
  }, 250).unref();
}

/** A folder for the time of a test run. */
export interface TemporaryFolder {
  readonly path: string;
  readonly remove: () => Promise<void>;
}

export async function temporaryFolder(name: string): Promise<TemporaryFolder> {
  const folder = await mkdtemp(path.join(tmpdir(), `dify-companion-${name}-`));
  const removeAtExit = (): void => rmSync(folder, { recursive: true, force: true });
  process.on('exit', removeAtExit);
  return {
    path: folder,
    remove: async () => {
      await rm(folder, { recursive: true, force: true, maxRetries: 5 });
      process.off('exit', removeAtExit);
    },
  };
}
