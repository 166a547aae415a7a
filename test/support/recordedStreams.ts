import { bodyOf, recording, recordingsIn, type RecordedExchange } from './recordings.ts';

/** A stream that a real server sent in answer to one request. */
export interface RecordedStream {
  /** Like `a/chat/follow-up #2`. */
  readonly name: string;
  readonly bytes: Uint8Array;
}

/** All server-sent streams of the recordings in the folder, like `a/chat`. */
export function recordedStreams(directory: string): readonly RecordedStream[] {
  return recordingsIn(directory).flatMap((name) =>
    recording(name).exchanges.flatMap((exchange, index) =>
      isStream(exchange) ? [{ name: `${name} #${index + 1}`, bytes: new Uint8Array(bodyOf(exchange)) }] : [],
    ),
  );
}

function isStream({ response }: RecordedExchange): boolean {
  const type = response?.headers.find(([key]) => key.toLowerCase() === 'content-type')?.[1] ?? '';
  return type.startsWith('text/event-stream');
}
