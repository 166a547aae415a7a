/** One block of a `text/event-stream` that has data. */
export interface Frame {
  readonly data: string;
  /** What the data is, where it is an event of Dify. */
  readonly event: WireEvent | undefined;
  /** Bytes up to and with the blank line that ends it. */
  readonly end: number;
}

/** An event as Dify sent it. */
export interface WireEvent {
  readonly event: string;
  readonly [name: string]: unknown;
}

/**
 * The blocks that a blank line ends, taken apart without any code of ours or of a library: slow, and only what Dify sends. What tests
 * compare the client with.
 */
export function framesOf(bytes: Uint8Array): readonly Frame[] {
  const frames: Frame[] = [];
  for (let start = 0, at = 0; at < bytes.length; at++) {
    if (bytes[at] !== 0x0a || bytes[at + 1] !== 0x0a) continue;
    const lines = new TextDecoder().decode(bytes.subarray(start, at)).split('\n');
    const data = lines.flatMap((line) => /^data: ?(.*)$/s.exec(line)?.[1] ?? []).join('\n');
    start = at + 2;
    if (data !== '') frames.push({ data, event: eventIn(data), end: start });
  }
  return frames;
}

/** The events that a client should make of the frames: nothing counts after an error. */
export function expectedEvents(frames: readonly Frame[]): readonly WireEvent[] {
  const events = frames.flatMap(({ event }) => event ?? []);
  const error = events.findIndex(({ event }) => event === 'error');
  return error < 0 ? events : events.slice(0, error + 1);
}

function eventIn(data: string): WireEvent | undefined {
  try {
    const value: unknown = JSON.parse(data);
    const named = typeof value === 'object' && value !== null && 'event' in value && typeof value.event === 'string';
    return named && value.event !== '' ? (value as WireEvent) : undefined;
  } catch {
    // What is not JSON is no event.
    return undefined;
  }
}
