import { type DemoServer, createDemoServer } from '../../../src/demo/server.ts';
import { type RecordedExchange, type Recording, bodyOf } from '../../support/recordings.ts';
import { TestClock, settled } from '../../support/testClock.ts';
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
 * Sends a recording's requests to our server at the recorded times of a test clock, with a model that answers what the recorded one
 * answered, when it did.
 */
export async function replay(recording: Recording): Promise<readonly Replayed[]> {
  const date = recording.exchanges[0]?.response?.headers.find(([name]) => name === 'Date')?.[1] ?? '';
  const clock = new TestClock(Date.parse(date));
  const start = clock.now();
  const running: { now: RecordedExchange | undefined } = { now: undefined };
  const server = createDemoServer({
    generation: recording.server.generation,
    apps: [appOf(recording)],
    clock,
    tokensPerSecond: Infinity,
    source: (prompt, signal) => recordedAnswer(running.now, clock)(prompt, signal),
  });
  const ids = new Map<string, string>();
  const answers: Promise<Replayed>[] = [];
  const exchanges = recording.exchanges.toSorted((one, other) => one.at_ms - other.at_ms);
  for (const exchange of exchanges) {
    await clock.pass(Math.max(0, start + exchange.at_ms - clock.now()));
    running.now = exchange;
    answers.push(sent(exchange, server, clock, ids));
    await settled();
  }
  await clock.pass(40_000);
  return Promise.all(answers);
}

async function sent(
  exchange: RecordedExchange,
  server: DemoServer,
  clock: TestClock,
  ids: Map<string, string>,
): Promise<Replayed> {
  const leaving = new AbortController();
  const recorded = exchange.response;
  if (recorded?.ended === 'client-abort') {
    void clock.sleep(recorded.end_ms, new AbortController().signal).then(() => leaving.abort());
  }
  const recordedText = bodyOf(exchange).toString();
  const response = await server.handle(requestOf(exchange, ids, leaving.signal));
  const { ended, text } = await readAll(response, (read) => pair(idsIn(recordedText), idsIn(read), ids));
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

const compared = /^(?:content-type|www-authenticate|vary|allow|location|x-version|x-env|access-control-.*)$/;

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

function requestOf({ request }: RecordedExchange, ids: ReadonlyMap<string, string>, signal: AbortSignal): Request {
  const { body, headers, method, path } = request;
  const text = typeof body === 'string' || body === undefined || body === null ? body : JSON.stringify(body);
  const port = headers['Host'] ?? '127.0.0.1:5021';
  return new Request(`http://${port}${translated(path, ids)}`, {
    method,
    headers,
    signal,
    ...(typeof text === 'string' ? { body: new TextEncoder().encode(translated(text, ids)) } : {}),
  });
}

const uuid = /[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}/gi;

function idsIn(text: string): readonly string[] {
  return text.match(uuid) ?? [];
}

/** The same place, the same thing: the recorded id now means ours. */
function pair(recorded: readonly string[], ours: readonly string[], ids: Map<string, string>): void {
  for (const [index, id] of recorded.entries()) {
    const own = ours[index];
    if (own !== undefined && !ids.has(id)) ids.set(id, own);
  }
}

function translated(text: string, ids: ReadonlyMap<string, string>): string {
  return text.replaceAll(uuid, (id) => {
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
