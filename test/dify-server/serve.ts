import { type IncomingMessage, type ServerResponse, createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { buffer } from 'node:stream/consumers';
import type { Clock } from '../../src/demo/clock.ts';
import type { Owner } from '../../src/demo/owner.ts';
import type { Worker } from '../../src/demo/workflow/worker.ts';
import type { GenerationName } from '../../src/demo/generations.ts';
import { type DemoServer, type DemoServerOptions, createDemoServer } from '../../src/demo/server.ts';
import { type Fault, Faults } from './faults.ts';
import { type Handle, behindNginx } from './nginx.ts';
import { hangUp, writeResponse } from './wire.ts';

/** One request as it reached the server, the key replaced. */
export interface LoggedRequest {
  /** Milliseconds since the server started. */
  readonly at: number;
  readonly method: string;
  /** Path with query, from `/v1` on. */
  readonly path: string;
  /** Name of the app whose key was sent, or undefined. */
  readonly app: string | undefined;
  /** The JSON body, or undefined. */
  readonly body: unknown;
  /** 0 until there is an answer. */
  readonly status: number;
}

export interface DemoAppKey {
  readonly name: string;
  /** Dify's mode: completion, chat … */
  readonly mode: string;
  readonly key: string;
}

export interface DifyServerOptions extends Pick<DemoServerOptions, 'apps' | 'slowStart' | 'source' | 'uuid'> {
  /** 0, the default, takes a free port. */
  readonly port?: number;
  readonly generation?: GenerationName;
  readonly tokensPerSecond?: number;
  /** Stand behind nginx as Dify's docker set-up does, beside a web front end. */
  readonly nginx?: boolean;
}

export interface RunningDifyServer {
  /** Like `http://127.0.0.1:5001/v1`. */
  readonly baseUrl: string;
  readonly apps: readonly DemoAppKey[];
  /** In the order of arrival. */
  readonly log: readonly LoggedRequest[];
  /** Something goes wrong with the next request that fits. Same as `POST /__fault`. */
  fault(fault: Fault): void;
  /** Changes the apps while the server runs. Same as `POST /__owner`. */
  readonly owner: Owner;
  /** Stops, kills and starts what carries out runs. Same as `POST /__worker` with one of these words. */
  readonly worker: Pick<Worker, 'stop' | 'kill' | 'start'>;
  /** Same as `DELETE /__fault`. */
  clearFaults(): void;
  /** Ends every connection at once. */
  close(): Promise<void>;
}

/**
 * Puts the demo server on `node:http` at 127.0.0.1. Beside Dify's paths there are `GET` and `DELETE /__log`, `POST` and
 * `DELETE /__fault`, `POST /__owner`, `POST /__worker`.
 */
export async function startDifyServer(options: DifyServerOptions = {}): Promise<RunningDifyServer> {
  const closing = new AbortController();
  const clock = clockUntil(closing.signal);
  const demo = createDemoServer({ ...options, clock });
  const handle = options.nginx === true ? behindNginx(demo.handle, clock) : demo.handle;
  const log: Writable<LoggedRequest>[] = [];
  const faults = new Faults();
  const started = Date.now();
  const site: Site = { demo, handle, clock, log, faults, started, closing: closing.signal };
  const server = createServer((request, response) => {
    void serve(site, request, response);
  });
  await new Promise<void>((resolve, reject) => {
    server.once('error', reject);
    server.listen(options.port ?? 0, '127.0.0.1', resolve);
  });
  const { port } = server.address() as AddressInfo;
  return {
    baseUrl: `http://127.0.0.1:${port}/v1`,
    apps: demo.apps,
    log,
    owner: demo.owner,
    worker: demo.worker,
    fault: (fault) => faults.add(fault),
    clearFaults: () => faults.clear(),
    close: () =>
      new Promise((resolve) => {
        closing.abort();
        server.close(() => resolve());
        server.closeAllConnections();
      }),
  };
}

type Writable<Row> = { -readonly [Key in keyof Row]: Row[Key] };

interface Site {
  readonly demo: DemoServer;
  readonly handle: Handle;
  readonly clock: Clock;
  readonly log: Writable<LoggedRequest>[];
  readonly faults: Faults;
  readonly started: number;
  readonly closing: AbortSignal;
}

async function serve(site: Site, incoming: IncomingMessage, to: ServerResponse): Promise<void> {
  const connection = new AbortController();
  to.on('close', () => connection.abort());
  const signal = AbortSignal.any([connection.signal, site.closing]);
  try {
    const body = await buffer(incoming);
    if (incoming.url?.startsWith('/__') === true) control(site, incoming, body, to);
    else await answer(site, { incoming, body, to, signal });
  } catch (error) {
    // Who closed the connection wants no answer; anything else is a fault of ours that a test should see.
    if (!signal.aborted && !to.headersSent) to.writeHead(500).end(String(error));
  }
}

interface Arrival {
  readonly incoming: IncomingMessage;
  readonly body: Buffer;
  readonly to: ServerResponse;
  readonly signal: AbortSignal;
}

async function answer(site: Site, { body, incoming, signal, to }: Arrival): Promise<void> {
  const { method = 'GET', url: path = '/' } = incoming;
  const app = site.demo.apps.find(({ key }) => incoming.headers.authorization?.endsWith(key) === true)?.name;
  const logged = { at: Date.now() - site.started, method, path, app, body: parsed(body), status: 0 };
  site.log.push(logged);
  const fault = site.faults.take({ method, path, app }) ?? {};
  if (fault.silent === true) return;
  if (fault.hangUp !== undefined) return hangUp(to, fault.hangUp);
  const response =
    fault.answer === undefined
      ? await handleOf(site, fault)(requestFrom(incoming, bodyFor(body, fault), signal))
      : new Response(fault.answer.body ?? null, fault.answer);
  logged.status = response.status;
  await writeResponse(to, response, fault, signal);
}

function handleOf({ clock, demo, handle }: Site, { nginx }: Fault): Handle {
  return nginx === undefined ? handle : behindNginx(demo.handle, clock, nginx);
}

function requestFrom(incoming: IncomingMessage, body: Buffer<ArrayBuffer>, signal: AbortSignal): Request {
  const headers = new Headers();
  for (const [name, value] of Object.entries(incoming.headersDistinct)) headers.set(name, value?.join(', ') ?? '');
  const hasBody = body.length > 0 && incoming.method !== 'GET' && incoming.method !== 'HEAD';
  return new Request(`http://${incoming.headers.host ?? '127.0.0.1'}${incoming.url ?? '/'}`, {
    method: incoming.method ?? 'GET',
    headers,
    signal,
    ...(hasBody ? { body } : {}),
  });
}

function bodyFor(body: Buffer, fault: Fault): Buffer<ArrayBuffer> {
  const sent = parsed(body);
  const isChanged = fault.responseMode !== undefined && typeof sent === 'object';
  return Buffer.from(isChanged ? JSON.stringify({ ...sent, response_mode: fault.responseMode }) : body);
}

/** The switches of tests that are not in this process. */
function control(
  { demo, faults, log }: Site,
  { method, url }: IncomingMessage,
  body: Buffer,
  to: ServerResponse,
): void {
  switch (`${method} ${url}`) {
    case 'DELETE /__log':
      log.length = 0;
      break;
    case 'POST /__fault':
      faults.add(parsed(body) as Fault);
      break;
    case 'DELETE /__fault':
      faults.clear();
      break;
    case 'POST /__owner':
      obey(demo.owner, parsed(body) as Wish);
      break;
    case 'POST /__worker':
      command(demo.worker, body.toString());
      break;
  }
  to.writeHead(200, { 'Content-Type': 'application/json' });
  to.end(JSON.stringify(url === '/__log' ? log : {}));
}

/** @param word What `POST /__worker` takes. */
function command(worker: Worker, word: string): void {
  if (word === 'stop') worker.stop();
  if (word === 'kill') worker.kill();
  if (word === 'start') worker.start();
}

/** What `POST /__owner` takes: the app by its first key, and one thing to do to it. */
interface Wish {
  readonly app: string;
  readonly change?: Parameters<Owner['change']>[1];
  readonly addKey?: string;
  readonly deleteKey?: string;
  readonly delete?: true;
}

function obey(owner: Owner, { addKey, app, change, delete: isDeleted, deleteKey }: Wish): void {
  if (change !== undefined) owner.change(app, change);
  if (addKey !== undefined) owner.addKey(app, addKey);
  if (deleteKey !== undefined) owner.deleteKey(deleteKey);
  if (isDeleted === true) owner.deleteApp(app);
}

function parsed(body: Buffer): unknown {
  try {
    return JSON.parse(body.toString());
  } catch {
    return undefined;
  }
}

/** A clock that stands still once the server is closed, so that nothing keeps the process alive. */
function clockUntil(closing: AbortSignal): Clock {
  const timers = new Set<NodeJS.Timeout>();
  closing.addEventListener('abort', () => {
    for (const timer of timers) clearTimeout(timer);
  });
  return {
    now: () => Date.now(),
    sleep: (ms, signal) =>
      new Promise((resolve) => {
        if (closing.aborted) return;
        const wake = (): void => {
          clearTimeout(timer);
          timers.delete(timer);
          signal.removeEventListener('abort', wake);
          resolve();
        };
        const timer = setTimeout(wake, ms);
        timers.add(timer);
        signal.addEventListener('abort', wake);
        if (signal.aborted) wake();
      }),
  };
}
