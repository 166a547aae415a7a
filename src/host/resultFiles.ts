import { Uri } from 'vscode';
import { restoreResult, storeResult, type Result } from '../conversation/result.ts';
import { demoIdPrefix } from './app.ts';
import { cutByClosing } from './cutByClosing.ts';
import { LocalFolder } from './localFolder.ts';
import type { Log } from './log.ts';
import { t } from './words.ts';

/** So many results are kept for each workspace. */
const most = 50;

/** The last results of the workspace, one file each, in a folder for each app. */
export class ResultFiles {
  readonly #folder: LocalFolder<Result>;
  readonly #keeps: () => boolean;
  /** Results for which the oldest gave way already. */
  readonly #counted = new Set<string>();

  /**
   * @param storage the folder that VS Code gives the extension
   * @param keeps whether the person wants any to be kept
   */
  constructor(storage: Uri, log: Log, keeps: () => boolean) {
    const kind = { name: 'result', restore: (json: unknown) => restoreResult(json, t, cutByClosing) };
    this.#folder = new LocalFolder(Uri.joinPath(storage, 'results'), kind, log);
    this.#keeps = keeps;
  }

  /** The result with the id, of whatever app. */
  async find(id: string): Promise<Result | undefined> {
    const kept = (await this.#all()).find((file) => file.id === id);
    return kept === undefined ? undefined : await this.#folder.read(kept.app, kept.id);
  }

  /** Those that were asked for last come first. */
  async list(): Promise<readonly Result[]> {
    const read = await Promise.all((await this.#all()).map(({ app, id }) => this.#folder.read(app, id)));
    const kept = read.filter((result) => result !== undefined);
    return kept.toSorted((a, b) => lastAskedAt(b) - lastAskedAt(a));
  }

  /** Keeps the result, unless it is the demo's or the person wants none kept; the oldest gives way. */
  async write(result: Result): Promise<void> {
    const { app, id } = result;
    if (app.id.startsWith(demoIdPrefix) || !this.#keeps()) return;
    await this.#folder.write(app.id, id, storeResult(result));
    // It is written again and again while it comes.
    if (this.#counted.has(id)) return;
    this.#counted.add(id);
    // An old result that was asked again is not the one that gives way.
    const others = (await this.#all()).filter((file) => file.id !== id);
    const old = others.toSorted((a, b) => (a.id < b.id ? 1 : -1)).slice(most - 1);
    await Promise.all(old.map((file) => this.remove(file.app, file.id)));
  }

  /** Deletes one result, those of the app, or all. */
  async remove(appId: string | undefined, id?: string): Promise<void> {
    if (id === undefined) this.#counted.clear();
    else this.#counted.delete(id);
    await this.#folder.remove(appId, id);
  }

  async #all(): Promise<readonly { readonly app: string; readonly id: string }[]> {
    const apps = await this.#folder.apps();
    const lists = await Promise.all(apps.map(async (app) => ({ app, ids: await this.#folder.ids(app) })));
    return lists.flatMap(({ app, ids }) => ids.map((id) => ({ app, id })));
  }
}

/** An id that sorts after those made before it. */
export function newResultId(): string {
  return `${Date.now().toString(36).padStart(9, '0')}-${crypto.randomUUID().slice(0, 8)}`;
}

function lastAskedAt({ answers }: Result): number {
  return answers.at(-1)?.askedAt ?? 0;
}
