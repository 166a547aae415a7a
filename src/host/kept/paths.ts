import { createHash } from 'node:crypto';
import path from 'node:path';

/** Where something of one conversation lies. */
export interface Place {
  readonly folder: string;
  /** Names begin with this; a dot follows. */
  readonly name: string;
}

/** Keys and ids come from files and servers: only plain ones are names as they are. Windows has short names that mean devices. */
export function nameFor(id: string): string {
  if (/^[a-z0-9][a-z0-9_-]{4,63}$/.test(id)) return id;
  const hash = createHash('sha256').update(id).digest('hex').slice(0, 16);
  return `${id.replaceAll(/[^\w-]/g, '_').slice(0, 40)}-${hash}`;
}

export function folderOf(root: string, appId: string): string {
  return path.join(root, nameFor(appId));
}

export function placeIn(folder: string, key: string): Place {
  return { folder, name: nameFor(key) };
}

/** The conversation. */
export function copyFile({ folder, name }: Place): string {
  return path.join(folder, `${name}.json`);
}

/** What is typed in it. */
export function typedFile({ folder, name }: Place): string {
  return path.join(folder, `${name}.typed`);
}

/** Which conversation of the app is the current one. No conversation is called so. */
export function currentFile(folder: string): string {
  return path.join(folder, '.current');
}

/** Names of the conversations among the names of files. */
export function namesIn(files: readonly string[]): readonly string[] {
  const names = files.flatMap((file) => /^([\w-]+)\.(?:json|[\w-]+\.log)$/.exec(file)?.[1] ?? []);
  return [...new Set(names)];
}
