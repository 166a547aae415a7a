import { isDeepStrictEqual } from 'node:util';
import { DifyError } from '../../src/dify/errors.ts';
import type { StreamEvent } from '../../src/dify/events.ts';
import { sseReader } from '../../src/dify/sse.ts';
import type { RecordedStream } from '../support/recordedStreams.ts';
import { expectedEvents, framesOf, type Frame } from './frames.ts';
import { readTurn, type ReadTurn } from './turn.ts';

/** Streams up to this size are cut at every byte. */
const smallStream = 10 * 1024;

/** Where to cut: everywhere in a small stream, else around every event's boundary and inside every multi-byte character. */
export function cutsOf({ bytes }: RecordedStream): readonly number[] {
  if (bytes.length <= smallStream) return [...bytes.keys()];
  const cuts = new Set<number>([0]);
  for (let at = 0; at < bytes.length; at++) {
    const boundary = bytes[at] === 0x0a && bytes[at - 1] === 0x0a;
    for (let near = at - 16; boundary && near <= at + 16; near++) if (near >= 0 && near < bytes.length) cuts.add(near);
    if (((bytes[at] ?? 0) & 0xc0) === 0x80) cuts.add(at);
  }
  return [...cuts];
}

/** What was found at a cut that should not be. */
export interface Difference {
  readonly cut: number;
  readonly what: string;
}

/**
 * Cuts the stream: a stream that arrives in two pieces must give the same, one that breaks off there all events before the cut, and
 * the end `incomplete` unless its end had come.
 */
export async function differences(stream: RecordedStream, cuts: readonly number[]): Promise<readonly Difference[]> {
  const cutting = new Cutting(stream, await readTurn(stream));
  const found: Difference[] = [];
  for (const cut of cuts) {
    for (const what of [await cutting.split(cut), await cutting.truncated(cut)]) {
      if (what !== undefined) found.push({ cut, what });
    }
  }
  return found;
}

/**
 * The client's turn sees of the bytes only what `sseReader` hands it in each read. So the reader runs for every cut, and the client,
 * which costs a hundred times that, only where the reader's outcome was not seen before. In long streams the reader gets the
 * neighbourhood of the cut, from one blank line to another, and the client the whole.
 */
class Cutting {
  readonly #stream: RecordedStream;
  readonly #whole: ReadTurn;
  readonly #frames: readonly Frame[];
  readonly #data: readonly string[];
  readonly #known = new Map<string, string | undefined>();

  constructor(stream: RecordedStream, whole: ReadTurn) {
    this.#stream = stream;
    this.#whole = whole;
    this.#data = handedOut([stream.bytes]).flat();
    const frames = framesOf(stream.bytes);
    const plain = frames.every(({ data }, index) => data === this.#data[index]);
    this.#frames = plain ? frames : [];
  }

  /** What differs when the stream comes in two pieces. */
  async split(cut: number): Promise<string | undefined> {
    const { bytes } = this.#stream;
    const { from, to, first } = this.#around(cut);
    const batches = handedOut([bytes.subarray(from, cut), bytes.subarray(cut, to)]);
    const sizes = batches.map((batch) => batch.length);
    const key = this.#isFrom(first, batches.flat()) ? `split ${first} ${sizes.join()}` : undefined;
    return await this.#once(key, async () => {
      const turn = await readTurn(this.#stream, [bytes.subarray(0, cut), bytes.subarray(cut)]);
      return isDeepStrictEqual(told(turn), told(this.#whole)) ? undefined : 'other events when split';
    });
  }

  /** What is wrong when the stream ends at the cut. */
  async truncated(cut: number): Promise<string | undefined> {
    const { bytes } = this.#stream;
    const { from, first, complete } = this.#around(cut);
    const [before = [], rest = []] = handedOut([bytes.subarray(from, cut)]);
    // A piece of an event is not JSON, and as good as nothing.
    const last = rest.filter((data) => data.trimEnd().endsWith('}'));
    const key = this.#isFrom(first, before)
      ? `truncated ${complete} ${first + before.length} ${last.join()}`
      : undefined;
    return await this.#once(key, async () => {
      const turn = await readTurn(this.#stream, [bytes.subarray(0, cut)], false);
      return truncationFault(turn, this.#whole, expectedEvents(this.#frames.slice(0, complete)).length);
    });
  }

  /** The bytes to read again for a cut, how many frames are `complete` before it, and the index of the `first` that is read. */
  #around(cut: number): { from: number; to: number; first: number; complete: number } {
    const { bytes } = this.#stream;
    const complete = countUpTo(this.#frames, cut);
    if (bytes.length <= smallStream) return { from: 0, to: bytes.length, first: 0, complete };
    const first = Math.max(0, complete - 2);
    const from = this.#frames[first - 1]?.end ?? 0;
    return { from, to: this.#frames[complete + 2]?.end ?? bytes.length, first, complete };
  }

  #isFrom(first: number, data: readonly string[]): boolean {
    return data.every((item, index) => item === this.#data[first + index]);
  }

  async #once(key: string | undefined, check: () => Promise<string | undefined>): Promise<string | undefined> {
    if (key === undefined) return await check();
    if (!this.#known.has(key)) this.#known.set(key, await check());
    return this.#known.get(key);
  }
}

/** How many frames end at or before the byte. */
function countUpTo(frames: readonly Frame[], byte: number): number {
  let [low, high] = [0, frames.length];
  while (low < high) {
    const middle = (low + high) >> 1;
    if ((frames[middle]?.end ?? Infinity) <= byte) low = middle + 1;
    else high = middle;
  }
  return low;
}

/** @param complete how many events were complete before the cut */
function truncationFault({ events, end }: ReadTurn, whole: ReadTurn, complete: number): string | undefined {
  const kept = whole.events.slice(0, events.length);
  if (events.length < Math.min(complete, whole.events.length)) return 'an event before the cut is lost';
  if (!isDeepStrictEqual(events, kept)) return 'an event before the cut is changed';
  return endFault({ events, end });
}

/** What is wrong with the end of a turn whose stream broke off, or ended, after these events. */
export function endFault({ events, end }: ReadTurn): string | undefined {
  const incomplete = end.event === 'end' && end.reason === 'incomplete';
  if (hasEnded(events)) return incomplete ? 'incomplete though its end had come' : undefined;
  return incomplete ? undefined : 'not incomplete though its end had not come';
}

/** Whether the events say how the turn ended, read off without the code that is tested. */
function hasEnded(events: readonly StreamEvent[]): boolean {
  let paused = false;
  let finished = false;
  for (const { event } of events) {
    if (event === 'workflow_started') [paused, finished] = [false, false];
    paused ||= event === 'workflow_paused';
    finished ||= event === 'workflow_finished';
    if (event === 'message_end' || event === 'error') return true;
  }
  return paused || finished;
}

/** The turn for comparing: errors by what they say, without how long it took. */
export function told({ events, end }: ReadTurn): unknown {
  if (end.event === 'end' && end.reason !== 'incomplete') return { events, end };
  const { error } = end;
  const failed =
    error instanceof DifyError ? { kind: error.kind, code: error.code, detail: error.detail } : String(error);
  return { events, end: end.event, failed };
}

/** The data that the client's reader hands out, read by read and at the end. */
function handedOut(pieces: readonly Uint8Array[]): readonly (readonly string[])[] {
  const reader = sseReader(Infinity);
  return [...pieces.map((piece) => reader.read(piece)), reader.end()];
}
