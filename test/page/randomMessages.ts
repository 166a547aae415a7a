import * as fc from 'fast-check';
import { ask } from '../../src/conversation/ask.ts';
import type { Message } from '../../src/conversation/conversation.ts';
import { reduceRun } from '../../src/conversation/reduceRun.ts';
import { newRun, type Run } from '../../src/conversation/run.ts';
import { readStreamEvent } from '../../src/dify/events.ts';
import type { TurnEvent } from '../../src/dify/turn.ts';
import { expectedEvents, framesOf, type WireEvent } from '../replay/frames.ts';
import { someMessage } from '../support/conversations.ts';
import { change, changed } from '../support/damage.ts';
import { t } from '../support/english.ts';
import { recordedFolders } from '../support/recordings.ts';
import { recordedStreams } from '../support/recordedStreams.ts';

const words = { t, host: 'dify.test', keepsAnswers: true };

/** What real servers sent in answer to one request: without what says no more than its neighbour, and no longer than this. */
const mostEvents = 40;
const streams: readonly (readonly WireEvent[])[] = recordedFolders()
  .filter((folder) => !/\/(?:chat|completion|proxy)$/.test(folder))
  .flatMap(recordedStreams)
  .map(({ bytes }) => expectedEvents(framesOf(bytes)))
  .map((events) => events.filter(({ event }, index) => event !== events[index - 2]?.event).slice(0, mostEvents))
  .filter((events) => events.length > 2 && JSON.stringify(events).length < 40_000);

/** How an order of events is another one than a server keeps: one of them is left out, told twice, or comes earlier. */
interface Disorder {
  readonly how: 'left out' | 'twice' | 'earlier';
  readonly at: number;
}

const disorder: fc.Arbitrary<Disorder> = fc.record({
  how: fc.constantFrom('left out', 'twice', 'earlier'),
  at: fc.nat(),
});

const damagedStream = fc.record({
  events: fc.constantFrom(...streams),
  changes: fc.array(change, { minLength: 1, maxLength: 8 }),
  disorders: fc.array(disorder, { maxLength: 3 }),
});

/** What becomes of an answer whose events have members that are missing, of another type or unknown, or come in another order. */
export const messageFromWire: fc.Arbitrary<() => Promise<Message>> = damagedStream.map(
  ({ events, changes, disorders }) =>
    async () => {
      const damaged: unknown = changes.reduce(changed, structuredClone([...events]));
      const sent = disorders.reduce(disordered, Array.isArray(damaged) ? damaged : []);
      let run = newRun;
      for await (const event of ask(turnOf(sent), words)) run = reduceRun(run, event);
      return message(run);
    },
);

function disordered(events: readonly unknown[], { how, at }: Disorder): readonly unknown[] {
  const index = at % Math.max(1, events.length);
  const before = events.slice(0, index);
  if (how === 'left out') return [...before, ...events.slice(index + 1)];
  if (how === 'twice') return [...before, events[index], ...events.slice(index)];
  return [events[index], ...before, ...events.slice(index + 1)];
}

async function* turnOf(sent: readonly unknown[]): AsyncGenerator<TurnEvent, void, void> {
  for (const frame of sent) {
    const event = isWire(frame) ? readStreamEvent(frame) : undefined;
    if (event !== undefined) yield await Promise.resolve(event);
  }
  yield { event: 'end', reason: 'done' };
}

function isWire(frame: unknown): frame is WireEvent {
  return typeof frame === 'object' && frame !== null;
}

function message(run: Run): Message {
  return someMessage({ query: 'Q', run });
}

/** What of a run is another value of the same type: ids that are nowhere, states that nobody knows, numbers beyond everything. */
interface Twist {
  readonly at: number;
  readonly pick: number;
}

const twists = fc.array(fc.record({ at: fc.nat(), pick: fc.nat() }), { minLength: 1, maxLength: 8 });

/** An answer as it is kept and shown, in which values are others than any server sends. */
export async function messagesFromRuns(): Promise<fc.Arbitrary<() => Promise<Message>>> {
  const runs = await Promise.all(
    streams.map(async (events) => {
      let run = newRun;
      for await (const event of ask(turnOf(events), words)) run = reduceRun(run, event);
      return run;
    }),
  );
  return fc.record({ run: fc.constantFrom(...runs), twists }).map(
    ({ run, twists: all }) =>
      () =>
        Promise.resolve(message(all.reduce(twisted, structuredClone(run)))),
  );
}

const oddTexts = [
  '',
  'unknown-to-us',
  '__proto__',
  '{"a":',
  '\uD800',
  '<script>',
  'x'.repeat(3000),
  '{"a":[1,{"b":null}]}',
];
const oddNumbers = [0, -1, 0.5, 1e308, Number.MAX_SAFE_INTEGER, 3];

/** Changes one value, at any depth, into another of its type. */
function twisted(run: Run, { at, pick }: Twist): Run {
  const places = valuesIn(run);
  const [owner, name] = places[at % places.length] ?? [run, 'text'];
  const value: unknown = Reflect.get(owner, name);
  const others = places.map(([other, key]): unknown => Reflect.get(other, key));
  Reflect.set(owner, name, otherThan(value, pick, others));
  return run;
}

function otherThan(value: unknown, pick: number, others: readonly unknown[]): unknown {
  const texts = others.filter((other) => typeof other === 'string');
  if (typeof value === 'string') return [...oddTexts, ...texts][pick % (oddTexts.length + texts.length)];
  if (typeof value === 'number') return oddNumbers[pick % oddNumbers.length];
  if (typeof value === 'boolean') return !value;
  if (!Array.isArray(value)) return value;
  const items: readonly unknown[] = value;
  return [[], [...items, ...items], items.toReversed(), items.slice(1)][pick % 4];
}

/** Every value of a text, number, list … in it; what stands for the state of the run itself has its own rules. */
function valuesIn(owner: object): readonly (readonly [object, string])[] {
  return Object.entries(owner).flatMap(([name, member]: [string, unknown]) => {
    const isObject = typeof member === 'object' && member !== null;
    const here = isObject && !Array.isArray(member) ? [] : [[owner, name] as const];
    return name === 'type' || name === 'display' ? [] : [...here, ...(isObject ? valuesIn(member) : [])];
  });
}
