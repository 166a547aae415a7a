import assert from 'node:assert/strict';
import { DifyClient } from '../../src/dify/client.ts';
import { ApiKey } from '../../src/dify/apiKey.ts';
import { DifyError } from '../../src/dify/errors.ts';
import { bodyOf, recording, recordingsIn, type RecordedExchange } from './recordings.ts';

/** A call that was recorded, with what one asks of it. */
export interface RecordedCall {
  /** Like `a/chat/delete #3`. */
  readonly name: string;
  readonly generation: 'a' | 'b';
  readonly url: URL;
  readonly status: number;
  /** The JSON that was sent, or nothing. */
  readonly sent: Readonly<Record<string, unknown>>;
  /** The JSON that came; `undefined` for anything else. */
  readonly json: unknown;
  readonly exchange: RecordedExchange;
}

const folders = ['advanced-chat', 'agent', 'agent-chat', 'chat', 'completion', 'human-input', 'proxy', 'reattach'];
const directories = [...folders, 'special', 'workflow'].flatMap((folder) => [`a/${folder}`, `b/${folder}`]);
let all: readonly RecordedCall[] | undefined;

/** The recorded calls of a method whose path, without `/v1`, is the pattern's. */
export function recordedCalls(method: string, path: RegExp): readonly RecordedCall[] {
  all ??= directories.flatMap(callsIn);
  const found = all.filter(
    ({ exchange, url }) => exchange.request.method === method && path.test(url.pathname.replace(/^\/v1/, '')),
  );
  assert.ok(found.length > 0, `${method} ${path.source} was recorded`);
  return found;
}

function callsIn(directory: string): readonly RecordedCall[] {
  return namesIn(directory).flatMap((name) => {
    const { exchanges, server } = recording(name);
    return exchanges.flatMap((exchange, index) => {
      // A call that got no answer has null there, or nothing.
      const { request, response } = exchange;
      const type = response?.headers.find(([key]) => key.toLowerCase() === 'content-type')?.[1] ?? '';
      if (!response || type.startsWith('text/event-stream')) return [];
      const url = new URL(request.path, 'http://dify.test');
      const { body } = request;
      const sent = typeof body === 'object' && body !== null ? { ...body } : {};
      const json: unknown = type === 'application/json' ? parsed(bodyOf(exchange).toString()) : undefined;
      const call = { name: `${name} #${index}`, generation: server.generation, url, status: response.status };
      return [{ ...call, sent, json, exchange }];
    });
  });
}

function namesIn(directory: string): readonly string[] {
  try {
    return recordingsIn(directory);
  } catch {
    // Not every theme was recorded on both generations.
    return [];
  }
}

function parsed(text: string): unknown {
  return text === '' ? undefined : JSON.parse(text);
}

/** A request that the client sent. */
export interface SentRequest {
  readonly method: string;
  /** Path and query without `/v1`. */
  readonly path: string;
  /** JSON without `user`. */
  readonly body: unknown;
}

/** A client that gets the recorded answer, whatever it asks, once per try. */
export function clientGetting(call: RecordedCall): { readonly client: DifyClient; readonly sent: SentRequest[] } {
  const sent: SentRequest[] = [];
  const baseUrl = 'http://dify.test/v1';
  const connection = { baseUrl, apiKey: new ApiKey('app-test', 'http://dify.test'), user: 'u-1' };
  const fetch = async (address: string, init: RequestInit): Promise<Response> => {
    const { pathname, searchParams } = new URL(address);
    const { user = 'none', ...body } = typeof init.body === 'string' ? JSON.parse(init.body) : { user: undefined };
    if (typeof init.body === 'string') assert.equal(user, 'u-1');
    searchParams.delete('user');
    const query = searchParams.size === 0 ? '' : `?${searchParams.toString()}`;
    const path = pathname.replace(/^\/v1/, '') + query;
    sent.push({ method: init.method ?? '', path, body: init.body === undefined ? undefined : body });
    if (init.body instanceof ReadableStream) for await (const piece of init.body) void piece;
    return answerOf(call);
  };
  return { client: new DifyClient(() => Promise.resolve(connection), fetch, { pause: 0 }), sent };
}

/** The recorded answer as `fetch` gives it. */
export function answerOf({ exchange, status }: RecordedCall): Response {
  const headers = new Headers();
  for (const [name, value] of exchange.response?.headers ?? []) {
    if (!/^(?:content-length|transfer-encoding|connection|date|server)$/i.test(name)) headers.append(name, value);
  }
  return new Response(status === 204 ? null : new Uint8Array(bodyOf(exchange)), { status, headers });
}

/** What the promise rejects with. */
export async function failureOf(work: Promise<unknown>): Promise<DifyError> {
  const thrown: unknown = await work.then(
    () => undefined,
    (error: unknown) => error,
  );
  assert.ok(thrown instanceof DifyError, String(thrown));
  return thrown;
}

/**
 * The members of the recorded JSON whose values are not in what was read of it, as paths like `data[].id`. Nothing is lost of null and
 * of what is empty; names may be written otherwise (`createdAt` for `created_at`); JSON text may have become what it means.
 */
export function lost(recorded: unknown, read: unknown, path = ''): readonly string[] {
  if (isNothing(recorded)) return [];
  if (Array.isArray(recorded)) {
    const items: readonly unknown[] = Array.isArray(read) ? read : [];
    return recorded.flatMap((item, index) => lost(item, items[index], `${path}[]`));
  }
  if (!isObject(recorded) && isObject(read)) return lost(JSON.parse(String(recorded)), read, path);
  return isObject(recorded) ? lostMembers(recorded, read, path) : recorded === read ? [] : [path];
}

function lostMembers(recorded: object, read: unknown, path: string): readonly string[] {
  const members = new Map(
    Object.entries(isObject(read) ? read : {}).map(([key, value]) => [plain(key), value as unknown]),
  );
  return Object.entries(recorded).flatMap(([key, value]) =>
    lost(value, members.get(plain(key)), path === '' ? key : `${path}.${key}`),
  );
}

function isObject(value: unknown): value is object {
  return typeof value === 'object' && value !== null;
}

function isNothing(value: unknown): boolean {
  if (value === null || value === undefined || value === '') return true;
  return typeof value === 'object' && Object.keys(value).length === 0;
}

function plain(key: string): string {
  return key.replaceAll(/[_-]/g, '').toLowerCase();
}
