import * as v from 'valibot';
import { EventEmitter, type Disposable, type SecretStorage } from 'vscode';
import { ApiKey } from '../dify/apiKey.ts';
import { DifyError, type KeyPlace } from '../dify/errors.ts';
import { parseJson } from '../dify/json.ts';
import { demoOrigin, isDemo, originOf, type App } from './app.ts';
import type { CommonState } from './commonState.ts';

const recordSchema = v.object({ key: v.string(), origin: v.string() });
const prefix = 'difyCompanion.key:v1:';

interface KeyPorts {
  readonly secrets: SecretStorage;
  /** Remembers for which apps a key was stored: one that vanished is no first use. */
  readonly shared: CommonState;
  /** Where this VS Code keeps secrets. */
  readonly place: KeyPlace;
  /** The key of an app of the demo. It opens nothing but the server in this process. */
  readonly demoKey: (app: App) => Promise<string | undefined> | string | undefined;
  /** Hears each key that passes here, so that no log shows it. */
  readonly hide?: (key: string) => void;
}

/** The API keys, in VS Code's secret storage. Each is stored with the origin it was entered for, and goes to no other. */
export class Keys implements Disposable {
  readonly #ports: KeyPorts;
  /** What the secret storage did not keep, for as long as the window lives. By secret id. */
  readonly #unsaved = new Map<string, string>();
  readonly #changed = new EventEmitter<string>();
  readonly #listening: Disposable;
  /** Fires with the id of the app whose key was stored or removed, in this window or in another one. */
  readonly onDidChange = this.#changed.event;

  constructor(ports: KeyPorts) {
    this.#ports = ports;
    this.#listening = ports.secrets.onDidChange(({ key }) => {
      if (key.startsWith(prefix)) this.#changed.fire(appIdOf(key));
    });
  }

  /**
   * The app's key, read anew: another window may have changed it without a word.
   *
   * @throws {DifyError} `noKey`
   */
  async get(app: App): Promise<ApiKey> {
    if (isDemo(app)) return await this.#demoKey(app);
    const id = secretOf(app);
    // In the memory of this window a key is no longer than another one knows of it: it may have been removed there.
    if (!this.#isRemembered(id)) this.#unsaved.delete(id);
    const record: unknown = parseJson(this.#unsaved.get(id) ?? (await this.#read(id)) ?? '');
    if (v.is(recordSchema, record)) return this.#known(record);
    const gone = this.#isRemembered(id);
    throw new DifyError(
      'noKey',
      `No API key is stored for ${originOf(app)}`,
      gone ? { goneFrom: this.#ports.place } : {},
    );
  }

  /**
   * Stores the key for the app's origin, and reads it back: without a keyring the storage may lose it and say nothing. Whether it is
   * there; if not, the key works until the window closes. The app's key for an earlier origin is removed.
   */
  async set(app: App, key: string): Promise<boolean> {
    if (isDemo(app)) return true;
    this.#ports.hide?.(key);
    const id = secretOf(app);
    const record = JSON.stringify({ key: key.trim(), origin: originOf(app) });
    const kept = await this.#store(id, record);
    await this.#ports.shared.update('keysKept', (ids) => [...new Set([...parseIds(ids), id])]);
    if (kept) this.#unsaved.delete(id);
    else this.#unsaved.set(id, record);
    await this.#remove((other) => appIdOf(other) === app.id && other !== id);
    this.#changed.fire(app.id);
    return kept;
  }

  /** Removes every key of the app. @throws if the secret storage does not do it */
  async delete(app: Pick<App, 'id'>): Promise<void> {
    await this.#remove((id) => appIdOf(id) === app.id);
    this.#changed.fire(app.id);
  }

  /** Removes every key, also those of apps that nobody knows any more. @throws if the secret storage does not do it */
  async deleteAll(): Promise<void> {
    const unsaved = [...this.#unsaved.keys()];
    try {
      await this.#remove(() => true);
    } finally {
      // Of these the secret storage has nothing to tell.
      for (const id of unsaved) this.#changed.fire(appIdOf(id));
    }
  }

  dispose(): void {
    this.#listening.dispose();
    this.#changed.dispose();
  }

  #known({ key, origin }: v.InferOutput<typeof recordSchema>): ApiKey {
    this.#ports.hide?.(key);
    return new ApiKey(key, origin);
  }

  async #demoKey(app: App): Promise<ApiKey> {
    const key = await this.#ports.demoKey(app);
    if (key === undefined) throw new DifyError('noKey', 'The demo has no such app');
    return new ApiKey(key, demoOrigin);
  }

  async #read(id: string): Promise<string | undefined> {
    try {
      return await this.#ports.secrets.get(id);
    } catch {
      // A storage that cannot be read has lost the key, as far as anybody can tell.
      return undefined;
    }
  }

  async #store(id: string, record: string): Promise<boolean> {
    try {
      await this.#ports.secrets.store(id, record);
      return (await this.#ports.secrets.get(id)) === record;
    } catch {
      // Told by the result, like a storage that loses it silently.
      return false;
    }
  }

  async #remove(chosen: (id: string) => boolean): Promise<void> {
    const { secrets, shared } = this.#ports;
    for (const id of [...this.#unsaved.keys()].filter(chosen)) this.#unsaved.delete(id);
    const remembered = parseIds(shared.get('keysKept'));
    await shared.update('keysKept', (ids) => ids && parseIds(ids).filter((id) => !chosen(id)));
    const stored = await secrets.keys().then(undefined, () => remembered);
    const all = stored.filter((id) => id.startsWith(prefix) && chosen(id));
    // One that cannot be deleted keeps none of the others.
    const ends = await Promise.allSettled(all.map(async (id) => secrets.delete(id)));
    const failed = ends.find((end) => end.status === 'rejected');
    if (failed !== undefined) throw failed.reason;
  }

  #isRemembered(id: string): boolean {
    return parseIds(this.#ports.shared.get('keysKept')).includes(id);
  }
}

function secretOf(app: App): string {
  return `${prefix}${originOf(app)}:${app.id}`;
}

/** The last part of a secret's id: ids of apps have no colon. */
function appIdOf(id: string): string {
  return id.slice(id.lastIndexOf(':') + 1);
}

function parseIds(stored: unknown): readonly string[] {
  return Array.isArray(stored) ? stored.filter((id) => typeof id === 'string') : [];
}
