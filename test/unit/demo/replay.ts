import type { App } from '../../../src/demo/apps.ts';
import { createDemoServer } from '../../../src/demo/server.ts';
import { labModel } from '../../lab/model.ts';
import { type RecordedExchange, type Recording, bodyOf } from '../../support/recordings.ts';
import { TestClock, settled } from '../../support/testClock.ts';
import { formBytes, isRecordedForm } from '../../support/recordedForm.ts';
import { type Handle, behindNginx } from '../../dify-server/nginx.ts';
import { keyOf, ownersDeeds, proxyOf } from './console.ts';
import { appOf, recordedAnswer } from './recordedApp.ts';

/** What a server answered, without what differs each time. */
export interface Answer {
  readonly status: number | undefined;
  readonly headers: Readonly<Record<string, string>>;
  readonly body: string;
  readonly pings: number;
  readonly ended: string | undefined;
}

export interface Replayed {
  readonly ours: Answer;
  readonly theirs: Answer;
}

/**
 * Sends a recording's requests to our server at the recorded times of a test clock.
 *
 * @param lab An app of the lab, which answers by the lab's rule model. Without it the app is what the recording shows of it, with a
 * model that answers what the recorded one answered, when it did.
 */
export async function replay(name: string, recording: Recording, lab?: App): Promise<readonly Replayed[]> {
  const date = recording.exchanges[0]?.response?.headers.find(([header]) => header === 'Date')?.[1] ?? '';
  const clock = new TestClock(Date.parse(date));
  const start = clock.now();
  const running: { now: RecordedExchange | undefined } = { now: undefined };
  const app = lab ?? appOf(recording);
  const server = createDemoServer({
    generation: recording.server.generation,
    apps: [
      { ...app, key: 'app-KEY' },
      { ...app, key: 'app-OTHER' },
    ],
    clock,
    tokensPerSecond: Infinity,
    internalFilesUrl: 'http://127.0.0.1:5011',
    source: lab === undefined ? (...asked) => recordedAnswer(running.now, clock)(...asked) : labModel(clock),
    slowStart: slowStartOf(recording),
  });
  const handle = name.includes('/proxy/') ? behindNginx(server.handle, clock, proxyOf(name)) : server.handle;
  const ids = new Map<string, string>();
  const answers: Promise<Replayed>[] = [];
  const exchanges = recording.exchanges.toSorted((one, other) => one.at_ms - other.at_ms);
  for (const exchange of exchanges) {
    const index = recording.exchanges.indexOf(exchange);
    ownersDeeds(name, index, recording)?.(server.owner);
    await clock.pass(Math.max(0, start + exchange.at_ms - clock.now()));
    running.now = exchange;
    answers.push(sent(withKey(exchange, keyOf(name, index)), handle, clock, ids));
    await settled();
  }
  await clock.pass(40_000);
  return Promise.all(answers);
}

/** How long the model took before its first word. A new agent shows only its last. */
function slowStartOf({ exchanges, server }: Recording): number {
  return server.mode === 'agent-chat' ? (exchanges[0]?.response?.head_ms ?? 0) : 0;
}

async function sent(
  exchange: RecordedExchange,
  handle: Handle,
  clock: TestClock,
  ids: Map<string, string>,
): Promise<Replayed> {
  const leaving = new AbortController();
  const recorded = exchange.response;
  if (recorded?.ended === 'client-abort') {
    void clock.sleep(recorded.end_ms, new AbortController().signal).then(() => leaving.abort());
  }
  const recordedText = bodyOf(exchange).toString();
  const response = await handle(requestOf(exchange, ids, leaving.signal));
  const { ended, text } = await readAll(response, (read) => pair(recordedText, read, ids));
  const theirs = translated(recordedText, ids);
  const named = theirs.includes('"name":"About ') ? withoutNames : (unchanged: string) => unchanged;
  return {
    ours: answerOf(
      response.status,
      [...response.headers],
      leaving.signal.aborted ? 'client-abort' : ended,
      named(text),
    ),
    theirs: answerOf(recorded?.status, recorded?.headers ?? [], recorded?.ended, named(theirs)),
  };
}

/** @param see Called with the first piece, which holds what a stop needs, and with the whole. */
async function readAll(
  response: Response,
  see: (text: string) => void,
): Promise<{ readonly text: string; readonly ended: string }> {
  let text = '';
  let ended = 'eof';
  try {
    for await (const chunk of response.body?.pipeThrough(new TextDecoderStream()) ?? []) {
      if (text === '') see(chunk);
      text += chunk;
    }
  } catch {
    ended = 'reset';
  }
  see(text);
  return { text, ended };
}

