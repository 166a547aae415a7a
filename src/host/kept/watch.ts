import { watch, type FSWatcher } from 'node:fs';

/** So long, in milliseconds, somebody who writes a file is left to end. */
const calm = 50;

/** Watches folders for conversations that are written. What is not watched is only not heard of. */
export class FolderWatch {
  readonly #written: (folder: string, name: string) => void;
  readonly #watchers = new Map<string, FSWatcher>();
  readonly #waiting = new Map<string, ReturnType<typeof setTimeout>>();

  /** @param written some time after the conversation of this name was written or deleted, by whomever */
  constructor(written: (folder: string, name: string) => void) {
    this.#written = written;
  }

  /** Listens to the folder, if it is there and not listened to. */
  add(folder: string): void {
    if (this.#watchers.has(folder)) return;
    try {
      const watcher = watch(folder, { persistent: false }, (_, file) => this.#heard(folder, file));
      watcher.on('error', () => this.#drop(folder));
      this.#watchers.set(folder, watcher);
    } catch {
      // The folder is not there yet: it is listened to when something is written in it or read from it.
    }
  }

  dispose(): void {
    for (const folder of this.#watchers.keys()) this.#drop(folder);
    for (const timer of this.#waiting.values()) clearTimeout(timer);
    this.#waiting.clear();
  }

  #heard(folder: string, file: string | null): void {
    const name = /^([\w-]+)\.json$/.exec(file ?? '')?.[1];
    if (name === undefined) return;
    const id = `${folder}/${name}`;
    if (this.#waiting.has(id)) return;
    const tell = (): void => {
      this.#waiting.delete(id);
      this.#written(folder, name);
    };
    this.#waiting.set(id, setTimeout(tell, calm).unref());
  }

  #drop(folder: string): void {
    this.#watchers.get(folder)?.close();
    this.#watchers.delete(folder);
  }
}
