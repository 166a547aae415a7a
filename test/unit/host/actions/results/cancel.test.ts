import assert from 'node:assert/strict';
import { ask } from '../../../../../src/conversation/ask.ts';
import type { RunEvent } from '../../../../../src/conversation/run.ts';
import { createDemoServer, type DemoServer } from '../../../../../src/demo/server.ts';
import { ApiKey } from '../../../../../src/dify/apiKey.ts';
import { chat } from '../../../../../src/dify/chat.ts';
import { DifyClient, type Fetch } from '../../../../../src/dify/client.ts';
import { complete } from '../../../../../src/dify/completion.ts';
import type { TurnEvent } from '../../../../../src/dify/turn.ts';
import { runWorkflow } from '../../../../../src/dify/workflows.ts';
import { runParts, type Reads } from '../../../../../src/host/actions/results/runParts.ts';
import { settled, TestClock } from '../../../../support/testClock.ts';

const words = { t: (text: string): string => text, host: 'demo.invalid', keepsAnswers: false };
const rounds = 25;
const abreast = 20;
/** In milliseconds: so late is a run cancelled at most, so that some are over before. */
const latest = 4_000;
const cases = ['completion', 'chat', 'workflow', 'advanced-chat'] as const;

/** One run, and what the network saw of it. */
interface Case {
  readonly user: string;
  readonly texts: { readonly at: number }[];
  readonly stops: { readonly path: string; readonly user: unknown }[];
  cancelledAt: number;
  end: string;
  /** What was read for the client until it was cancelled. */
  read: string;
  /** When the server's stream was over, or was closed by the client. */
  closedAt: number;
}

/** The same numbers in each run of the tests. */
function random(seed: number): () => number {
  let state = seed;
  return () => {
    state = (state * 1_664_525 + 1_013_904_223) % 4_294_967_296;
    return state / 4_294_967_296;
  };
}

/** Brings requests to the server and watches them. */
function watchedFetch(server: DemoServer, clock: TestClock, seen: Case): Fetch {
  return async (url, init) => {
    const request = new Request(url, init);
    const path = new URL(url).pathname;
    if (path.endsWith('/stop')) {
      seen.stops.push({
        path,
        user: (JSON.parse(typeof init.body === 'string' ? init.body : '{}') as { user: unknown }).user,
      });
    }
    const response = await server.handle(request);
    if (path.endsWith('/stop') || response.body === null) return response;
    const closed = (): void => void (seen.closedAt = clock.now());
    const decoder = new TextDecoder();
    const watched = new TransformStream<Uint8Array, Uint8Array>({
      transform(bytes, controller) {
        if (seen.cancelledAt === Infinity) seen.read += decoder.decode(bytes, { stream: true });
        controller.enqueue(bytes);
      },
      flush: closed,
    });
    request.signal.addEventListener('abort', closed);
    return new Response(response.body.pipeThrough(watched, { signal: request.signal }), response);
  };
}

function turnOf(
  mode: (typeof cases)[number],
  client: DifyClient,
  signal: AbortSignal,
): AsyncGenerator<TurnEvent, void> {
  const text =
    'The boats left at nine. The lamps were lit at ten. The last one came back in the morning, with the mail.';
  switch (mode) {
    case 'completion':
      return complete(client, { inputs: { query: text } }, signal);
    case 'workflow':
      return runWorkflow(client, { inputs: { text } }, signal);
    default:
      return chat(client, { query: `What are actions? ${text}`, inputs: {}, conversation_id: '' }, signal);
  }
}

async function cancelled(
  mode: (typeof cases)[number],
  after: number,
  server: DemoServer,
  clock: TestClock,
): Promise<Case> {
  const user = `u-${crypto.randomUUID()}`;
  const seen: Case = { user, texts: [], stops: [], cancelledAt: Infinity, end: '', read: '', closedAt: Infinity };
  const app = server.apps.find((offered) => offered.mode === mode && !offered.name.includes('Approval'));
  const apiKey = new ApiKey(app?.key ?? '', 'https://demo.invalid');
  const connection = { baseUrl: 'https://demo.invalid/v1', apiKey, user };
  const client = new DifyClient(() => Promise.resolve(connection), watchedFetch(server, clock, seen));
  const stopping = new AbortController();
  const told = (_: number, event: RunEvent): void => {
    if (event.type === 'textAppended' || event.type === 'textReplaced') seen.texts.push({ at: clock.now() });
    else seen.end = event.type;
  };
  void clock.sleep(after, new AbortController().signal).then(() => {
    seen.cancelledAt = clock.now();
    stopping.abort();
  });
  const reads: Reads<string> = {
    ask: (_, signal) => ask(turnOf(mode, client, signal), words),
    rest: () => assert.fail('No connection is lost'),
  };
  await runParts(['one'], reads, told, stopping.signal);
  await client.settled();
  return seen;
}

describe('1,000 answers that are cancelled at random moments', () => {
  for (const generation of ['a', 'b'] as const) {
    it(`tell no more text, stop the server once, and close in time, on a Dify of generation ${generation}`, async function () {
      // They take half a second, and on a busy machine ten times that.
      this.timeout(30_000);
      const next = random(generation === 'a' ? 1 : 2);
      const ends = new Map<string, number>();
      for (let round = 0; round < rounds; round++) {
        const clock = new TestClock();
        const server = createDemoServer({ generation, clock, tokensPerSecond: 20 });
        const running = Array.from({ length: abreast }, (_, n) =>
          cancelled(cases[n % cases.length] ?? 'chat', Math.floor(next() * latest), server, clock),
        );
        let isOver = false;
        void Promise.all(running).then(() => (isOver = true));
        while (!isOver) await clock.pass(100);
        for (const seen of await Promise.all(running)) check(seen, ends);
        await settled();
      }
      assert.ok((ends.get('stopped') ?? 0) > 200, JSON.stringify([...ends]));
    });
  }
});

function check(seen: Case, ends: Map<string, number>): void {
  const { cancelledAt, stops, user, texts, closedAt, end, read } = seen;
  ends.set(end, (ends.get(end) ?? 0) + 1);
  assert.ok(end === 'stopped' || end === 'answered', end);
  assert.deepEqual(
    texts.filter(({ at }) => at > cancelledAt),
    [],
  );
  const hadTask = read.includes('"task_id"');
  if (end === 'answered') assert.deepEqual(stops, []);
  else if (hadTask)
    assert.deepEqual(
      stops.map((stop) => stop.user),
      [user],
    );
  assert.ok(stops.length <= 1);
  assert.ok(closedAt <= Math.min(cancelledAt, 1e15) + 5_000, `${closedAt - cancelledAt} ms after`);
}
