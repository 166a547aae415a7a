import type { App, Mode } from './apps.ts';
import { authenticated } from './auth.ts';
import { type Clock, realClock } from './clock.ts';
import { setCorsHeaders } from './cors.ts';
import { demoApps } from './demoApps.ts';
import { ApiError, internalServerError, methodNotAllowed } from './errors.ts';
import { type Generation, type GenerationName, generations } from './generations.ts';
import { errorResponse, healthResponse, pageMoved, pageNotFound, preflightResponse, withoutBody } from './http.ts';
import { compiled } from './router.ts';
import { type Route, type Server, routes } from './routes.ts';
import { Conversations } from './store.ts';
import type { TextSource } from './textSource.ts';
import { Tasks } from './turn.ts';
import { callerOf } from './user.ts';

export interface DemoServerOptions {
  /** Which Dify to be: a = 1.11.2, b = 1.14.2, the default. */
  readonly generation?: GenerationName;
  /** Pieces of an answer per second; `Infinity` for no waiting. Default 40. */
  readonly tokensPerSecond?: number;
  /** What a model thinks before its first word, in ms. Default 0. */
  readonly slowStart?: number;
  /** Answers instead of the apps' own text functions, say a language model. */
  readonly source?: TextSource;
  /** Instead of the demo's own apps. */
  readonly apps?: readonly App[];
  readonly clock?: Clock;
  readonly uuid?: () => string;
}

export interface DemoServer {
  /**
   * Answers one request as Dify would. Rejects only if the request's signal is aborted before there is a response. The body of a
   * response ends with an error where Dify would break the connection off.
   */
  handle(request: Request): Promise<Response>;
  readonly apps: readonly { readonly name: string; readonly mode: Mode; readonly key: string }[];
}

/** A Dify server of its own, with no conversations yet. Whatever stands before `/v1` in a URL is its host. */
export function createDemoServer(options: DemoServerOptions = {}): DemoServer {
  const apps = options.apps ?? demoApps;
  const generation = generations[options.generation ?? 'b'];
  const server: Server = {
    generation,
    clock: options.clock ?? realClock,
    uuid: options.uuid ?? (() => crypto.randomUUID()),
    tokensPerSecond: options.tokensPerSecond ?? 40,
    slowStart: options.slowStart ?? 0,
    source: options.source,
    conversations: new Map(apps.map((app) => [app, new Conversations()])),
    tasks: new Tasks(),
  };
  return {
    apps: apps.map(({ name, mode, key }) => ({ name, mode, key })),
    handle: (request) => unlessAborted(respond(request, server, apps), request.signal),
  };
}

/** Who went away gets no response. What the server has begun may go on. */
function unlessAborted(response: Promise<Response>, signal: AbortSignal): Promise<Response> {
  return new Promise((resolve, reject) => {
    const leave = (): void => reject(signal.reason);
    if (signal.aborted) leave();
    signal.addEventListener('abort', leave, { once: true });
    void response.then(resolve, reject).finally(() => signal.removeEventListener('abort', leave));
  });
}

async function respond(request: Request, server: Server, apps: readonly App[]): Promise<Response> {
  const response = await routed(request, server, apps);
  setServerHeaders(response, server.generation);
  return request.method === 'HEAD' ? withoutBody(response) : response;
}

const findRoute = compiled(routes);

async function routed(request: Request, server: Server, apps: readonly App[]): Promise<Response> {
  const url = new URL(request.url);
  if (url.pathname === '/health') return healthResponse({ pid: 1, status: 'ok', version: server.generation.version });
  const elsewhere = movedTo(url);
  if (elsewhere !== undefined) return pageMoved(elsewhere);
  const match = findRoute(request.method, url.pathname);
  switch (match.type) {
    case 'unknown':
      return unknownPath(request, url);
    case 'otherMethods':
      return otherMethod(request, server.generation, match.methods);
    case 'found': {
      const response = await answered(match.route, match.parameters, { request, url, server }, apps);
      setCorsHeaders(request, response);
      return response;
    }
  }
}

function unknownPath(request: Request, url: URL): Response {
  const response = pageNotFound();
  // Its welcome route exists, behind another one that hides it.
  if (url.pathname === '/v1/') setCorsHeaders(request, response);
  return response;
}

/** Where the server sends those who leave out the slash behind `/v1`, or write two. */
function movedTo(url: URL): string | undefined {
  const path = url.pathname === '/v1' ? '/v1/' : url.pathname.replaceAll(/\/{2,}/g, '/');
  return path === url.pathname ? undefined : `${url.origin}${path}${url.search}`;
}

function otherMethod(request: Request, generation: Generation, methods: readonly string[]): Response {
  if (request.method !== 'OPTIONS') return errorResponse(methodNotAllowed(), '', undefined);
  const response = preflightResponse(generation.allow(methods));
  setCorsHeaders(request, response);
  return response;
}

interface Arrival {
  readonly request: Request;
  readonly url: URL;
  readonly server: Server;
}

/** In the server's order: key, app, body, user, mode, and only then the route. */
async function answered(
  route: Route,
  parameters: readonly string[],
  { request, url, server }: Arrival,
  apps: readonly App[],
): Promise<Response> {
  try {
    const app = authenticated(request, apps);
    const { body, user } = await callerOf(request, route.user);
    if (route.modes !== undefined && !route.modes.includes(app.mode)) throw route.wrongMode();
    return await route.answer({ app, body, user, parameters, request, query: url.searchParams, server });
  } catch (error) {
    return errorResponse(error instanceof ApiError ? error : internalServerError(), url.pathname, route.similar);
  }
}

function setServerHeaders(response: Response, generation: Generation): void {
  response.headers.set('X-Version', generation.version);
  response.headers.set('X-Env', 'PRODUCTION');
  for (const name of generation.vary) response.headers.append('Vary', name);
}
