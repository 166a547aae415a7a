import type { ApiKey } from './apiKey.ts';
import { readBytes, readWhole } from './body.ts';
import { errorOfResponse, notDifyError } from './errorResponse.ts';
import { DifyError } from './errors.ts';
import { isFields, parseJson, type Fields } from './json.ts';
import { defaultLimits, type Limits } from './limits.ts';
import { networkError } from './networkError.ts';
import { rereadAfter } from './resend.ts';
import { sleep } from './timing.ts';
import { generate, type TurnEvent } from './turn.ts';
import { UploadForm, uploadError, type OnProgress, type UploadFile } from './upload.ts';
import { within } from './within.ts';

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

/** A file that the server sent. */
export interface Download {
  readonly bytes: Uint8Array;
  /** Media type in the server's words, without parameters; Dify 1.14 calls most files `application/octet-stream`. */
  readonly type: string;
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
 *
 * Every call names the user, also the few that Dify reads none from (`/info`, `/site`, a run's detail …): it ignores what it does
 * not ask for there, older servers ask in more places, and one rule has no exception to forget.
 */
export class DifyClient {
  readonly #connect: () => Promise<Connection>;
  readonly #fetch: Fetch;
  readonly #limits: Limits;
  readonly #leaving = new Set<Promise<void>>();
  readonly #pauses = new Set<() => void>();

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
    const { url, init } = await this.#read(path, query);
    return await this.#reread(() => this.#json(url, init, signal), signal);
  }

  /** Reads a file from the API, as {@link DifyClient.get} reads. @throws the same, and `tooLarge` */
  async download(path: string, query: Readonly<Record<string, string>>, signal: AbortSignal): Promise<Download> {
    const { url, init } = await this.#read(path, query);
    return await this.#reread(() => this.#bytes(url, init, signal), signal);
  }

  /**
   * Reads a file from an address that an answer gave: such addresses are signed and need no key, so none is sent, wherever they lead.
   *
   * @param address absolute, or, as Dify writes it unless told otherwise, relative to the server
   * @param limit most bytes that are taken
   * @throws as {@link DifyClient.download}; `notFound` for a signature that has expired; `notDify` for what is no address of a file
   */
  async downloadFrom(address: string, signal: AbortSignal, limit = this.#limits.file): Promise<Download> {
    const { baseUrl } = await this.#connect();
    if (!URL.canParse(address, baseUrl)) throw new DifyError('notDify', 'The address of a file is none');
    const url = new URL(address, baseUrl);
    if (!/^https?:$/.test(url.protocol)) throw new DifyError('notDify', `A file at ${url.protocol}`);
    return await this.#reread(() => this.#bytes(url, { method: 'GET' }, signal, limit), signal);
  }

  /**
   * Writes to the API, once; `user` is added to the body.
   *
   * @throws as {@link DifyClient.get}
   */
  async post(path: string, body: Fields, signal: AbortSignal): Promise<JsonAnswer> {
    const { url, init } = await this.#write('POST', path, body);
    return await this.#json(url, init, signal);
  }

  /** The same for what exists already. */
  async put(path: string, body: Fields, signal: AbortSignal): Promise<JsonAnswer> {
    const { url, init } = await this.#write('PUT', path, body);
    return await this.#json(url, init, signal);
  }

  /** Writes, and gets a file for it. @throws as {@link DifyClient.download} */
  async postForFile(path: string, body: Fields, signal: AbortSignal): Promise<Download> {
    const { url, init } = await this.#write('POST', path, body);
    return await this.#bytes(url, init, signal);
  }

  /** Deletes; what is not there is as good as deleted. @throws as {@link DifyClient.get}, but not `notFound` */
  async delete(path: string, signal: AbortSignal): Promise<void> {
    const { url, init } = await this.#write('DELETE', path, {});
    try {
      await this.#json(url, init, signal);
    } catch (error) {
      if (!(error instanceof DifyError && error.kind === 'notFound')) throw error;
    }
  }

  /**
   * Sends a file. It goes out as the network takes it: no more than a piece is held, and the time limit is one between two pieces.
   *
   * @throws as {@link DifyClient.get}; `rejected` with code `file_too_large` also where a gateway said so; what reading the content
   *   threw
   */
  async upload(path: string, file: UploadFile, onProgress: OnProgress, signal: AbortSignal): Promise<JsonAnswer> {
    const { baseUrl, apiKey, user } = await this.#connect();
    const url = new URL(baseUrl + path);
    const what = `POST ${url.pathname}`;
    const form = new UploadForm(file, user);
    const headers = { ...form.headers, authorization: apiKey.authorizationFor(url) };
    try {
      return await within(what, this.#limits.call, signal, async (closing, beat) => {
        closing.addEventListener('abort', () => form.close(), { once: true });
        const body = form.open((sent, size) => {
          beat();
          onProgress(sent, size);
        });
        const init = { method: 'POST', headers, body, duplex: 'half' as const, signal: closing };
        return await readJson(what, await this.#exchange(what, url, init), this.#limits.event);
      });
    } catch (error) {
      throw form.fault ?? uploadError(error);
    } finally {
      form.close();
    }
  }

  /**
   * Starts a generation and yields its events until the turn ends; the last thing it yields is the end. Aborting the signal is the
   * only way to stop: the next thing yielded is the end `stopped`, at once, while in the background Dify is told to stop, the stream
   * is read on for at most 5 s, and then closed (closing earlier makes Dify lose the partial answer).
   *
   * @throws {DifyError} if the request was not taken, or the run failed. A stream that breaks off is no failure but an end.
   */
  generate(call: Generation | Attachment, signal: AbortSignal): AsyncGenerator<TurnEvent, void, void> {
    const { path, stopPath } = call;
    const generates = 'body' in call;
    let key = '';
    const what = `${generates ? 'POST' : 'GET'} ${path}`;
    const calls = {
      what,
      limits: this.#limits,
      ...(generates ? {} : { attached: call.attached }),
      open: async (closing: AbortSignal) => {
        const { url, init } = generates
          ? await this.#write('POST', path, { response_mode: 'streaming', ...call.body })
          : await this.#read(path, call.query);
        key = keyIn(init);
        return await this.#exchange(what, url, { ...init, signal: closing });
      },
      key: () => key,
      stop: async (taskId: string) => {
        await this.post(stopPath(taskId), {}, AbortSignal.timeout(this.#limits.stop));
      },
      pause: (ms: number, stopping: AbortSignal) => this.#pause(ms, stopping),
      leave: (work: Promise<void>) => {
        this.#leaving.add(work);
        void work.finally(() => this.#leaving.delete(work));
      },
    };
    // Not a generator of its own: each one that events pass through costs as much as reading them.
    return generate(calls, signal);
  }

  /** Whatever waits to be sent again is sent now: the person does not want to wait. */
  hurry(): void {
    for (const end of this.#pauses) end();
  }

  /** Resolves when no stopped stream is being read on any more. */
  async settled(): Promise<void> {
    while (this.#leaving.size > 0) await Promise.allSettled(this.#leaving);
  }

  /** @throws the signal's reason once it is aborted */
  async #pause(ms: number, signal: AbortSignal): Promise<void> {
    const hurried = Promise.withResolvers<void>();
    this.#pauses.add(hurried.resolve);
    const over = new AbortController();
    try {
      await Promise.race([hurried.promise, sleep(ms, AbortSignal.any([signal, over.signal]))]);
    } finally {
      this.#pauses.delete(hurried.resolve);
      over.abort();
    }
  }

  async #read(path: string, query: Readonly<Record<string, string>>): Promise<Outgoing> {
    const { baseUrl, apiKey, user } = await this.#connect();
    const url = new URL(baseUrl + path);
    url.search = new URLSearchParams({ ...query, user }).toString();
    return { url, init: { method: 'GET', headers: { authorization: apiKey.authorizationFor(url) } } };
  }

  async #write(method: 'POST' | 'PUT' | 'DELETE', path: string, body: Fields): Promise<Outgoing> {
    const { baseUrl, apiKey, user } = await this.#connect();
    const url = new URL(baseUrl + path);
    const headers = { authorization: apiKey.authorizationFor(url), 'content-type': 'application/json' };
    return { url, init: { method, headers, body: JSON.stringify({ ...body, user }) } };
  }

  async #reread<T>(read: () => Promise<T>, signal: AbortSignal): Promise<T> {
    for (let attempt = 1; ; attempt++) {
      try {
        return await read();
      } catch (error) {
        signal.throwIfAborted();
        const pause = error instanceof DifyError ? rereadAfter(error, attempt, this.#limits) : undefined;
        if (pause === undefined) throw error;
        await sleep(pause, signal);
      }
    }
  }

  /** One request and its whole JSON answer, within the time limit. */
  async #json(url: URL, init: RequestInit, signal: AbortSignal): Promise<JsonAnswer> {
    const what = `${init.method} ${url.pathname}`;
    return await within(what, this.#limits.call, signal, async (closing) =>
      readJson(what, await this.#exchange(what, url, { ...init, signal: closing }), this.#limits.event),
    );
  }

  /** One request and the file it is answered with; the time limit is one between two pieces. */
  async #bytes(url: URL, init: RequestInit, signal: AbortSignal, limit = this.#limits.file): Promise<Download> {
    const what = `${init.method} ${url.pathname}`;
    return await within(what, this.#limits.call, signal, async (closing, beat) => {
      const response = await this.#exchange(what, url, { ...init, signal: closing });
      const type = response.headers.get('content-type')?.split(';')[0]?.trim().toLowerCase();
      return { bytes: await readBytes(response, limit, beat), type: type ?? '' };
    });
  }

  /** Sends the request. @throws {DifyError} for every answer but 2xx */
  async #exchange(what: string, url: URL, init: RequestInit): Promise<Response> {
    const response = await this.#fetch(url.href, { ...init, redirect: 'manual' }).catch((error: unknown) => {
      throw networkError(what, error);
    });
    if (!response.ok) throw await errorOfResponse(what, response, url, keyIn(init));
    return response;
  }
}

interface Outgoing {
  readonly url: URL;
  readonly init: RequestInit;
}

function keyIn({ headers }: RequestInit): string {
  return new Headers(headers).get('authorization')?.replace(/^Bearer /, '') ?? '';
}

async function readJson(what: string, response: Response, limit: number): Promise<JsonAnswer> {
  const body = await readWhole(response, limit);
  const fields = response.status === 204 ? {} : parseJson(body);
  if (!isFields(fields)) throw notDifyError(what, body);
  return { fields, version: response.headers.get('x-version') ?? undefined };
}
