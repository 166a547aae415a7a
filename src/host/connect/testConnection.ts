import { getInfo } from '../../dify/app.ts';
import type { ApiKey } from '../../dify/apiKey.ts';
import type { Fetch } from '../../dify/client.ts';
import type { App } from '../app.ts';
import type { Health } from '../health.ts';
import type { Transport, Transports } from '../transport.ts';
import type { Reached } from './connectionReport.ts';
import { clientOf } from './probe.ts';

/** The ways to the network, of which the one in use tells how the app does. */
export function watchedWays(
  app: App,
  transports: Pick<Transports, 'current' | 'through'>,
  health: Pick<Health, 'watchFetch'>,
): Pick<Transports, 'through'> {
  return {
    through: (transport) => {
      const fetch = transports.through(transport);
      const isWatched = fetch !== undefined && transport === transports.current();
      return isWatched ? health.watchFetch(() => app, fetch) : fetch;
    },
  };
}

/** Reaches the app by every way there is, at the same time. Nothing is switched. @throws the signal's reason once it is aborted */
export async function reachBothWays(
  app: App,
  credentials: { readonly apiKey: ApiKey; readonly user: string },
  transports: Pick<Transports, 'through'>,
  signal: AbortSignal,
): Promise<readonly Reached[]> {
  const reach = async (transport: Transport, fetch: Fetch): Promise<Reached> => {
    const startedAt = performance.now();
    try {
      const client = clientOf({ baseUrl: app.baseUrl, ...credentials }, fetch);
      const { name, version = '' } = await getInfo(client, signal);
      return { transport, milliseconds: performance.now() - startedAt, name, version };
    } catch (error) {
      signal.throwIfAborted();
      return { transport, error };
    }
  };
  const ways = (['editor', 'direct'] as const).flatMap((transport) => {
    const fetch = transports.through(transport);
    return fetch === undefined ? [] : [reach(transport, fetch)];
  });
  return await Promise.all(ways);
}
