import { randomUUID } from 'node:crypto';
import { type StreamEvent, eventsOf } from '../support/eventStream.ts';
import { type TestedApp, inputsOf } from './apps.ts';
import type { Ask, Expected, Fields, Got } from './ask.ts';
import { endpointOf } from './endpoints.ts';
import type { Learned } from './learned.ts';
import type { Mode } from './modes.ts';
import { OpenStream, excerpt } from './openStream.ts';
import { endOf, envelopeMisfits, orderMisfits } from './streams.ts';
import type { Target } from './target.ts';

/** What was asked of an app of the mode, and the answer; for those who look at more than one case. */
export interface Reached {
  readonly mode: Mode;
  readonly endpoint: string;
  readonly got: Got;
}

/** Asks one app on behalf of one case, as a user of its own, and holds every answer to what was recorded. */
export class Probe {
  readonly app: TestedApp;
  readonly generation: 'a' | 'b';
  readonly user = `contract-${randomUUID()}`;
  readonly #target: Target;
  readonly #learned: Learned;
  readonly #others: readonly TestedApp[];
  readonly #reached: (reached: Reached) => void;
  /** With the users whose they are. */
  readonly #conversations = new Map<string, unknown>();

  constructor(
    app: TestedApp,
    server: {
      readonly generation: 'a' | 'b';
      readonly target: Target;
      readonly learned: Learned;
      readonly apps: readonly TestedApp[];
      readonly reached: (reached: Reached) => void;
    },
  ) {
    this.app = app;
    this.generation = server.generation;
    this.#target = server.target;
    this.#learned = server.learned;
    this.#others = server.apps;
    this.#reached = server.reached;
  }

  get mode(): Mode {
    return this.app.mode;
  }

  /** An app of another mode, if there is one. */
  other(mode: Mode): TestedApp | undefined {
    return this.#others.find((app) => app.mode === mode && !app.features.has('disabled'));
  }

  /** The form filled in, with this text where it takes text. */
  inputs(text = 'Say hello.'): Fields {
    return inputsOf(this.app, text);
  }

  sleep(ms: number): Promise<void> {
    return this.#target.sleep(ms);
  }

  /**
   * Sends, reads to the end, and looks at the answer.
   *
   * @throws if it is not the one that is expected, or not like those that were recorded
   */
  async send(ask: Ask, expected: Expected): Promise<Got> {
    const response = await this.#fetch(ask);
    const text = await this.#target.during(textOf(response));
    return this.#looked(ask, expected, response, text);
  }

