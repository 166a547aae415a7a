import { framesOf, type WireEvent } from '../replay/frames.ts';
import type { RecordedStream } from '../support/recordedStreams.ts';

/** Picks one stream, the smallest, of those that differ in nothing that matters to a reader: the others would be the same test. */
export class Shapes {
  readonly #seen = new Set<string>();

  /** Those of a shape that was not among the streams of earlier calls. */
  unseenOf(streams: readonly RecordedStream[]): readonly RecordedStream[] {
    const smallest = new Map<string, RecordedStream>();
    for (const stream of streams.toSorted((one, other) => one.bytes.length - other.bytes.length)) {
      const shape = shapeOf(stream);
      if (!this.#seen.has(shape)) smallest.set(shape, smallest.get(shape) ?? stream);
    }
    for (const shape of smallest.keys()) this.#seen.add(shape);
    return streams.filter((stream) => [...smallest.values()].includes(stream));
  }
}

/** Which members the events have, in which order they come, and in which form they are written. Repetitions count once. */
function shapeOf({ bytes, broken }: RecordedStream): string {
  const outlines = framesOf(bytes).map(
    ({ data, event }) => `${form(data)} ${event === undefined ? data : outlineOf(event)}`,
  );
  return [...outlines.filter((outline, index) => outline !== outlines[index - 1]), broken].join('\n');
}

function form(data: string): string {
  return `${/[^\0-\x7f]/.test(data) ? 'raw' : ''} ${data.includes('\\u') ? 'escaped' : ''} ${data.startsWith('{"event":"')}`;
}

function outlineOf({ event, ...members }: WireEvent): string {
  const { data } = members;
  const inner = typeof data === 'object' && data !== null ? data : {};
  return [event, ...Object.keys(members), Reflect.get(inner, 'status'), ...Object.keys(inner)].join(' ');
}
