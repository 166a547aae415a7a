import type { App, Mode } from './apps.ts';
import { authenticated } from './http/auth.ts';
import { type Clock, realClock } from './clock.ts';
import { setCorsHeaders } from './http/cors.ts';
import { demoApps } from './demoApps.ts';
import { EndUsers } from './history/endUsers.ts';
import { ApiError, internalServerError, methodNotAllowed } from './http/errors.ts';
import { linkedFile } from './files/routes.ts';
import { Files } from './files/store.ts';
import { type Generation, type GenerationName, generations } from './generations.ts';
import {
  errorResponse,
  healthResponse,
  pageMoved,
  pageNotFound,
  preflightResponse,
  withoutBody,
} from './http/responses.ts';
import { Forms } from './humanInput/forms.ts';
import { Ids } from './ids.ts';
import { Apps, type Owner } from './owner.ts';
import { compiled } from './http/router.ts';
import { type Route, type Server, routes } from './routes.ts';
import { Slots } from './turns/slots.ts';
import { Conversations } from './history/store.ts';
import type { TextSource } from './turns/textSource.ts';
import { swaggerResponse } from './http/swagger.ts';
import { Tasks } from './turns/turn.ts';
import { callerOf } from './http/user.ts';
import { Runs } from './workflow/runs.ts';
import { Worker } from './workflow/worker.ts';

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
  /** How long a form for a person may stay open at most, in ms. Default: seven days. */
  readonly formLimit?: number;
  /** Origin under which the servers of an installation find its files (`INTERNAL_FILES_URL`); clients may not. Default: none. */
  readonly internalFilesUrl?: string;
  readonly clock?: Clock;
  readonly uuid?: () => string;
}

/** An app with the key that opens it. */
export interface OfferedApp {
  readonly name: string;
  readonly mode: Mode;
  readonly key: string;
  readonly description: string;
  /** The app's icon as its owner set it: an emoji, in the demo's own apps. */
  readonly icon: string;
}

export interface DemoServer {
  /**
   * Answers one request as Dify would. Rejects only if the request's signal is aborted before there is a response. The body of a
   * response ends with an error where Dify would break the connection off.
   */
  readonly handle: (request: Request) => Promise<Response>;
  /** As they were at first. */
  readonly apps: readonly OfferedApp[];
  /** Changes the apps while the server runs. */
  readonly owner: Owner;
  /** Stops, kills and starts what carries out the runs of chatflows and workflows. */
  readonly worker: Worker;
}

/** A Dify server of its own, with no conversations yet. Whatever stands before `/v1` in a URL is its host. */
export function createDemoServer(options: DemoServerOptions = {}): DemoServer {
  const generation: Generation = generations[options.generation ?? 'b'];
  const offered = (options.apps ?? demoApps).filter(({ mode }) => mode !== 'agent' || generation.hasNewAgents);
  const conversations = new Map(offered.map((app) => [app, new Conversations()]));
  const apps = new Apps(offered, conversations);
  const clock = options.clock ?? realClock;
  const uuid = options.uuid ?? ((): string => crypto.randomUUID());
  const server: Server = {
    generation,
    findRoute: compiled(routes.filter(({ exists }) => exists?.(generation) ?? true)),
    clock,
    uuid,
    tokensPerSecond: options.tokensPerSecond ?? 40,
    slowStart: options.slowStart ?? 0,
    source: options.source,
    conversations,
    files: new Files(uuid),
    internalFilesUrl: options.internalFilesUrl ?? '',
    ids: new Ids(uuid),
    slots: new Slots(),
    tasks: new Tasks(),
    annotations: new Map(),
    runs: new Runs(),
    worker: new Worker(),
    endUsers: new EndUsers(uuid),
    forms: new Forms(clock, options.formLimit ?? sevenDays),
  };
  return {
    apps: offered.map(({ name, mode, key, description, site }) => ({ name, mode, key, description, icon: site.icon })),
    owner: apps,
    worker: server.worker,
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

async function respond(request: Request, server: Server, apps: Apps): Promise<Response> {
  const response = await routed(request, server, apps);
  setServerHeaders(response, server.generation);
  return request.method === 'HEAD' ? withoutBody(response) : response;
}

const sevenDays = 7 * 24 * 60 * 60 * 1000;

async function routed(request: Request, server: Server, apps: Apps): Promise<Response> {
  const url = new URL(request.url);
  if (url.pathname === '/health') return healthResponse({ pid: 1, status: 'ok', version: server.generation.version });
  const open = request.method === 'GET' || request.method === 'HEAD' ? openResponse(url, server) : undefined;
  if (open !== undefined) return withCors(request, open);
  const elsewhere = movedTo(url);
  if (elsewhere !== undefined) return pageMoved(elsewhere);
  const match = server.findRoute(request.method, url.pathname);
  switch (match.type) {
    case 'unknown':
      return unknownPath(request, url);
    case 'otherMethods':
      return otherMethod(request, server.generation, match.methods);
    case 'found': {
      return withCors(request, await answered(match.route, match.parameters, { request, url, server }, apps));
    }
  }
}

/** What needs no key. */
function openResponse(url: URL, server: Server): Response | undefined {
  if (server.generation.hasSwagger && url.pathname === '/v1/swagger.json') return swaggerResponse(routes);
  return linkedFile(url, server);
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
  return withCors(request, preflightResponse(generation.allow(methods)));
}

function withCors(request: Request, response: Response): Response {
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
  apps: Apps,
): Promise<Response> {
  try {
    const app = authenticated(request, apps);
    const { body, form, user } = await callerOf(request, route.user);
    // Who calls for the first time becomes an end user of the app.
    if (route.user !== 'none') server.endUsers.of(app, user, server.clock.now());
    if (route.modes !== undefined && !route.modes.includes(app.mode)) throw route.wrongMode();
    return await route.answer({ app, body, form, user, parameters, request, query: url.searchParams, server });
  } catch (error) {
    return errorResponse(error instanceof ApiError ? error : internalServerError(), url.pathname, route.similar);
  }
}

function setServerHeaders(response: Response, generation: Generation): void {
  response.headers.set('X-Version', generation.version);
  response.headers.set('X-Env', 'PRODUCTION');
  for (const name of generation.vary) response.headers.append('Vary', name);
}
