import { type EventRun, type StreamEvent, eventsOf, runsOf } from './eventStream.ts';
import { merged, shapeDifferences, shapeOf } from './jsonShape.ts';

/** An answer as it came over the wire. */
export interface WireAnswer {
  /** Undefined if none came. */
  readonly status: number | undefined;
  readonly headers: Iterable<readonly [string, string]>;
  readonly body: string;
  /** How the connection ended; whoever asked ended it when this is `client-abort` or `recorder-timeout`. */
  readonly ended: string | undefined;
}

/**
 * In which ways our server's answer is not like the real one's, in sentences; ids, times, counts and words may differ. Equal must be: the
 * status, headers that matter, the shape of JSON (keys, their order, types, words of Dify's own vocabulary), the title of a page, the
 * order of a stream's events (runs of deltas as one) and each event's shape, and how the connection ended.
 */
export function differences(theirs: WireAnswer, ours: WireAnswer): readonly string[] {
  if (theirs.status !== ours.status) return [`status: ${ours.status} here, ${theirs.status} there`];
  if (theirs.status === undefined) return [];
  return [...headerDifferences(theirs, ours), ...bodyDifferences(theirs, ours), ...endDifferences(theirs, ours)];
}

const important =
  /^(?:content-(?:type|disposition)|accept-ranges|www-authenticate|vary|allow|location|cache-control|retry-after|x-version|x-env|access-control-.*)$/;

function headerDifferences(theirs: WireAnswer, ours: WireAnswer): readonly string[] {
  const [there, here] = [importantHeaders(theirs), importantHeaders(ours)];
  return [...new Set([...there.keys(), ...here.keys()])]
    .filter((name) => there.get(name) !== here.get(name))
    .map((name) => `header ${name}: ${here.get(name) ?? 'none'} here, ${there.get(name) ?? 'none'} there`);
}

function importantHeaders({ headers }: WireAnswer): ReadonlyMap<string, string> {
  const found = new Map<string, string>();
  for (const [name, value] of headers) {
    const key = name.toLowerCase();
    if (!important.test(key)) continue;
    const before = found.get(key);
    const own = key === 'location' ? value.replace(/^https?:\/\/[^/]*/, '') : value;
    found.set(key, before === undefined ? own : `${before}, ${own}`);
  }
  return found;
}

function bodyDifferences(theirs: WireAnswer, ours: WireAnswer): readonly string[] {
  const type = importantHeaders(theirs).get('content-type') ?? '';
  if (type.startsWith('text/event-stream')) return streamDifferences(theirs, ours);
  if ((theirs.body === '') !== (ours.body === '')) {
    return [
      `body: ${ours.body === '' ? 'empty' : 'not empty'} here, ${theirs.body === '' ? 'empty' : 'not empty'} there`,
    ];
  }
  if (type.startsWith('application/json')) return jsonDifferences(theirs.body, ours.body);
  if (type.startsWith('text/html')) return titleDifferences(theirs.body, ours.body);
  return [];
}

function jsonDifferences(theirs: string, ours: string): readonly string[] {
  if (theirs === ours) return [];
  const [there, here] = [parsed(theirs), parsed(ours)];
  if (there === undefined || here === undefined) return there === here ? [] : ['body: JSON on one side only'];
  return [
    ...shapeDifferences(shapeOf(there.value), shapeOf(here.value), 'body'),
    ...(isSpaced(theirs) === isSpaced(ours) ? [] : ['body: other spaces in its JSON']),
  ];
}

function parsed(text: string): { readonly value: unknown } | undefined {
  try {
    return { value: JSON.parse(text) };
  } catch {
    return undefined;
  }
}

/** Python's own JSON has blanks behind colons. */
function isSpaced(json: string): boolean {
  return /^[^:]*": /.test(json);
}

function titleDifferences(theirs: string, ours: string): readonly string[] {
  const [there, here] = [titleOf(theirs), titleOf(ours)];
  return there === here ? [] : [`title: ${here} here, ${there} there`];
}

