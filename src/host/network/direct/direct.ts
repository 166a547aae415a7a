import type { SecureContext } from 'node:tls';
import type { Fetch } from '../../../dify/client.ts';
import { secureContextFor, validityOf, type Trust, type Validity } from './certificates.ts';
import { Agent, fetch, ProxyAgent } from './undici.ts';

/** How the direct transport goes. */
export interface DirectOptions {
  readonly trust: Trust;
  /** The proxy for an address, or none. */
  readonly proxyFor: (url: URL) => URL | undefined;
  /** Value of the header `Proxy-Authorization`, or ''. */
  readonly proxyAuthorization: string;
  /** For connecting, in milliseconds. */
  readonly connectTimeout: number;
}

/**
 * Our own way to the network: connections of undici, kept apart from the platform's. Times are the client's business, but for
 * connecting; compression and redirects stay what `fetch` says.
 */
export class Direct {
  readonly #options: DirectOptions;
  readonly #agents = new Map<string, Agent | ProxyAgent>();
  #secureContext: Promise<SecureContext> | undefined;

  constructor(options: DirectOptions) {
    this.#options = options;
  }

  /** @throws {CaFileError} before anything is sent */
  readonly fetch: Fetch = async (url, init) => {
    const dispatcher = this.#agent(this.#options.proxyFor(new URL(url)), await this.#context());
    const response: unknown = await fetch(url, { ...(init as object), dispatcher });
    // oxlint-disable-next-line typescript/no-unsafe-type-assertion -- undici's own types are the platform's in all but name.
    return response as Response;
  };

  /** From when and until when the server's certificate is valid, asked without a proxy. */
  async validityOf(url: URL): Promise<Validity | undefined> {
    return await validityOf(url, await this.#context(), 5_000);
  }

  /** Takes no more requests; resolves when the streams that are open have ended. */
  async close(): Promise<void> {
    await Promise.all([...this.#agents.values()].map((agent) => agent.close()));
  }

  /** Read once: the operating system takes its time, on macOS seconds. */
  #context(): Promise<SecureContext> {
    return (this.#secureContext ??= secureContextFor(this.#options.trust).catch((error: unknown) => {
      // The file may be mended.
      this.#secureContext = undefined;
      throw error;
    }));
  }

  #agent(proxy: URL | undefined, secureContext: SecureContext): Agent | ProxyAgent {
    const known = this.#agents.get(proxy?.href ?? '');
    if (known !== undefined) return known;
    const { proxyAuthorization, connectTimeout: timeout } = this.#options;
    const connect = { secureContext, timeout };
    const common = { connect, headersTimeout: 0, bodyTimeout: 0, allowH2: false };
    const agent =
      proxy === undefined
        ? new Agent(common)
        : new ProxyAgent({
            ...common,
            uri: proxy.href,
            requestTls: connect,
            proxyTls: connect,
            ...(proxyAuthorization === '' ? {} : { token: proxyAuthorization }),
          });
    this.#agents.set(proxy?.href ?? '', agent);
    return agent;
  }
}
