import type { Fetch } from '../../dify/client.ts';
import type { Log } from '../log.ts';

/** The same `fetch`, with a line in the log for each request: method, address without query, status, time. Never headers or bodies. */
export function loggedFetch(fetch: Fetch, log: Log): Fetch {
  return async (url, init) => {
    const { origin, pathname } = new URL(url);
    const what = `${init.method ?? 'GET'} ${origin}${pathname}`;
    const startedAt = performance.now();
    const elapsed = (): string => `${Math.round(performance.now() - startedAt)} ms`;
    try {
      const response = await fetch(url, init);
      log.info(`${what}: ${response.status}, ${elapsed()}`);
      return response;
    } catch (error) {
      log.info(`${what}: no answer, ${elapsed()}`);
      throw error;
    }
  };
}
