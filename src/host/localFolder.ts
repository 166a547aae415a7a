import { FileSystemError, FileType, Uri, workspace } from 'vscode';
import { parseJson } from '../dify/json.ts';
import type { Log } from './log.ts';

/** What lies in a folder. */
export interface Kind<T> {
  /** For the log, like `conversation`. */
  readonly name: string;
  /** `undefined` if it is not one. */
  readonly restore: (json: unknown) => T | undefined;
}

/**
 * JSON files in one folder for each app. A half-written file never takes the place of a whole one, a file that is none is put aside,
 * and whatever goes wrong is told to the log only: the person loses no more than a local copy.
 */
export class LocalFolder<T> {
  readonly #folder: Uri;
  readonly #kind: Kind<T>;
  readonly #log: Log;
  #writing = Promise.resolve();

  constructor(folder: Uri, kind: Kind<T>, log: Log) {
    this.#folder = folder;
    this.#kind = kind;
    this.#log = log;
  }

  async read(appId: string, id: string): Promise<T | undefined> {
    const file = this.#file(appId, id);
    try {
      const bytes = await Promise.resolve(workspace.fs.readFile(file)).catch(() =>
        workspace.fs.readFile(draftOf(file)),
      );
      const found = this.#kind.restore(parseJson(new TextDecoder().decode(bytes)));
      if (found === undefined) {
        this.#log.warn(`The local copy of a ${this.#kind.name} cannot be read; it is put aside: ${file.path}`);
        await workspace.fs.rename(file, file.with({ path: `${file.path}.bad-${Date.now()}` }));
      }
      return found;
    } catch (error) {
      if (!isMissing(error)) this.#log.error(`Reading the local copy of a ${this.#kind.name}`, error);
      return undefined;
    }
  }

  /** The apps of which there is something. */
  async apps(): Promise<readonly string[]> {
    const entries = await entriesOf(this.#folder);
    return entries.flatMap(([name, type]) => (type === FileType.Directory ? [name] : []));
  }

  /** What there is of the app. */
  async ids(appId: string): Promise<readonly string[]> {
    const entries = await entriesOf(Uri.joinPath(this.#folder, appId));
    const ids = entries.flatMap(([name]) => /^(.*)\.json(?:\.new)?$/.exec(name)?.[1] ?? []);
    return [...new Set(ids)];
  }

  /** Writes after what is being written. */
  async write(appId: string, id: string, text: string): Promise<void> {
    await this.#next(() => this.#write(this.#file(appId, id), text));
  }

  /** Deletes one, all of the app, or all. */
  async remove(appId: string | undefined, id?: string): Promise<void> {
    const folder = appId === undefined ? this.#folder : Uri.joinPath(this.#folder, appId);
    if (appId === undefined || id === undefined) return await this.#next(() => this.#delete(folder));
    const file = this.#file(appId, id);
    await this.#next(() => this.#delete(file));
    await this.#next(() => this.#delete(draftOf(file)));
  }

  async #next(work: () => Promise<void>): Promise<void> {
    this.#writing = this.#writing.then(work);
    await this.#writing;
  }

  async #write(file: Uri, text: string): Promise<void> {
    const draft = draftOf(file);
    try {
      await workspace.fs.writeFile(draft, new TextEncoder().encode(text));
      await workspace.fs.rename(draft, file, { overwrite: true });
    } catch (error) {
      // What is shown goes on in memory; the log says why nothing is kept.
      this.#log.error(`Writing the local copy of a ${this.#kind.name}`, error);
    }
  }

  async #delete(what: Uri): Promise<void> {
    try {
      await workspace.fs.delete(what, { recursive: true, useTrash: false });
    } catch (error) {
      if (!isMissing(error)) this.#log.error(`Deleting the local copy of a ${this.#kind.name}`, error);
    }
  }

  #file(appId: string, id: string): Uri {
    return Uri.joinPath(this.#folder, appId, `${id.replaceAll(/[^\w-]/g, '_')}.json`);
  }
}

/** VS Code deletes a file before another takes its name: who ends in between leaves only this one. */
function draftOf(file: Uri): Uri {
  return file.with({ path: `${file.path}.new` });
}

/** What is in the folder; nothing where nothing was ever written. */
async function entriesOf(folder: Uri): Promise<readonly [string, FileType][]> {
  return await workspace.fs.readDirectory(folder).then(
    (entries) => entries,
    () => [],
  );
}

function isMissing(error: unknown): boolean {
  return error instanceof FileSystemError && error.code === 'FileNotFound';
}
