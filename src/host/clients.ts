import { DifyClient, type Fetch } from '../dify/client.ts';
import type { App } from './app.ts';
import type { Apps } from './apps.ts';
import type { Keys } from './keys.ts';

/** One client for each app, made when first asked for. */
export class Clients {
  readonly #apps: Apps;
  readonly #keys: Keys;
  readonly #fetch: Fetch;
  readonly #clients = new Map<string, DifyClient>();

  constructor(apps: Apps, keys: Keys, fetch: Fetch) {
    this.#apps = apps;
    this.#keys = keys;
    this.#fetch = fetch;
  }

  of(app: App): DifyClient {
    const known = this.#clients.get(app.id);
    if (known !== undefined) return known;
    const client = new DifyClient(async () => {
      // Read at each call: the address may have been edited, the key replaced.
      const current = this.#apps.find(app.id) ?? app;
      return { baseUrl: current.baseUrl, apiKey: await this.#keys.get(current), user: await this.#apps.user() };
    }, this.#fetch);
    this.#clients.set(app.id, client);
    return client;
  }

  /** Resolves when every stopped answer has been read to its end, so that Dify keeps it. */
  async settled(): Promise<void> {
    await Promise.all([...this.#clients.values()].map((client) => client.settled()));
  }
}