/** The recorded model had its own way to make up titles. */
function withoutNames(text: string): string {
  return text.replaceAll(/"name":"[^"]*"/g, '"name":"N"');
}

const compared =
  /^(?:content-type|content-disposition|cache-control|accept-ranges|www-authenticate|vary|allow|location|x-version|x-env|access-control-.*)$/;

function answerOf(
  status: number | undefined,
  headers: Iterable<readonly [string, string]>,
  ended: string | undefined,
  text: string,
): Answer {
  const pairs = [...headers].map(([name, value]) => [name.toLowerCase(), withoutHost(value)] as const);
  return {
    status,
    headers: Object.fromEntries(pairs.filter(([name]) => compared.test(name))),
    ended,
    ...comparable(text),
  };
}

export function requestOf(
  { request }: RecordedExchange,
  ids: ReadonlyMap<string, string>,
  signal: AbortSignal,
): Request {
  const { body, headers, method, path } = request;
  const port = headers['Host'] ?? '127.0.0.1:5021';
  return new Request(`http://${port}${translated(path, ids)}`, {
    method,
    headers,
    signal,
    ...bodyFor(body, headers['Content-Type'] ?? '', ids),
  });
}

/** The recorded keys were made unreadable, all alike. */
function withKey(exchange: RecordedExchange, key: string | undefined): RecordedExchange {
  if (key === undefined) return exchange;
  const { request } = exchange;
  return { ...exchange, request: { ...request, headers: { ...request.headers, Authorization: `Bearer ${key}` } } };
}

function bodyFor(
  body: unknown,
  contentType: string,
  ids: ReadonlyMap<string, string>,
): { readonly body?: Uint8Array<ArrayBuffer> } {
  if (body === undefined || body === null) return {};
  if (isRecordedForm(body)) return { body: formBytes(body, contentType) };
  const text = typeof body === 'string' ? body : JSON.stringify(body);
  return { body: new TextEncoder().encode(translated(text, ids)) };
}

const uuid = /[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}/gi;

function idsIn(text: string): readonly string[] {
  return text.match(uuid) ?? [];
}

const link = /timestamp=\d+&nonce=[0-9a-f]{32}&sign=[\w%=-]+/g;

function linksIn(text: string): readonly string[] {
  return text.match(link) ?? [];
}

/** The same place, the same thing: the recorded id or link now means ours. */
export function pair(recorded: string, ours: string, ids: Map<string, string>): void {
  for (const found of [idsIn, linksIn]) {
    const own = found(ours);
    for (const [index, id] of found(recorded).entries()) {
      const other = own[index];
      if (other !== undefined && !ids.has(id)) ids.set(id, other);
    }
  }
}

export function translated(text: string, ids: ReadonlyMap<string, string>): string {
  return text
    .replaceAll(link, (found) => ids.get(found) ?? found)
    .replaceAll(uuid, (id) => {
      const own = ids.get(id.toLowerCase());
      return id === id.toLowerCase() ? (own ?? id) : (own ?? id).toUpperCase();
    });
}

/** Without what differs each time: times, counts, request numbers and the model's title; pings are counted apart. */
function comparable(text: string): { readonly body: string; readonly pings: number } {
  const frames = text.split(/(?<=\n\n)/);
  const body = frames
    .filter((frame) => frame !== 'event: ping\n\n')
    .join('')
    .replaceAll(/("(?:created_at|updated_at|prompt_tokens|completion_tokens|total_tokens|pid)": ?)[1-9]\d*/g, '$1N')
    .replaceAll(/("latency": ?)[\d.e-]+/g, '$1N')
    .replaceAll(link, 'LINK')
    .replaceAll(/"filename":"[0-9a-f]{32}\./g, '"filename":"N.')
    .replaceAll(/req_id: [0-9a-f]{10}/g, 'req_id: N')
    .replace(/^\{"limit".*$/m, sortedRows);
  return { body: withoutHost(body), pings: frames.filter((frame) => frame === 'event: ping\n\n').length };
}

/** Rows of one second come in any order. */
function sortedRows(list: string): string {
  const { data } = JSON.parse(list.replaceAll(':N', ':0')) as { readonly data: readonly unknown[] };
  return list.replace(
    /"data":.*/,
    data
      .map((row) => JSON.stringify(row))
      .toSorted()
      .join('\n'),
  );
}

function withoutHost(text: string): string {
  return text.replaceAll(/127\.0\.0\.1:50\d\d/g, 'HOST');
}
