import * as v from 'valibot';
import type { SecretStorage } from 'vscode';
import { ApiKey } from '../dify/apiKey.ts';
import { DifyError } from '../dify/errors.ts';
import { parseJson } from '../dify/json.ts';
import { originOf, type App } from './app.ts';

const recordSchema = v.object({ key: v.string(), origin: v.string() });

/** The API keys, in VS Code's secret storage. Each is stored with the origin it was entered for, and goes to no other. */
export class Keys {
  readonly #secrets: SecretStorage;
  /** What the secret storage did not keep, for as long as the window lives. */
  readonly #unsaved = new Map<string, string>();

  constructor(secrets: SecretStorage) {
    this.#secrets = secrets;
  }

  /**
   * The app's key, read anew: another window may have changed it without a word.
   *
   * @throws {DifyError} `noKey`
   */
  async get(app: App): Promise<ApiKey> {
    const id = secretOf(app);
    const record: unknown = parseJson((await this.#secrets.get(id)) ?? this.#unsaved.get(id) ?? '');
    if (!v.is(recordSchema, record)) throw new DifyError('noKey', `No API key is stored for ${originOf(app)}`);
    return new ApiKey(record.key, record.origin);
  }

  /**
   * Stores the key for the app's origin, and reads it back: without a keyring the storage may lose it and say nothing. Whether it is
   * there; if not, the key works until the window closes.
   */
  async set(app: App, key: string): Promise<boolean> {
    const id = secretOf(app);
    const record = JSON.stringify({ key: key.trim(), origin: originOf(app) });
    try {
      await this.#secrets.store(id, record);
      if ((await this.#secrets.get(id)) === record) return true;
    } catch {
      // Told by the result, like a storage that loses it silently.
    }
    this.#unsaved.set(id, record);
    return false;
  }
}

function secretOf(app: App): string {
  return `difyCompanion.key:v1:${originOf(app)}:${app.id}`;
}
