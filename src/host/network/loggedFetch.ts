import type { Fetch } from '../../dify/client.ts';
import type { Log } from '../log.ts';

/**
 * The same `fetch`, with a line in the log for each request: method, address without query, status, time. Never headers or bodies; the key
 * that a request carries is hidden from the log before anything is sent.
 *
 * @param hint says what is behind a request without an answer, or ''
 */
export function loggedFetch(fetch: Fetch, log: Log, hint: () => string = () => ''): Fetch {
  return async (url, init) => {
    const method = init.method ?? 'GET';
    const { origin, pathname } = new URL(url);
    const what = `${method} ${origin}${pathname}`;
    const startedAt = performance.now();
    const elapsed = (): string => `${Math.round(performance.now() - startedAt)} ms`;
    log.hide(new Headers(init.headers).get('authorization')?.replace(/^Bearer /, '') ?? '');
    try {
      const response = await fetch(url, init);
      log[levelOf(method, response.status)](`${what}: ${response.status}, ${elapsed()}`);
      return log.traces ? counted(response, (count) => log.trace(`${what}: ${count}, ${elapsed()}`)) : response;
    } catch (error) {
      if (init.signal?.aborted === true) log.debug(`${what}: given up, ${elapsed()}`);
      else log.warn(`${what}: no answer, ${elapsed()}. ${hint()}`.trim());
      throw error;
    }
  };
}

function levelOf(method: string, status: number): 'debug' | 'info' | 'warn' {
  if (status >= 300) return 'warn';
  return method === 'GET' ? 'debug' : 'info';
}

/** The same response, whose end is told in numbers: how many bytes came, and how many events if it is a stream of them. */
function counted(response: Response, tell: (count: string) => void): Response {
  if (response.body === null) return response;
  const streams = response.headers.get('content-type')?.startsWith('text/event-stream') === true;
  let bytes = 0;
  let events = 0;
  let last = 0;
  const counting = new TransformStream<Uint8Array, Uint8Array>({
    transform: (chunk, controller) => {
      bytes += chunk.byteLength;
      for (const byte of chunk) {
        // An event ends with an empty line.
        if (byte === 10 && last === 10) events++;
        if (byte !== 13) last = byte;
      }
      controller.enqueue(chunk);
    },
    flush: () => tell(streams ? `${events} events, ${bytes} bytes` : `${bytes} bytes`),
  });
  return new Response(response.body.pipeThrough(counting), response);
}
