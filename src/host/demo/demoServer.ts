import type { DemoServer, OfferedApp } from '../../demo/server.ts';
import type { Fetch } from '../../dify/client.ts';
import { demoIdPrefix, demoOrigin, type App } from '../app.ts';
import { OnDemand } from '../onDemand.ts';

/** Loads the bundle `demo.cjs`. */
export type LoadDemo = () => Promise<{ readonly createDemoServer: () => DemoServer }>;

/** The demo's server as the rest of the extension sees one: an address, apps, keys and a `fetch`. It has no port and knows no network. */
export class InProcessServer {
  /** One for the life of the window: who comes back to the demo finds its conversations. */
  readonly #server: OnDemand<DemoServer>;

  /** Nothing is loaded before it is first asked for. */
  constructor(load: LoadDemo) {
    this.#server = new OnDemand(async () => (await load()).createDemoServer());
  }

  async apps(): Promise<readonly App[]> {
    const { apps } = await this.#server.get();
    return apps.map((app) => ({
      id: idOf(app),
      baseUrl: `${demoOrigin}/v1`,
      name: app.name,
      mode: app.mode,
      description: app.description,
      emoji: app.icon,
      version: '',
    }));
  }

  /** The key that opens the app, or `undefined` if the demo has no such app. */
  async key({ id }: Pick<App, 'id'>): Promise<string | undefined> {
    const { apps } = await this.#server.get();
    return apps.find((app) => idOf(app) === id)?.key;
  }

  /** Like the `fetch` of a platform: who aborts gets no response, or breaks off the one that is under way. */
  readonly fetch: Fetch = async (url, init) => {
    const { handle } = await this.#server.get();
    const request = new Request(url, init);
    const response = await handle(request);
    const body = response.body?.pipeThrough(new TransformStream(), { signal: request.signal });
    return new Response(body ?? null, response);
  };
}

/** The same in every window and after every reload. */
function idOf({ name }: Pick<OfferedApp, 'name'>): string {
  return `${demoIdPrefix}${name.toLowerCase().replaceAll(' ', '-')}`;
}

/** The `fetch` of a network, but for the demo's address. */
export function withDemo(fetch: Fetch, demo: Pick<InProcessServer, 'fetch'>): Fetch {
  return (url, init) => (new URL(url).origin === demoOrigin ? demo.fetch(url, init) : fetch(url, init));
}
