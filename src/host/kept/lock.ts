import { readFile, rename, rm, stat, writeFile } from 'node:fs/promises';
import { setTimeout as after } from 'node:timers/promises';
import { isAlive } from './owner.ts';
import { codeOf, inFolder, undefinedIfMissing } from './wholeFiles.ts';

/** Whoever writes needs milliseconds: a lock this old, in milliseconds, belongs to somebody who was killed or sleeps. */
const stale = 2_000;
/** The same of a lock that does not say whose it is: its owner was killed before they could write that. */
const staleUnsigned = 300;
/** So long, in milliseconds, somebody waits for the others. */
const patience = 10_000;

/**
 * Does the work while nobody else, in this window or another one, does any under the lock of the same file.
 *
 * @param work is told by `isOurs` whether the lock is still its own: a computer that slept may have lost it
 * @throws if the lock is not to be had
 */
export async function locked<T>(file: string, work: (isOurs: () => Promise<boolean>) => Promise<T>): Promise<T> {
  const lock = `${file}.lock`;
  const token = `${process.pid} ${crypto.randomUUID()}`;
  await acquire(lock, token);
  const isOurs = async (): Promise<boolean> => (await tokenOf(lock)) === token;
  try {
    return await work(isOurs);
  } finally {
    if (await isOurs()) await rm(lock, { force: true });
  }
}

async function acquire(lock: string, token: string): Promise<void> {
  const since = performance.now();
  for (;;) {
    try {
      return await inFolder(lock, () => writeFile(lock, token, { flag: 'wx' }));
    } catch (error) {
      // Windows says EPERM of a file that is just being deleted.
      if (!['EEXIST', 'EPERM'].includes(codeOf(error)) || performance.now() - since > patience) throw error;
    }
    if (!(await broken(lock))) await after(2 + Math.random() * 10);
  }
}

/** Breaks the lock of somebody who is gone. */
async function broken(lock: string): Promise<boolean> {
  const token = await tokenOf(lock);
  if (token === undefined || !(await isAbandoned(lock, token))) return false;
  // Of all who see it abandoned one takes it away. If meanwhile it was another one's, that one gets it back.
  const aside = `${lock}.${crypto.randomUUID().slice(0, 8)}`;
  await rename(lock, aside).catch(undefinedIfMissing);
  const taken = await tokenOf(aside);
  if (taken !== undefined && taken !== token) await writeFile(lock, taken, { flag: 'wx' }).catch(() => {});
  await rm(aside, { force: true });
  return true;
}

async function isAbandoned(lock: string, token: string): Promise<boolean> {
  const pid = Number.parseInt(token, 10);
  if (pid > 0 && !isAlive(pid)) return true;
  const found = await stat(lock).catch(undefinedIfMissing);
  return found !== undefined && Date.now() - found.mtimeMs > (token === '' ? staleUnsigned : stale);
}

async function tokenOf(lock: string): Promise<string | undefined> {
  return await readFile(lock, 'utf8').catch(undefinedIfMissing);
}
