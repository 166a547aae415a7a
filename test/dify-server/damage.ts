import { setTimeout as after } from 'node:timers/promises';
import type { Fault } from './faults.ts';

/** A body as it comes from the server: in a stream each piece is one event or ping. */
export type Pieces = AsyncIterable<Uint8Array>;

/** The body as the fault wants it: first the events, then the bytes. The last wish, where to break off, is the socket's. */
export function damaged(body: Pieces, fault: Fault, isStream: boolean, signal: AbortSignal): Pieces {
  let pieces = isStream ? withOtherEvents(body, fault, signal) : body;
  if (fault.corruptAt !== undefined) pieces = corrupted(pieces, fault.corruptAt);
  if (fault.splitAt !== undefined) pieces = splitAt(pieces, fault.splitAt);
  if (fault.chunkSize !== undefined) pieces = rechunked(pieces, fault.chunkSize);
  return pieces;
}

function withOtherEvents(body: Pieces, fault: Fault, signal: AbortSignal): Pieces {
  let pieces = body;
  if (fault.errorAfterEvents !== undefined) pieces = withError(pieces, fault, signal);
  if (fault.withoutEvents !== undefined) pieces = without(pieces, fault.withoutEvents);
  if (fault.lastEvent !== undefined) pieces = withLast(pieces, fault.lastEvent);
  if (fault.withoutLastEvent === true) pieces = withoutLast(pieces);
  if (fault.style !== undefined) pieces = restyled(pieces, fault.style);
  if (fault.withoutLastBlankLine === true) pieces = unterminated(pieces);
  return pieces;
}

const encoder = new TextEncoder();
const decoder = new TextDecoder();

async function* withError(pieces: Pieces, fault: Fault, signal: AbortSignal): Pieces & AsyncGenerator<Uint8Array> {
  let events = 0;
  for await (const piece of pieces) {
    if (events === fault.errorAfterEvents) break;
    yield piece;
    if (decoder.decode(piece).startsWith('data:')) events++;
  }
  const error = { event: 'error', code: 'internal_server_error', status: 500, message: 'The model went away.' };
  yield encoder.encode(`data: ${JSON.stringify(error)}\n\n`);
  for (;;) {
    await after(fault.pingEvery ?? 10_000, undefined, { signal });
    yield encoder.encode('event: ping\n\n');
  }
}

async function* without(pieces: Pieces, names: readonly string[]): AsyncGenerator<Uint8Array> {
  for await (const piece of pieces) {
    const name = /^data: \{"event": ?"([^"]*)"/.exec(decoder.decode(piece))?.[1] ?? '';
    if (!names.includes(name)) yield piece;
  }
}

async function* withLast(pieces: Pieces, event: object): AsyncGenerator<Uint8Array> {
  yield* pieces;
  yield encoder.encode(`data: ${JSON.stringify(event)}\n\n`);
}

async function* withoutLast(pieces: Pieces): AsyncGenerator<Uint8Array> {
  let held: Uint8Array | undefined;
  for await (const piece of pieces) {
    if (held !== undefined) yield held;
    held = piece;
  }
}

async function* unterminated(pieces: Pieces): AsyncGenerator<Uint8Array> {
  let held: Uint8Array | undefined;
  for await (const piece of pieces) {
    if (held !== undefined) yield held;
    held = piece;
  }
  if (held !== undefined) yield encoder.encode(decoder.decode(held).trimEnd());
}

async function* restyled(pieces: Pieces, style: NonNullable<Fault['style']>): AsyncGenerator<Uint8Array> {
  if (style.bom === true) yield new Uint8Array([0xef, 0xbb, 0xbf]);
  for await (const piece of pieces) {
    let text = decoder.decode(piece);
    if (style.noSpace === true) text = text.replace(/^(data|event): /, '$1:');
    if (style.comments === true) text = `: keep-alive\n${text}`;
    if (style.crlf === true) text = text.replaceAll('\n', '\r\n');
    yield encoder.encode(text);
  }
}

async function* corrupted(pieces: Pieces, places: readonly number[]): AsyncGenerator<Uint8Array> {
  let position = 0;
  for await (const piece of pieces) {
    const copy = piece.slice();
    for (const place of places) {
      const byte = copy[place - position];
      if (byte !== undefined) copy[place - position] = byte ^ 0xff;
    }
    position += piece.length;
    yield copy;
  }
}

async function* splitAt(pieces: Pieces, borders: readonly number[]): AsyncGenerator<Uint8Array> {
  let position = 0;
  for await (const piece of pieces) {
    const inside = borders.map((border) => border - position).filter((border) => border > 0 && border < piece.length);
    let start = 0;
    for (const border of [...inside.toSorted((one, other) => one - other), piece.length]) {
      yield piece.subarray(start, border);
      start = border;
    }
    position += piece.length;
  }
}

/** Chunks of the given size, across the borders of events. */
async function* rechunked(pieces: Pieces, size: number): AsyncGenerator<Uint8Array> {
  let collected: Uint8Array[] = [];
  let length = 0;
  for await (const piece of pieces) {
    for (let start = 0; start < piece.length;) {
      const part = piece.subarray(start, start + size - length);
      collected.push(part);
      length += part.length;
      start += part.length;
      if (length === size) {
        yield Buffer.concat(collected);
        collected = [];
        length = 0;
      }
    }
  }
  if (length > 0) yield Buffer.concat(collected);
}
