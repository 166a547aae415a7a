import type { App } from '../../../src/demo/apps.ts';
import { type DemoServer, type DemoServerOptions, createDemoServer } from '../../../src/demo/server.ts';
import { type Handle, type NginxOptions, behindNginx } from '../../dify-server/nginx.ts';
import { labApps } from '../../lab/apps.ts';
import { labModel } from '../../lab/model.ts';
import type { WireAnswer } from '../../support/likeness.ts';
import { formBytes, isRecordedForm } from '../../support/recordedForm.ts';
import { type RecordedExchange, type Recording, bodyOf, headerOf } from '../../support/recordings.ts';
import { TestClock, settled } from '../../support/testClock.ts';
import { recordedAnswer } from './recordedApp.ts';
import { Names } from './names.ts';

/** The key that recordings show, whatever it was. */
export const ownKey = 'app-KEY';

/** That of another app, which is just like it. */
export const twinKey = 'app-OTHER';

/** How our server is set up for a recording. */
export interface Setting extends Pick<DemoServerOptions, 'formLimit'> {
  /** The app that the recording talks to, under the key that recordings show. */
  readonly app: App;
  /** Who answers: the lab's rule model, or one that says what the recorded model said, when it did. */
  readonly model: 'lab' | 'recorded';
  /** Keys of single exchanges that were not the app's; recordings show the same key everywhere. */
  readonly keys?: Readonly<Record<number, string>>;
  /** How long before the first request the server was started, in ms: what it does once a minute counts from there. */
  readonly age?: number;
  /** What the lab's model thinks before its first word, in ms. */
  readonly firstWord?: number;
  /** Recorded ids that mean one of ours from the start. */
  readonly ids?: Iterable<readonly [string, string]>;
  /** The proxy before the server, if there was one. */
  readonly proxy?: NginxOptions;
  /** Called before each exchange: what happened to the server meanwhile, say in Dify's console. */
  readonly at?: (index: number, server: DemoServer, clock: TestClock) => void;
}

export interface Pair {
  readonly exchange: RecordedExchange;
  readonly theirs: WireAnswer;
  readonly ours: WireAnswer;
}

/**
 * Sends a recording's requests to our server at the recorded times of a test clock; ids and tokens that the recorded answers had are
 * replaced by those that ours have.
 *
 * @returns one pair for each exchange, in the order of the recording
 */
export async function replay(recording: Recording, setting: Setting): Promise<readonly Pair[]> {
  const clock = new TestClock(startOf(recording));
  const running: { now: RecordedExchange | undefined } = { now: undefined };
  const server = serverFor(recording, setting, clock, running);
  await clock.pass(setting.age ?? 0);
  const over = new AbortController();
  const lab: Lab = {
    handle: setting.proxy === undefined ? server.handle : behindNginx(server.handle, clock, setting.proxy),
    clock,
    names: new Names(setting.ids ?? []),
    patience: Number(/after ([\d.]+) s/.exec(recording.about)?.[1] ?? 3) * 1000,
    over: over.signal,
  };
  const start = clock.now();
  const pairs: { readonly index: number; readonly pair: Promise<Pair> }[] = [];
  for (const [index, exchange] of [...recording.exchanges.entries()].toSorted(byTime)) {
    await clock.pass(Math.max(0, start + exchange.at_ms - clock.now()));
    setting.at?.(index, server, clock);
    running.now = exchange;
    pairs.push({ index, pair: sent(withKey(exchange, setting.keys?.[index]), lab) });
    await settled();
  }
  const last = Math.max(...recording.exchanges.map(({ at_ms: at, response }) => at + (response?.end_ms ?? 0)));
  await clock.pass(start + last + 60_000 - clock.now());
  over.abort();
  return Promise.all(pairs.toSorted((one, other) => one.index - other.index).map(({ pair }) => pair));
}

function byTime([, one]: readonly [number, RecordedExchange], [, other]: readonly [number, RecordedExchange]): number {
  return one.at_ms - other.at_ms;
}

function startOf({ exchanges }: Recording): number {
  const date = exchanges.map((exchange) => headerOf(exchange, 'date')).find((each) => each !== undefined);
  return Date.parse(date ?? '2026-11-22T11:00:00Z');
}

