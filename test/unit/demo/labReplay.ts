import type { App } from '../../../src/demo/apps.ts';
import { type DemoServer, createDemoServer } from '../../../src/demo/server.ts';
import { labModel } from '../../lab/model.ts';
import type { WireAnswer } from '../../support/likeness.ts';
import { type RecordedExchange, type Recording, bodyOf } from '../../support/recordings.ts';
import { TestClock, settled } from '../../support/testClock.ts';
import { pair, requestOf, translated } from './replay.ts';

export interface LabReplayed {
  readonly exchange: RecordedExchange;
  readonly ours: WireAnswer;
  readonly theirs: WireAnswer;
}

export interface LabReplayOptions {
  /** Called before each exchange: what happened to the server meanwhile. */
  readonly at?: (index: number, server: DemoServer, clock: TestClock) => void;
  /** What the model thinks before its first word, in ms. */
  readonly firstWord?: number | undefined;
  /** Recorded ids that mean one of ours from the start. */
  readonly ids?: Iterable<readonly [string, string]>;
}

/**
 * Sends a recording's requests at the recorded times of a test clock to our server with an app of the lab and the lab's model. What ids
 * the recorded answers had, ours have others of; requests are translated.
 *
 */
export async function replayInLab(
  recording: Recording,
  app: App,
  { at = () => {}, firstWord, ids: known = [] }: LabReplayOptions = {},
): Promise<readonly LabReplayed[]> {
  const date = recording.exchanges.flatMap(({ response }) => response?.headers ?? []).find(([name]) => name === 'Date');
  const clock = new TestClock(Date.parse(date?.[1] ?? '2026-11-22T11:00:00Z'));
  const start = clock.now();
  const server = createDemoServer({
    generation: recording.server.generation,
    apps: [{ ...app, key: 'app-KEY' }],
    clock,
    tokensPerSecond: Infinity,
    source: labModel(clock, firstWord),
  });
  const ids = new Map<string, string>(known);
  const over = new AbortController();
  const answers: Promise<LabReplayed>[] = [];
  const exchanges = recording.exchanges.toSorted((one, other) => one.at_ms - other.at_ms);
  for (const [index, exchange] of exchanges.entries()) {
    await clock.pass(Math.max(0, start + exchange.at_ms - clock.now()));
    at(index, server, clock);
    answers.push(sent(exchange, { server, clock, ids, patience: patienceOf(recording), over: over.signal }));
    await settled();
  }
  const last = Math.max(...exchanges.map(({ at_ms: begun, response }) => begun + (response?.end_ms ?? 0)));
  await clock.pass(start + last + 40_000 - clock.now());
  over.abort();
  return Promise.all(answers);
}

/** Recordings of clients that give up say when. */
function patienceOf({ about }: Recording): number {
  return Number(/after ([\d.]+) s/.exec(about)?.[1] ?? 0) * 1000;
}

interface Sending {
  readonly server: DemoServer;
  readonly clock: TestClock;
  readonly ids: Map<string, string>;
  /** ms after which a client leaves of which the recording shows no answer. */
  readonly patience: number;
  /** Aborted when the recording is over, whatever still runs. */
  readonly over: AbortSignal;
}

async function sent(exchange: RecordedExchange, sending: Sending): Promise<LabReplayed> {
  const { ids, over, server } = sending;
  const leaving = leavingOf(exchange, sending);
  const body = bodyOf(exchange).toString();
  const request = requestOf(exchange, ids, AbortSignal.any([leaving, over]));
  const response = await server.handle(request).catch(() => undefined);
  const { ended, text } = await read(response, (some) => pair(body, some, ids));
  const ours = { status: response?.status, headers: [...(response?.headers ?? [])], body: text, ended };
  if (ended === 'reset' && leaving.aborted) ours.ended = 'client-abort';
  else if (ended === 'reset' && over.aborted) ours.ended = 'never';
  return { exchange, ours, theirs: theirsOf(exchange, translated(body, ids)) };
}

function theirsOf({ response }: RecordedExchange, body: string): WireAnswer {
  // The recorder writes null where none came.
  const { ended, headers, status } = response ?? { ended: undefined, headers: [], status: undefined };
  return { status, headers, body, ended };
}

/** Aborted when the recorded client left. */
function leavingOf({ response }: RecordedExchange, { clock, patience }: Sending): AbortSignal {
  const leaving = new AbortController();
  const recorded = response ?? undefined;
  const leaves = recorded === undefined || recorded.ended === 'client-abort' || recorded.ended === 'recorder-timeout';
  const after = recorded?.end_ms ?? patience;
  if (leaves) void clock.sleep(after, new AbortController().signal).then(() => leaving.abort());
  return leaving.signal;
}

/** @param see Called with the first pieces, which hold what a stop needs, and with the whole. */
async function read(
  response: Response | undefined,
  see: (text: string) => void,
): Promise<{ readonly text: string; readonly ended: string | undefined }> {
  let text = '';
  let pieces = 0;
  if (response === undefined) return { text, ended: undefined };
  try {
    for await (const chunk of response.body?.pipeThrough(new TextDecoderStream()) ?? []) {
      text += chunk;
      if (pieces++ < 5) see(text);
    }
    see(text);
    return { text, ended: 'eof' };
  } catch {
    see(text);
    return { text, ended: 'reset' };
  }
}
