import { createParser } from 'eventsource-parser';
import { DifyError } from './errors.ts';

/** Turns the bytes of a `text/event-stream` into the data of its events. */
export interface SseReader {
  /**
   * The data of the events that the bytes complete, in order. Events without data (Dify's pings) are not among them.
   *
   * @throws {DifyError} `tooLarge` for an event over the limit.
   */
  read(bytes: Uint8Array): readonly string[];
  /** The data of a last event that the server did not end with a blank line. */
  end(): readonly string[];
}

/** @param limit largest event, in UTF-16 code units; the parser never holds more than this */
export function sseReader(limit: number): SseReader {
  const decoder = new TextDecoder();
  let events: string[] = [];
  let oversize = false;
  const parser = createParser({
    maxBufferSize: limit,
    onEvent: ({ data }) => {
      if (data !== '') events.push(data);
    },
    onError: ({ type }) => {
      oversize ||= type === 'max-buffer-size-exceeded';
    },
  });
  const feed = (chunk: string): readonly string[] => {
    events = [];
    if (!oversize) parser.feed(chunk);
    // What came before the oversized event is handed out first.
    if (oversize && events.length === 0) {
      throw new DifyError('tooLarge', `An event of the stream is over ${limit} characters`);
    }
    return events;
  };
  return {
    read: (bytes) => feed(decoder.decode(bytes, { stream: true })),
    // The parser gives out an event at its blank line only, which a server that closes at once may leave out.
    end: () => feed(`${decoder.decode()}\n\n`),
  };
}