function titleOf(html: string): string {
  return /<title>([^<]*)<\/title>/i.exec(html)?.[1]?.trim() ?? 'none';
}

function streamDifferences(theirs: WireAnswer, ours: WireAnswer): readonly string[] {
  const [thereEvents, hereEvents] = [eventsOf(theirs.body), eventsOf(ours.body)];
  const [there, here] = [runsOf(thereEvents), runsOf(hereEvents)];
  const [thereStyle, hereStyle] = [theirs, ours].map(({ body }) => /^data: \{"event": /m.test(body));
  const order = orderDifferences(there, here, wasLeft(theirs) || wasLeft(ours));
  return [
    ...order,
    ...(order.length === 0 ? there.flatMap((run, at) => runDifferences(run, here[at], at)) : byName(there, here)),
    ...(thereStyle === hereStyle || here.length === 0 ? [] : ['stream: other spaces in its JSON']),
    ...pingDifferences(thereEvents, hereEvents),
  ];
}

/** @param oneWasLeft Then the longer one may go on where the shorter ends; but where nothing came, nothing may. */
function orderDifferences(
  theirs: readonly EventRun[],
  ours: readonly EventRun[],
  oneWasLeft: boolean,
): readonly string[] {
  const nothing = theirs[0]?.name === 'ping' ? 1 : 0;
  const [shorter, longer] = [theirs.length, ours.length].toSorted((one, other) => one - other);
  const compared = oneWasLeft ? Math.max(nothing + 1, shorter ?? 0) : (longer ?? 0);
  return [...Array(compared).keys()].flatMap((at) => orderDifference(theirs, ours, at)).slice(0, 1);
}

function orderDifference(theirs: readonly EventRun[], ours: readonly EventRun[], at: number): readonly string[] {
  const [there, here] = [theirs[at]?.name ?? 'end', ours[at]?.name ?? 'end'];
  if (there === here) return [];
  const before = theirs.slice(Math.max(0, at - 2), at).map(({ name }) => name);
  return [`event ${at}: ${here} here, ${there} there, after ${before.join(', ') || 'the beginning'}`];
}

function runDifferences(theirs: EventRun, ours: EventRun | undefined, at: number): readonly string[] {
  if (ours === undefined) return [];
  const [there, here] = [theirs, ours].map(({ events }) => merged(events.map((event) => shapeOf(event))));
  return there === undefined || here === undefined ? [] : shapeDifferences(there, here, `event ${at} ${theirs.name}`);
}

/** Streams of another order can still be compared by what their events look like. */
function byName(theirs: readonly EventRun[], ours: readonly EventRun[]): readonly string[] {
  const names = [...new Set(theirs.map(({ name }) => name))];
  return names.flatMap((name) => {
    const [there, here] = [theirs, ours].map((runs) =>
      runs.filter((run) => run.name === name).flatMap(({ events }) => events),
    );
    if (there === undefined || here === undefined || here.length === 0) return [];
    return shapeDifferences(shapeOfAll(there), shapeOfAll(here), `events ${name}`);
  });
}

function shapeOfAll(events: readonly StreamEvent[]): ReturnType<typeof shapeOf> {
  return merged(events.map((event) => shapeOf(event)));
}

/** When exactly a ping comes is a matter of time; that some come is not. */
function pingDifferences(theirs: readonly StreamEvent[], ours: readonly StreamEvent[]): readonly string[] {
  const [there, here] = [theirs, ours].map((events) => events.filter(({ event }) => event === 'ping').length);
  return (there === 0) === (here === 0) ? [] : [`pings: ${here} here, ${there} there`];
}

function wasLeft({ ended }: WireAnswer): boolean {
  return ended === 'client-abort' || ended === 'recorder-timeout';
}

function endDifferences(theirs: WireAnswer, ours: WireAnswer): readonly string[] {
  if (wasLeft(theirs) || wasLeft(ours) || theirs.ended === ours.ended) return [];
  return [`end: ${ours.ended} here, ${theirs.ended} there`];
}