function serverFor(
  { server }: Recording,
  { app, firstWord, formLimit, model }: Setting,
  clock: TestClock,
  running: { readonly now: RecordedExchange | undefined },
): DemoServer {
  const others = labApps.map((lab) => lab.app).filter(({ key }) => key !== app.key);
  return createDemoServer({
    generation: server.generation,
    apps: [{ ...app, key: ownKey }, { ...app, key: twinKey }, ...others],
    clock,
    tokensPerSecond: Infinity,
    internalFilesUrl: 'http://127.0.0.1:5011',
    source: model === 'lab' ? labModel(clock, firstWord) : (...asked) => recordedAnswer(running.now, clock)(...asked),
    ...(formLimit === undefined ? {} : { formLimit }),
  });
}

interface Lab {
  readonly handle: Handle;
  readonly clock: TestClock;
  readonly names: Names;
  /** ms after which a client leaves of which the recording shows no answer. */
  readonly patience: number;
  /** Aborted when the recording is over, whatever still runs. */
  readonly over: AbortSignal;
}

async function sent(exchange: RecordedExchange, lab: Lab): Promise<Pair> {
  const leaving = leavingOf(exchange, lab);
  const body = bodyOf(exchange).toString();
  const request = requestOf(exchange, lab.names, AbortSignal.any([leaving, lab.over]));
  const response = await lab.handle(request).catch(() => undefined);
  const { ended, text } = await read(response, (some) => lab.names.learn(body, some));
  const isCut = ended === 'reset' && (leaving.aborted || lab.over.aborted);
  return {
    exchange,
    theirs: theirsOf(exchange, body),
    ours: {
      status: response?.status,
      headers: [...(response?.headers ?? [])],
      body: text,
      ended: isCut ? 'client-abort' : ended,
    },
  };
}

function theirsOf({ response }: RecordedExchange, body: string): WireAnswer {
  return { status: response?.status, headers: response?.headers ?? [], body, ended: response?.ended };
}

/** Aborted when the recorded client left. */
function leavingOf({ response }: RecordedExchange, { clock, patience }: Lab): AbortSignal {
  const leaving = new AbortController();
  // The recorder writes null where no answer came.
  const isLeft = !response || response.ended === 'client-abort' || response.ended === 'recorder-timeout';
  if (isLeft) {
    void clock.sleep(response?.end_ms ?? patience, new AbortController().signal).then(() => leaving.abort());
  }
  return leaving.signal;
}

/** @param see Called with the first pieces, which hold what a stop needs, and with the whole. */
async function read(
  response: Response | undefined,
  see: (text: string) => void,
): Promise<{ readonly text: string; readonly ended: string | undefined }> {
  let text = '';
  if (response === undefined) return { text, ended: undefined };
  let ended = 'eof';
  let pieces = 0;
  try {
    for await (const chunk of response.body?.pipeThrough(new TextDecoderStream()) ?? []) {
      text += chunk;
      if (pieces++ < 8) see(text);
    }
  } catch {
    ended = 'reset';
  }
  see(text);
  return { text, ended };
}

function requestOf({ request }: RecordedExchange, names: Names, signal: AbortSignal): Request {
  const { body, headers, method, path } = request;
  return new Request(`http://${headers['Host'] ?? '127.0.0.1:5021'}${names.translated(path)}`, {
    method,
    headers,
    signal,
    ...bodyFor(body, headers['Content-Type'] ?? '', names),
  });
}

function bodyFor(body: unknown, type: string, names: Names): { readonly body?: Uint8Array<ArrayBuffer> } {
  if (body === undefined || body === null) return {};
  if (isRecordedForm(body)) return { body: formBytes(body, type) };
  const text = typeof body === 'string' ? body : JSON.stringify(body);
  return { body: new TextEncoder().encode(names.translated(text)) };
}

function withKey(exchange: RecordedExchange, key: string | undefined): RecordedExchange {
  if (key === undefined) return exchange;
  const { request } = exchange;
  return { ...exchange, request: { ...request, headers: { ...request.headers, Authorization: `Bearer ${key}` } } };
}
