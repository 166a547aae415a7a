import type { Clock } from '../../src/demo/clock.ts';

/** What is wrong with the proxy in front of Dify. Plain JSON. */
export interface NginxOptions {
  /** The API behind it does not run. */
  readonly down?: true;
  /** Milliseconds without a byte from the API after which it gives up: with a page, or by breaking off what it has begun. */
  readonly readTimeout?: number;
  /** Holds an answer back until it has all of it. */
  readonly buffers?: true;
}

export type Handle = (request: Request) => Promise<Response>;

/** Dify's own nginx in front of a server: what is not the API's goes to the web front end, and the port is lost on the way. */
export function behindNginx(handle: Handle, clock: Clock, options: NginxOptions = {}): Handle {
  return async (request) => {
    const response = await answered(handle, clock, options, request);
    response.headers.set('Server', 'nginx/1.22.1');
    return response;
  };
}

async function answered(
  handle: Handle,
  clock: Clock,
  { buffers, down, readTimeout = 60_000 }: NginxOptions,
  request: Request,
): Promise<Response> {
  const url = new URL(request.url);
  if (!/^\/(?:v1|files)(?:\/|$)/.test(url.pathname)) return frontEnd();
  if (down === true) return page(502, 'Bad Gateway');
  url.port = '';
  const giving = new AbortController();
  const signal = AbortSignal.any([request.signal, giving.signal]);
  const giveUp = (): void => giving.abort(new Error('upstream timed out'));
  const response = await inTime(handle(new Request(url, new Request(request, { signal }))), clock, readTimeout);
  if (response === undefined) {
    giveUp();
    return page(504, 'Gateway Time-out');
  }
  if (response.body === null) return response;
  const body = passedOn(response.body, clock, readTimeout, giveUp);
  return new Response(buffers === true ? await new Response(body).arrayBuffer() : body, response);
}

/** The page of nginx itself, which no header of Dify's adorns. */
export function page(status: number, title: string): Response {
  const text = `${status} ${title}`;
  const html = `<html>\r\n<head><title>${text}</title></head>\r\n<body>\r\n<center><h1>${text}</h1></center>\r\n<hr><center>nginx/1.22.1</center>\r\n</body>\r\n</html>\r\n`;
  return new Response(html, { status, headers: { 'Content-Type': 'text/html' } });
}

function frontEnd(): Response {
  const html = '<!DOCTYPE html><html><head><title>Dify</title></head><body>web front end</body></html>';
  return new Response(html, { headers: { 'Content-Type': 'text/html' } });
}

/** What is awaited, or undefined if it takes too long. */
async function inTime<Value>(awaited: Promise<Value>, clock: Clock, ms: number): Promise<Value | undefined> {
  const over = new AbortController();
  // Whoever gave up does not ask any more how it ended.
  awaited.catch(() => {});
  try {
    return await Promise.race([awaited, clock.sleep(ms, over.signal).then(() => undefined)]);
  } finally {
    over.abort();
  }
}

function passedOn(
  body: ReadableStream<Uint8Array<ArrayBuffer>>,
  clock: Clock,
  readTimeout: number,
  giveUp: () => void,
): ReadableStream<Uint8Array<ArrayBuffer>> {
  const reader = body.getReader();
  return new ReadableStream(
    {
      async pull(controller) {
        const next = await inTime(reader.read(), clock, readTimeout);
        if (next === undefined) {
          giveUp();
          throw new Error('upstream timed out');
        }
        if (next.done) controller.close();
        else controller.enqueue(next.value);
      },
      cancel: (reason) => reader.cancel(reason),
    },
    { highWaterMark: 0 },
  );
}
