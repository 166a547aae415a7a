import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { ApiKey } from '../../src/dify/apiKey.ts';
import { DifyClient, type Fetch } from '../../src/dify/client.ts';
import type { Limits } from '../../src/dify/limits.ts';
import type { TurnEvent } from '../../src/dify/turn.ts';

/** A signal that nobody aborts. */
export const neverAborted = new AbortController().signal;

/** A client of an app at the base URL, as user `u-1`. */
export function clientOf(
  baseUrl: string,
  limits: Partial<Limits> = {},
  fetchOf: Fetch = (url, init) => fetch(url, init),
): DifyClient {
  const apiKey = new ApiKey('app-test', new URL(baseUrl).origin);
  return new DifyClient(() => Promise.resolve({ baseUrl, apiKey, user: 'u-1' }), fetchOf, { pause: 1, ...limits });
}

/** A client whose every request is answered by the function; no network. */
export function clientAnswering(
  answer: (url: URL, init: RequestInit) => Response,
  limits: Partial<Limits> = {},
): DifyClient {
  return clientOf('http://dify.test/v1', limits, (url, init) => Promise.resolve(answer(new URL(url), init)));
}

/** A stream of these pieces, one read each; a broken one fails after them as `fetch` does when the connection is lost. */
export function streamOf(pieces: readonly Uint8Array[], { status = 200, broken = false } = {}): Response {
  let next = 0;
  const body = new ReadableStream<Uint8Array>({
    pull(controller) {
      const piece = pieces[next++];
      if (piece !== undefined) controller.enqueue(piece);
      else if (broken) controller.error(new TypeError('terminated'));
      else controller.close();
    },
  });
  return new Response(body, { status, headers: { 'content-type': 'text/event-stream; charset=utf-8' } });
}

/** All that the generator yields; a failure that it throws is the last element. */
export async function collected(events: AsyncGenerator<TurnEvent, void, void>): Promise<readonly unknown[]> {
  const all: unknown[] = [];
  try {
    for await (const event of events) all.push(event);
  } catch (error) {
    all.push(error);
  }
  return all;
}

/** One request as the test server got it. */
export interface GotRequest {
  readonly method: string;
  readonly path: string;
  readonly body: unknown;
}

/** Runs the test against a real HTTP server on a free port, which is closed afterwards whatever happens. */
export async function withServer(
  answer: (request: GotRequest, response: ServerResponse, raw: IncomingMessage) => void,
  test: (baseUrl: string, got: readonly GotRequest[]) => Promise<void>,
): Promise<void> {
  const got: GotRequest[] = [];
  const server = createServer((raw, response) => {
    const pieces: Buffer[] = [];
    raw.on('data', (piece: Buffer) => pieces.push(piece));
    raw.on('end', () => {
      const text = Buffer.concat(pieces).toString();
      const body: unknown = text === '' ? undefined : JSON.parse(text);
      const request = { method: raw.method ?? '', path: (raw.url ?? '').replace(/^\/v1/, ''), body };
      got.push(request);
      answer(request, response, raw);
    });
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  try {
    await test(`http://127.0.0.1:${(server.address() as AddressInfo).port}/v1`, got);
  } finally {
    server.closeAllConnections();
    await new Promise((resolve) => server.close(resolve));
  }
}

/** A base URL at which nothing listens. */
export async function deadBaseUrl(): Promise<string> {
  let dead = '';
  await withServer(
    () => {},
    (baseUrl) => {
      dead = baseUrl;
      return Promise.resolve();
    },
  );
  return dead;
}

/** The bytes of events as Dify writes them. */
export function sse(...events: readonly object[]): string {
  return events.map((event) => `data: ${JSON.stringify(event)}\n\n`).join('');
}
