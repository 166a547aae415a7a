import { ConfigurationTarget, workspace, type Disposable } from 'vscode';
import type { Fetch } from '../../dify/client.ts';
import type { DifyError, NetworkReason } from '../../dify/errors.ts';
import { networkError, networkReason } from '../../dify/networkError.ts';
import type { Transport, Transports } from '../transport.ts';
import type { Direct } from './direct/direct.ts';
import { endpointOf, proxyFor } from './proxy.ts';
import { directMayHelp, needsDirect, proxyOn, surelyWithout } from './rules.ts';
import { readNetworkSettings, type NetworkSettings } from './settings.ts';

/** How long connecting may take, in seconds. The editor's limit is that of VS Code's `fetch`, and not ours to set. */
const connectLimits: Readonly<Record<Transport, number>> = { editor: 10, direct: 15 };

/**
 * Both ways to the network. Nothing is read or loaded before the first request, and what settings say is read anew once they change: the
 * connections of before are closed when the streams on them have ended. There is no falling over from one way to the other: going round
 * a proxy may be against the rules of the house.
 */
export class Network implements Transports, Disposable {
  readonly #listening = workspace.onDidChangeConfiguration((event) => {
    if (event.affectsConfiguration('http') || event.affectsConfiguration('difyCompanion.network')) this.#forget();
  });
  #read: NetworkSettings | undefined;
  #direct: Promise<Direct> | undefined;

  readonly fetch: Fetch = (url, init) => this.#go(this.current(), url, init);

  current(): Transport {
    const settings = this.#settings();
    const wanted = settings.transport === 'auto' ? needsDirect(settings) : settings.transport === 'direct';
    return wanted && runsDirect() ? 'direct' : 'editor';
  }

  through(transport: Transport): Fetch | undefined {
    if (transport === 'direct' && !runsDirect()) return undefined;
    return (url, init) => this.#go(transport, url, init);
  }

  async use(transport: Transport): Promise<void> {
    const settings = workspace.getConfiguration('difyCompanion.network');
    await settings.update('transport', transport, ConfigurationTarget.Global);
  }

  dispose(): void {
    this.#listening.dispose();
    this.#forget();
  }

  async #go(transport: Transport, url: string, init: RequestInit): Promise<Response> {
    const startedAt = performance.now();
    const request = { ...init, redirect: 'manual' as const };
    try {
      if (transport === 'direct') return await (await this.#ownWay()).fetch(url, request);
      // Looked up at each call: VS Code replaces it by one that knows proxies and certificates, and may do so late.
      return await globalThis.fetch(url, request);
    } catch (error) {
      init.signal?.throwIfAborted();
      throw await this.#explained(`${init.method ?? 'GET'} ${new URL(url).pathname}`, error, {
        url: new URL(url),
        transport,
        seconds: (performance.now() - startedAt) / 1000,
      });
    }
  }

  async #explained(what: string, thrown: unknown, { url, transport, seconds }: Attempt): Promise<DifyError> {
    const settings = this.#settings();
    const proxy = proxyOn(transport, url, settings, process.env);
    const route = { url, proxy: proxy && endpointOf(proxy) };
    const reason = networkReason(thrown, route);
    const straight = proxy === undefined && surelyWithout(transport, url, settings);
    return networkError(what, thrown, route, {
      // undici's clock is coarse: it gives up within a second after the limit.
      seconds: reason === 'connectTimeout' ? Math.min(seconds, connectLimits[transport]) : seconds,
      day: straight ? await this.#day(reason, url) : undefined,
      directMayHelp: transport === 'editor' && runsDirect() && directMayHelp(reason, url, settings, process.env),
    });
  }

  #settings(): NetworkSettings {
    return (this.#read ??= readNetworkSettings());
  }

  #ownWay(): Promise<Direct> {
    return (this.#direct ??= openDirect(this.#settings()));
  }

  #forget(): void {
    this.#direct
      ?.then((direct) => direct.close())
      .catch(() => {
        // It never opened, or a connection broke while closing: nothing is left to close.
      });
    this.#direct = undefined;
    this.#read = undefined;
  }

  /**
   * The day on which a certificate stops, or starts, to be valid. `fetch` does not tell it, so the server is asked once more: only where
   * the request itself went straight there, for the sake of the proxy.
   */
  async #day(reason: NetworkReason, url: URL): Promise<string | undefined> {
    if ((reason !== 'expired' && reason !== 'notYetValid') || !runsDirect()) return undefined;
    try {
      const validity = await (await this.#ownWay()).validityOf(url);
      const time = Date.parse((reason === 'expired' ? validity?.to : validity?.from) ?? '');
      return Number.isNaN(time) ? undefined : new Date(time).toISOString().slice(0, 10);
    } catch {
      // What failed first is what is told.
      return undefined;
    }
  }
}

/** A request that failed. */
interface Attempt {
  readonly url: URL;
  readonly transport: Transport;
  readonly seconds: number;
}

async function openDirect(settings: NetworkSettings): Promise<Direct> {
  const { Direct } = await import('./direct.cjs');
  const { proxyAuthorization, systemCertificates, caCertificates } = settings;
  return new Direct({
    trust: { system: systemCertificates, files: caCertificates },
    proxyFor: (url) => proxyFor(url, settings, process.env),
    proxyAuthorization,
    connectTimeout: connectLimits.direct * 1000,
  });
}

/** undici needs Node 22.19, which VS Code has since 1.105; but some of its forks have an older one than their version says. */
function runsDirect(): boolean {
  const [major = 0, minor = 0] = process.versions.node.split('.').map(Number);
  return major > 22 || (major === 22 && minor >= 19);
}
