import { appendFile, mkdir, open, readdir, readFile, rename, rm, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { setTimeout as after } from 'node:timers/promises';

/** The text of the file; `undefined` if there is none. @throws whatever else keeps it from being read */
export async function readText(file: string): Promise<string | undefined> {
  return await readFile(file, 'utf8').catch(undefinedIfMissing);
}

/** The first bytes of the file as text; `undefined` if there is none. */
export async function readBeginning(file: string, bytes: number): Promise<string | undefined> {
  const handle = await open(file).catch(undefinedIfMissing);
  if (handle === undefined) return undefined;
  try {
    const { buffer, bytesRead } = await handle.read(Buffer.alloc(bytes), 0, bytes, 0);
    return buffer.toString('utf8', 0, bytesRead);
  } finally {
    await handle.close();
  }
}

/** Names of what is in the folder; none where nothing was ever written. */
export async function namesOfFiles(folder: string): Promise<readonly string[]> {
  return (await readdir(folder).catch(undefinedIfMissing)) ?? [];
}

/** Names of the folders in the folder. */
export async function namesOfFolders(folder: string): Promise<readonly string[]> {
  const entries = await readdir(folder, { withFileTypes: true }).catch(undefinedIfMissing);
  return (entries ?? []).filter((entry) => entry.isDirectory()).map(({ name }) => name);
}

/** Puts the text into the place of the file: whoever reads it sees the old text or the new one, whole. */
export async function writeWhole(file: string, text: string): Promise<void> {
  await withFresh(file, async (fresh) => {
    await inFolder(file, () => writeFile(fresh, text));
    await renamed(fresh, file);
  });
}

/**
 * The same, also after a power failure. That takes a while.
 *
 * @param mayReplace asked last of all: `false` leaves the old file
 */
export async function writeSafely(file: string, text: string, mayReplace: () => Promise<boolean>): Promise<boolean> {
  return await withFresh(file, async (fresh) => {
    await inFolder(file, () => writeFile(fresh, text, { flush: true }));
    if (!(await mayReplace())) return false;
    await renamed(fresh, file);
    return true;
  });
}

/** With a name for what is to take the place of the file: what does not is deleted, on a full disk above all. */
async function withFresh<T>(file: string, work: (fresh: string) => Promise<T>): Promise<T> {
  const fresh = `${file}.${crypto.randomUUID().slice(0, 8)}.new`;
  try {
    return await work(fresh);
  } finally {
    // A failure of the work is the one to be told.
    await rm(fresh, { force: true }).catch(() => {});
  }
}

/** Appends; makes the folder where it is not there. */
export async function append(file: string, text: string): Promise<void> {
  await inFolder(file, () => appendFile(file, text));
}

/** Does it, and again with the file's folder made where that was not there. */
export async function inFolder<T>(file: string, work: () => Promise<T>): Promise<T> {
  const done = await work().then((value) => ({ value }), undefinedIfMissing);
  if (done !== undefined) return done.value;
  await mkdir(path.dirname(file), { recursive: true });
  return await work();
}

/** Windows lets no file be replaced while another program, a virus scanner mostly, looks at it: that passes. */
async function renamed(from: string, to: string): Promise<void> {
  for (let patience = 5; ; patience--) {
    try {
      return await rename(from, to);
    } catch (error) {
      if (patience === 0 || !['EPERM', 'EACCES', 'EBUSY'].includes(codeOf(error))) throw error;
      await after(20);
    }
  }
}

/** @throws the error, unless it says that something is not there */
export function undefinedIfMissing(error: unknown): undefined {
  if (codeOf(error) !== 'ENOENT') throw error;
}

/** What Node calls the error, like `ENOSPC`; '' for others. */
export function codeOf(error: unknown): string {
  const code: unknown = error instanceof Error ? Reflect.get(error, 'code') : undefined;
  return typeof code === 'string' ? code : '';
}
