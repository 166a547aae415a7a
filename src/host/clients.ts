import { DifyClient, type Connection, type Fetch } from '../dify/client.ts';
import { isDemo, type App } from './app.ts';
import type { Apps } from './apps.ts';
import type { Health } from './health.ts';
import type { Keys } from './keys.ts';

/** The end user of the demo: nobody's. */
const demoUser = 'demo';

interface ClientPorts {
  readonly apps: Apps;
  readonly keys: Keys;
  readonly fetch: Fetch;
  readonly health: Health;
}

/** One client for each app, made when first asked for. */
export class Clients {
  readonly #ports: ClientPorts;
  readonly #clients = new Map<string, DifyClient>();

  constructor(ports: ClientPorts) {
    this.#ports = ports;
  }

  of(app: App): DifyClient {
    const known = this.#clients.get(app.id);
    if (known !== undefined) return known;
    const { apps, fetch, health } = this.#ports;
    // Looked up at each call: the address may have been edited, the key replaced.
    const current = (): App => apps.find(app.id) ?? app;
    const connect = (): Promise<Connection> => health.watch(current(), this.#connection(current()));
    const client = new DifyClient(connect, health.watchFetch(current, fetch));
    this.#clients.set(app.id, client);
    return client;
  }

  /** The end user that the app is asked for. */
  async user(app: App): Promise<string> {
    return isDemo(app) ? demoUser : await this.#ports.apps.user();
  }

  /** Resolves when every stopped answer has been read to its end, so that Dify keeps it. */
  async settled(): Promise<void> {
    await Promise.all([...this.#clients.values()].map((client) => client.settled()));
  }

  async #connection(app: App): Promise<Connection> {
    return { baseUrl: app.baseUrl, apiKey: await this.#ports.keys.get(app), user: await this.user(app) };
  }
}