  /** Sends, and reads no further than needed: for those who do something else in between. */
  async open(ask: Ask): Promise<OpenStream> {
    const leaving = new AbortController();
    const response = await this.#fetch(ask, leaving.signal);
    const stream = new OpenStream(response, this.#target, leaving);
    return stream;
  }

  /** Reads an opened stream to its end and looks at it as `send` does. */
  async rest(ask: Ask, expected: Expected, stream: OpenStream): Promise<Got> {
    const text = await stream.toEnd();
    return this.#looked(ask, expected, stream.response, text);
  }

  /** Looks at what has been read of an opened stream. */
  async soFar(ask: Ask, expected: Expected, stream: OpenStream): Promise<Got> {
    return Promise.resolve(this.#looked(ask, expected, stream.response, stream.wholeFrames));
  }

  /** Deletes the conversations that came up. */
  async clean(): Promise<void> {
    for (const [id, user] of this.#conversations) {
      const ask = { method: 'DELETE', path: `/conversations/${id}`, body: { user } };
      await this.#fetch(ask).then(
        (response) => this.#target.during(textOf(response)),
        () => '',
      );
    }
  }

  async #fetch(ask: Ask, signal?: AbortSignal): Promise<Response> {
    const { body, headers, method = body === undefined ? 'GET' : 'POST' } = ask;
    const isJson = body !== undefined && !(body instanceof Uint8Array);
    const all = {
      Authorization: `Bearer ${this.app.key}`,
      ...(isJson ? { 'Content-Type': 'application/json' } : {}),
      ...headers,
    };
    const payload = isJson && typeof body !== 'string' ? JSON.stringify({ user: this.user, ...body }) : body;
    return this.#target.fetch(this.#urlOf(ask, method), {
      method,
      headers: Object.entries(all).filter((pair): pair is [string, string] => pair[1] !== undefined),
      // Bytes, because fetch would give text a content type of its own.
      ...(payload === undefined
        ? {}
        : { body: typeof payload === 'string' ? new TextEncoder().encode(payload) : payload }),
      ...(signal === undefined ? {} : { signal }),
    });
  }

  #urlOf({ path, query }: Ask, method: string): string {
    const { base } = this.#target;
    const url = path.startsWith('//') ? new URL(base).origin + path.slice(1) : base + path;
    const own = { ...(method === 'GET' ? { user: this.user } : {}), ...query };
    const pairs = Object.entries(own).filter((pair): pair is [string, string] => pair[1] !== undefined);
    if (pairs.length === 0) return url;
    return `${url}${url.includes('?') ? '&' : '?'}${new URLSearchParams(pairs).toString()}`;
  }

  #looked(ask: Ask, expected: Expected, response: Response, text: string): Got {
    const { headers, status } = response;
    const method = ask.method ?? (ask.body === undefined ? 'GET' : 'POST');
    const endpoint = endpointOf(method, ask.path.startsWith('//') ? ask.path.slice(1) : `/v1${ask.path}`);
    const type = headers.get('content-type') ?? '';
    const isStream = type.startsWith('text/event-stream');
    const got = { status, headers, text, json: jsonOf(type, text), events: isStream ? eventsOf(text) : [] };
    this.#note(got, ask);
    this.#reached({ mode: this.mode, endpoint, got });
    const wrong = [
      ...expectedMisfits(expected, got, type),
      ...(isStream ? this.#streamMisfits(endpoint, expected, got.events) : this.#bodyMisfits(endpoint, got, type)),
    ];
    if (wrong.length > 0) {
      throw new Error(`${endpoint} ${this.#safe(wrong.slice(0, 5).join('; '))}. It said: ${this.#safe(excerpt(text))}`);
    }
    return got;
  }

  #bodyMisfits(endpoint: string, { status, text }: Got, type: string): readonly string[] {
    if (!type.startsWith('application/json') || text === '') return [];
    return this.#learned.bodyMisfits(endpoint, status, JSON.parse(text));
  }

  #streamMisfits(endpoint: string, { end = [] }: Expected, events: readonly StreamEvent[]): readonly string[] {
    const ends = [end].flat();
    const came = endOf(this.mode, events);
    const shapes = events
      .filter(({ event }) => event !== 'ping')
      .flatMap((event) => this.#learned.eventMisfits(endpoint, this.mode, event));
    return [
      ...(ends.length === 0 || ends.includes(came) ? [] : [`the stream ends as ${came}, not as ${ends.join(' or ')}`]),
      ...(endpoint.startsWith('POST') ? orderMisfits(this.mode, this.generation, events) : []),
      ...envelopeMisfits(events),
      ...new Set(shapes),
    ];
  }

  /** Remembers conversations, to delete them in the end. */
  #note({ events, json }: Got, { body }: Ask): void {
    const user = typeof body === 'object' && 'user' in body ? body.user : this.user;
    for (const { conversation_id: id } of [json, ...events]) {
      if (typeof id === 'string') this.#conversations.set(id, user);
    }
  }

  #safe(text: string): string {
    return this.#others.reduce((safe, { key }) => safe.replaceAll(key, 'app-…'), text);
  }
}

async function textOf(response: Response): Promise<string> {
  const isText = /json|text|xml/.test(response.headers.get('content-type') ?? '');
  return isText ? response.text() : Buffer.from(await response.arrayBuffer()).toString('latin1');
}

function jsonOf(type: string, text: string): Fields {
  if (!type.startsWith('application/json') || text === '') return {};
  const value: unknown = JSON.parse(text);
  return typeof value === 'object' && value !== null ? (value as Fields) : {};
}

function expectedMisfits(expected: Expected, { json, status }: Got, type: string): readonly string[] {
  if (status !== expected.status) return [`answers ${status} ${JSON.stringify(json['code'])}, not ${expected.status}`];
  const wanted = expected.type ?? (expected.end === undefined ? 'application/json' : 'text/event-stream');
  return [
    ...(type.startsWith(wanted) ? [] : [`answers with ${type}, not ${wanted}`]),
    ...(expected.code === undefined || json['code'] === expected.code
      ? []
      : [`says ${String(json['code'])}, not ${expected.code}`]),
  ];
}
