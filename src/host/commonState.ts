import * as v from 'valibot';
import { EventEmitter, type Disposable, type Event, type Memento } from 'vscode';
import { isFields, parseJson, type Fields } from '../dify/json.ts';

/** What all windows know. */
export type CommonKey = 'apps' | 'bindings' | 'user' | 'keysKept' | 'erasures' | 'imagesShown';

const commonKeys: readonly CommonKey[] = ['apps', 'bindings', 'user', 'keysKept', 'erasures', 'imagesShown'];
const revisionKey = 'revision';
/** The revision in which everything was deleted last. */
const deletedKey = 'deleted';

const revisionSchema = v.pipe(v.number(), v.safeInteger(), v.minValue(1), v.maxValue(2 ** 52));
const fileSchema = v.object({
  revision: revisionSchema,
  deleted: v.optional(revisionSchema),
  state: v.custom<Fields>(isFields),
});

/** A file that every window of this machine can read, and hears of when another one writes it. */
export interface CommonFile {
  /** Its text, or `undefined` if there is none. */
  read(): Promise<string | undefined>;
  /** Replaces it as a whole. */
  write(text: string): Promise<void>;
  readonly onDidChange: Event<void>;
}

/**
 * State of every window, kept in VS Code's `globalState`. That is a copy in each window: what another window writes arrives there late and
 * without an event, and whoever writes meanwhile overwrites it. So each change also goes into a file, with a number that grows, and the
 * other windows take from it what is newer than what they have.
 */
export class CommonState implements Disposable {
  readonly #memento: Memento;
  readonly #file: CommonFile | undefined;
  readonly #changed = new EventEmitter<void>();
  readonly #listening: Disposable | undefined;
  /** Fires after another window changed something. */
  readonly onDidChange = this.#changed.event;
  /** Changes are made one after the other. */
  #last: Promise<unknown> = Promise.resolve();

  constructor(memento: Memento, file?: CommonFile) {
    this.#memento = memento;
    this.#file = file;
    this.#listening = file?.onDidChange(() => void this.refresh());
  }

  /** What is stored: whatever somebody put there, so the caller checks it. */
  get(key: CommonKey): unknown {
    return this.#memento.get<unknown>(key);
  }

  /** @param change gives the new value for the newest one; `undefined` deletes it */
  update(key: CommonKey, change: (value: unknown) => unknown): Promise<void> {
    return this.#inTurn(async () => {
      const newer = await this.#takeNewer();
      const before = this.get(key);
      const after = change(before);
      if (JSON.stringify(after) !== JSON.stringify(before)) {
        await this.#write({ [key]: after, [revisionKey]: this.#revision + 1 });
        await this.#tell();
      }
      if (newer) this.#changed.fire();
    });
  }

  /** Forgets all that VS Code keeps for this extension in every window, except that something was there to forget. */
  deleteAll(): Promise<void> {
    return this.#inTurn(async () => {
      await this.#takeNewer();
      const revision = this.#revision + 1;
      await this.#write({ ...this.#nothing(), [revisionKey]: revision, [deletedKey]: revision });
      await this.#tell();
    });
  }

  /** Takes what another window changed, and whose news did not arrive. */
  refresh(): Promise<void> {
    return this.#inTurn(async () => {
      if (await this.#takeNewer()) this.#changed.fire();
    });
  }

  dispose(): void {
    this.#listening?.dispose();
    this.#changed.dispose();
  }

  #inTurn(work: () => Promise<void>): Promise<void> {
    const done = this.#last.then(work);
    // One that fails tells its caller, and holds up nothing.
    this.#last = done.catch(() => {});
    return done;
  }

  get #revision(): number {
    const revision = this.#memento.get<unknown>(revisionKey);
    return Number.isSafeInteger(revision) ? Number(revision) : 0;
  }

  /** Whether there was something newer. */
  async #takeNewer(): Promise<boolean> {
    const text = await this.#file?.read();
    const found = text === undefined ? undefined : v.safeParse(fileSchema, parseJson(text));
    if (found?.success !== true || found.output.revision <= this.#revision) return false;
    const { revision, deleted, state } = found.output;
    // What only this window has in its copy would come back with the next thing it writes.
    const gone = deleted !== undefined && deleted > this.#revision ? this.#nothing() : {};
    const shared = Object.fromEntries(commonKeys.map((key) => [key, state[key]]));
    await this.#write({ ...gone, ...shared, [revisionKey]: revision, [deletedKey]: deleted });
    return true;
  }

  #nothing(): Readonly<Record<string, undefined>> {
    return Object.fromEntries(this.#memento.keys().map((key) => [key, undefined]));
  }

  /** VS Code writes at once what is changed at once. */
  async #write(values: Readonly<Record<string, unknown>>): Promise<void> {
    await Promise.all(Object.entries(values).map(([key, value]) => this.#memento.update(key, value)));
  }

  async #tell(): Promise<void> {
    const state = Object.fromEntries(commonKeys.map((key) => [key, this.get(key)]));
    const deleted = this.#memento.get<unknown>(deletedKey);
    await this.#file?.write(JSON.stringify({ revision: this.#revision, deleted, state }));
  }
}
