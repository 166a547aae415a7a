import type { App } from '../../../src/demo/apps.ts';
import { type DemoServer, type DemoServerOptions, createDemoServer } from '../../../src/demo/server.ts';
import { labModel } from '../../lab/model.ts';
import { type WireAnswer, differences } from '../../support/likeness.ts';
import { type RecordedExchange, type Recording, bodyOf } from '../../support/recordings.ts';
import { TestClock, settled } from '../../support/testClock.ts';

export interface LabReplay extends Pick<DemoServerOptions, 'formLimit'> {
  readonly apps: readonly App[];
  /** Of the app that answers; all keys in the recordings are masked. */
  readonly key: string;
  /** Of single exchanges, by their place. */
  readonly keys?: Readonly<Record<number, string>>;
  /** How long before the first request the server was started, in ms: its minute timer counts from there. */
  readonly age?: number;
  readonly workerIsDown?: boolean;
}

/**
 * Sends a recording's requests at the recorded times of a test clock to a server with apps of the lab. Says for each exchange in what
 * the two answers are unlike.
 */
export async function likenessOf(recording: Recording, setting: LabReplay): Promise<readonly (readonly string[])[]> {
  const pairs = await replayed(recording, setting);
  return pairs.map(([theirs, ours]) => differences(theirs, ours));
}

/** What the real server answered and what ours does, for each exchange. */
export async function replayed(
  recording: Recording,
  setting: LabReplay,
): Promise<readonly (readonly [theirs: WireAnswer, ours: WireAnswer])[]> {
  const clock = new TestClock(1_795_344_500_000);
  const { generation } = recording.server;
  const { apps, formLimit } = setting;
  const server = createDemoServer({
    generation,
    apps,
    clock,
    tokensPerSecond: Infinity,
    source: labModel(clock),
    ...(formLimit === undefined ? {} : { formLimit }),
  });
  if (setting.workerIsDown === true) server.worker.stop();
  await clock.pass(setting.age ?? 0);
  const start = clock.now();
  const ids: Ids = new Map();
  const answers = [];
  const inOrder = [...recording.exchanges.entries()].toSorted(([, one], [, other]) => one.at_ms - other.at_ms);
  for (const [index, exchange] of inOrder) {
    await clock.pass(Math.max(0, start + exchange.at_ms - clock.now()));
    const key = setting.keys?.[index] ?? setting.key;
    const ours = sent(exchange, { server, clock, ids, key });
    answers.push({ index, answer: ours.then((answer) => [wireAnswerOf(exchange), answer] as const) });
    await settled();
  }
  await clock.pass(400_000);
  const sorted = answers.toSorted((one, other) => one.index - other.index);
  return Promise.all(sorted.map(({ answer }) => answer));
}

/** Ours for theirs: ids and the tokens of forms. */
type Ids = Map<string, string>;

interface Lab {
  readonly server: DemoServer;
  readonly clock: TestClock;
  readonly ids: Ids;
  readonly key: string;
}

async function sent(exchange: RecordedExchange, lab: Lab): Promise<WireAnswer> {
  const leaving = new AbortController();
  const recorded = exchange.response ?? undefined;
  const isLeft = recorded === undefined || recorded.ended === 'client-abort' || recorded.ended === 'recorder-timeout';
  if (isLeft) {
    const after = recorded?.end_ms ?? 3000;
    void lab.clock.sleep(after, new AbortController().signal).then(() => leaving.abort());
  }
  try {
    const response = await lab.server.handle(requestOf(exchange, lab, leaving.signal));
    const theirs = bodyOf(exchange).toString();
    const { ended, text } = await readAll(response, (ours) => learn(theirs, ours, lab.ids));
    return {
      status: response.status,
      headers: [...response.headers],
      body: text,
      ended: leaving.signal.aborted ? 'client-abort' : ended,
    };
  } catch {
    return { status: undefined, headers: [], body: '', ended: 'client-abort' };
  }
}

/** @param see Called with what has come, whenever something has. */
async function readAll(
  response: Response,
  see: (text: string) => void,
): Promise<{ readonly text: string; readonly ended: string }> {
  let text = '';
  try {
    for await (const chunk of response.body?.pipeThrough(new TextDecoderStream()) ?? []) {
      text += chunk;
      see(text);
    }
    return { text, ended: 'eof' };
  } catch {
    return { text, ended: 'reset' };
  }
}

function requestOf({ request }: RecordedExchange, { ids, key }: Lab, signal: AbortSignal): Request {
  const { body, headers, method, path } = request;
  return new Request(`http://${headers['Host'] ?? '127.0.0.1'}${translated(path, ids)}`, {
    method,
    headers: headersOf(headers, key, body),
    signal,
    ...bodyFor(body, ids),
  });
}

function headersOf(headers: Readonly<Record<string, string>>, key: string, body: unknown): Record<string, string> {
  const kept = Object.entries(headers).filter(([name]) => !(isForm(body) && name.toLowerCase() === 'content-type'));
  return Object.fromEntries(
    kept.map(([name, value]) => [name, name.toLowerCase() === 'authorization' ? `Bearer ${key}` : value]),
  );
}

type Part = readonly [
  name: string,
  value: string | { readonly name: string; readonly type: string; readonly size: number },
];

function isForm(body: unknown): body is { readonly form: readonly Part[] } {
  return typeof body === 'object' && body !== null && 'form' in body && Array.isArray(body.form);
}

function bodyFor(body: unknown, ids: Ids): { readonly body?: string | FormData } {
  if (body === undefined || body === null) return {};
  if (!isForm(body)) return { body: translated(typeof body === 'string' ? body : JSON.stringify(body), ids) };
  const form = new FormData();
  for (const [name, value] of body.form) {
    if (typeof value === 'string') form.append(name, value);
    else form.append(name, new File([new Uint8Array(value.size)], value.name, { type: value.type }));
  }
  return { body: form };
}

function wireAnswerOf(exchange: RecordedExchange): WireAnswer {
  const { response } = exchange;
  if (response === undefined || response === null)
    return { status: undefined, headers: [], body: '', ended: undefined };
  return {
    status: response.status,
    headers: response.headers,
    body: bodyOf(exchange).toString(),
    ended: response.ended,
  };
}

/** The nth id of a name in their answer is the nth in ours; a form's token is that of the same node. */
function learn(theirs: string, ours: string, ids: Ids): void {
  const here = idsByName(ours);
  for (const [name, values] of idsByName(theirs)) {
    for (const [index, value] of values.entries()) {
      const own = here.get(name)?.[index];
      if (own !== undefined && !ids.has(value)) ids.set(value, own);
    }
  }
}

function idsByName(text: string): ReadonlyMap<string, readonly string[]> {
  const found = new Map<string, string[]>();
  const named = /"(\w*id)": ?"([0-9a-f-]{36})"|"node_id": ?"(\w+)"(?:(?!"node_id").)*?"form_token": ?"(\w{22})"/g;
  for (const [, name, id, node, token] of text.matchAll(named)) {
    const [key, value] = token === undefined ? [name ?? '', id ?? ''] : [`token of ${node}`, token];
    const values = found.get(key) ?? [];
    if (!values.includes(value)) values.push(value);
    found.set(key, values);
  }
  return found;
}

function translated(text: string, ids: Ids): string {
  return text.replaceAll(/[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}|\b[0-9A-Za-z]{22}\b/g, (id) => ids.get(id) ?? id);
}
