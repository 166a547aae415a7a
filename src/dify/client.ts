import type { ApiKey } from './apiKey.ts';
import { readWhole } from './body.ts';
import { errorOfResponse, notDifyError } from './errorResponse.ts';
import { DifyError } from './errors.ts';
import { isFields, parseJson, type Fields } from './json.ts';
import { defaultLimits, type Limits } from './limits.ts';
import { networkError } from './networkError.ts';
import { rereadAfter } from './resend.ts';
import { sleep } from './timing.ts';
import { generate, type TurnEvent } from './turn.ts';

/** What a call needs to know of the app. Read anew for each call, so a changed key or address applies at once. */
export interface Connection {
  /** Address of the API without a trailing slash, like `https://api.dify.ai/v1`. */
  readonly baseUrl: string;
  readonly apiKey: ApiKey;
  /** The end user: Dify keeps conversations apart by it, and obeys a stop only from the same one. */
  readonly user: string;
}

/** `fetch` of the platform, or one that goes through a proxy. Called with an absolute URL; must not follow redirects by itself. */
export type Fetch = (url: string, init: RequestInit) => Promise<Response>;

/** The body of a JSON answer, and what the server's headers say. */
export interface JsonAnswer {
  readonly fields: Fields;
  /** `X-Version`: the version of the Dify server; some gateways drop it. */
  readonly version: string | undefined;
}

/** A generating call: the paths of one of Dify's three families, and the request body without `user` and `response_mode`. */
export interface Generation {
  readonly path: string;
  readonly stopPath: (taskId: string) => string;
  readonly body: Fields;
}

/** Reading on in a run that was begun elsewhere. */
export interface Attachment {
  readonly path: string;
  readonly query: Readonly<Record<string, string>>;
  readonly stopPath: (taskId: string) => string;
  /** Called once the stream is open and before it is read. Throwing leaves the run as it is. */
  readonly attached: () => Promise<void>;
}

/**
 * One Dify app: plumbing, limits and errors for the functions of the topic files (`app.ts`, `chat.ts` …), which take it as their
 * first parameter. It holds no state but the connections that are still being read to their end after a stop.
 */
export class DifyClient {
  readonly #connect: () => Promise<Connection>;
  readonly #fetch: Fetch;
  readonly #limits: Limits;
  readonly #leaving = new Set<Promise<void>>();

  constructor(connect: () => Promise<Connection>, fetch: Fetch, limits: Partial<Limits> = {}) {
    this.#connect = connect;
    this.#fetch = fetch;
    this.#limits = { ...defaultLimits, ...limits };
  }

  /**
   * Reads from the API; `user` is added to the query. Tried again where the network or a gateway failed.
   *
   * @param path below the base URL, like `/messages`
   * @throws {DifyError} for every failure
   * @throws the signal's reason once it is aborted
   */
  async get(path: string, query: Readonly<Record<string, string>>, signal: AbortSignal): Promise<JsonAnswer> {
    const connection = await this.#connect();
    const url = new URL(connection.baseUrl + path);
    url.search = new URLSearchParams({ ...query, user: connection.user }).toString();
    for (let attempt = 1; ; attempt++) {
      try {
        return await this.#callJson(url, requestInit('GET', connection, url), signal);
      } catch (error) {
        signal.throwIfAborted();
        const pause = error instanceof DifyError ? rereadAfter(error, attempt, this.#limits) : undefined;
        if (pause === undefined) throw error;
        await sleep(pause, signal);
      }
    }
  }

  /**
   * Writes to the API, once; `user` is added to the body.
   *
   * @throws as {@link DifyClient.get}
   */
  async post(path: string, body: Fields, signal: AbortSignal): Promise<JsonAnswer> {
    const connection = await this.#connect();
    const url = new URL(connection.baseUrl + path);
    const init = requestInit('POST', connection, url, { ...body, user: connection.user });
    return await this.#callJson(url, init, signal);
  }

  /**
   * Starts a generation and yields its events until the turn ends; the last thing it yields is the end. Aborting the signal is the
   * only way to stop: the next thing yielded is the end `stopped`, at once, while in the background Dify is told to stop, the stream
   * is read on for at most 5 s, and then closed (closing earlier makes Dify lose the partial answer).
   *
   * @throws {DifyError} if the request was not taken, or the run failed. A stream that breaks off is no failure but an end.
   */
  async *generate(call: Generation | Attachment, signal: AbortSignal): AsyncGenerator<TurnEvent, void, void> {
    const { path, stopPath } = call;
    const connection = await this.#connect();
    const url = new URL(connection.baseUrl + path);
    const generates = 'body' in call;
    if (!generates) url.search = new URLSearchParams({ ...call.query, user: connection.user }).toString();
    const body = generates ? { response_mode: 'streaming', ...call.body, user: connection.user } : undefined;
    const init = requestInit(generates ? 'POST' : 'GET', connection, url, body);
    const what = `${init.method} ${path}`;
    const calls = {
      what,
      limits: this.#limits,
      ...(generates ? {} : { attached: call.attached }),
      open: async (closing: AbortSignal) => {
        const response = await this.#exchange(what, url, { ...init, signal: closing });
        if (!response.ok) throw await errorOfResponse(what, response, url);
        return response;
      },
      stop: async (taskId: string) => {
        await this.post(stopPath(taskId), {}, AbortSignal.timeout(this.#limits.stop));
      },
      leave: (work: Promise<void>) => {
        this.#leaving.add(work);
        void work.finally(() => this.#leaving.delete(work));
      },
    };
    yield* generate(calls, signal);
  }

  /** Resolves when no stopped stream is being read on any more. */
  async settled(): Promise<void> {
    while (this.#leaving.size > 0) await Promise.allSettled(this.#leaving);
  }

  /** One request and its whole JSON answer, within the time limit. */
  async #callJson(url: URL, init: RequestInit, signal: AbortSignal): Promise<JsonAnswer> {
    const what = `${init.method} ${url.pathname}`;
    const closing = new AbortController();
    const onAbort = (): void => closing.abort();
    const timer = setTimeout(() => closing.abort(), this.#limits.call);
    signal.addEventListener('abort', onAbort, { once: true });
    try {
      signal.throwIfAborted();
      const response = await this.#exchange(what, url, { ...init, signal: closing.signal });
      if (!response.ok) throw await errorOfResponse(what, response, url);
      const body = await readWhole(response, this.#limits.event);
      const fields = response.status === 204 ? {} : parseJson(body);
      if (!isFields(fields)) throw notDifyError(what, body);
      return { fields, version: response.headers.get('x-version') ?? undefined };
    } catch (error) {
      signal.throwIfAborted();
      if (closing.signal.aborted) throw new DifyError('timeout', `${what}: no answer in time`);
      throw networkError(what, error);
    } finally {
      clearTimeout(timer);
      signal.removeEventListener('abort', onAbort);
    }
  }

  async #exchange(what: string, url: URL, init: RequestInit): Promise<Response> {
    try {
      return await this.#fetch(url.href, { ...init, redirect: 'manual' });
    } catch (error) {
      throw networkError(what, error);
    }
  }
}

function requestInit(method: 'GET' | 'POST', { apiKey }: Connection, url: URL, body?: Fields): RequestInit {
  const authorization = apiKey.authorizationFor(url);
  if (body === undefined) return { method, headers: { authorization } };
  return { method, headers: { authorization, 'content-type': 'application/json' }, body: JSON.stringify(body) };
}
