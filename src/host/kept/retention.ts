import { rm, stat } from 'node:fs/promises';
import path from 'node:path';
import type { Copies } from './copies.ts';
import { namesIn, type Place } from './paths.ts';
import { namesOfFiles, undefinedIfMissing } from './wholeFiles.ts';

/** What is kept of conversations on this computer. */
export interface Keeping {
  /** Whether anything is, but what is typed and not sent. */
  readonly keep: boolean;
  /** So many days after something was written in them last. */
  readonly days: number;
  /** So many for each workspace. */
  readonly atMost: number;
}

interface Candidate extends Place {
  readonly writtenAt: number;
}

const day = 86_400_000;

/**
 * Deletes the oldest conversations of the folders, and what was put aside long ago. Those that are pinned, or in which something is
 * typed, stay.
 *
 * @param isOpen whether it is not to be touched: it is in use, or the current one
 */
export async function prune(
  folders: readonly string[],
  { days, atMost }: Keeping,
  copies: Copies,
  isOpen: (place: Place) => boolean,
): Promise<void> {
  const candidates: Candidate[] = [];
  const tooOld = Date.now() - days * day;
  for (const folder of folders) {
    const files = await namesOfFiles(folder);
    await removeRemains(folder, files, tooOld);
    const typed = new Set(files.filter((file) => file.endsWith('.typed')));
    for (const name of namesIn(files)) {
      const place = { folder, name };
      if (typed.has(`${name}.typed`) || isOpen(place)) continue;
      const writtenAt = await writtenLast(folder, filesOf(name, files));
      candidates.push({ ...place, writtenAt });
    }
  }
  const newestFirst = candidates.toSorted((a, b) => b.writtenAt - a.writtenAt);
  const leaving = newestFirst.filter(({ writtenAt }, index) => index >= atMost || writtenAt < tooOld);
  for (const place of leaving) {
    const isPinned = (await copies.read(place))?.pinned === true;
    if (!isPinned && !isOpen(place)) await removePlace(place);
  }
}

/** Deletes what there is of one conversation. */
export async function removePlace({ folder, name }: Place): Promise<void> {
  for (const file of filesOf(name, await namesOfFiles(folder))) {
    await rm(path.join(folder, file), { force: true });
  }
}

function filesOf(name: string, files: readonly string[]): readonly string[] {
  return files.filter((file) => file.startsWith(`${name}.`));
}

/** What never became a file, after an hour; and what was no conversation, or whose conversation is gone, when it is old. */
async function removeRemains(folder: string, files: readonly string[], tooOld: number): Promise<void> {
  const hourAgo = Date.now() - day / 24;
  for (const file of files) {
    const isRemain = /\.(?:new|lock(?:\..*)?)$/.test(file);
    if (!isRemain && !file.includes('.bad-')) continue;
    const before = isRemain ? hourAgo : tooOld;
    if ((await writtenLast(folder, [file])) < before) await rm(path.join(folder, file), { force: true });
  }
}

async function writtenLast(folder: string, files: readonly string[]): Promise<number> {
  const found = await Promise.all(files.map((file) => stat(path.join(folder, file)).catch(undefinedIfMissing)));
  return Math.max(0, ...found.map((one) => one?.mtimeMs ?? 0));
}
