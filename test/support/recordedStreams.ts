import { bodyOf, isExchange, recording, recordingsIn, type RecordedExchange } from './recordings.ts';

/** A stream that a real server sent in answer to one request. */
export interface RecordedStream {
  /** Like `a/chat/follow-up #2`. */
  readonly name: string;
  /** Index among the exchanges of the recording. */
  readonly exchange: number;
  readonly request: RecordedExchange['request'];
  readonly status: number;
  readonly bytes: Uint8Array;
  /** Whether the body did not end but broke off, or whoever recorded it stopped to read. */
  readonly broken: boolean;
  /** The tasks that Dify was told to stop while the stream was open. */
  readonly stops: readonly string[];
}

/** All server-sent streams of the recordings in the folder, like `a/chat`. */
export function recordedStreams(directory: string): readonly RecordedStream[] {
  return recordingsIn(directory).flatMap((name) => streamsOf(name, recording(name).exchanges));
}

/** The streams in answer to a generating call, or to one that follows a run. What is no exchange is passed over. */
export function streamsOf(name: string, exchanges: readonly unknown[]): readonly RecordedStream[] {
  const sound = exchanges.filter(isExchange);
  return exchanges.flatMap((exchange, index) => {
    if (!isExchange(exchange)) return [];
    const { request, response } = exchange;
    if (!response || !isStreamingCall(request) || !isStream(exchange)) return [];
    return [
      {
        name: `${name} #${index}`,
        exchange: index,
        request,
        status: response.status,
        bytes: new Uint8Array(bodyOf(exchange)),
        broken: response.ended !== 'eof',
        stops: sound.flatMap((other) => stopDuring(exchange, other)),
      },
    ];
  });
}

const generates = /\/(?:chat-messages|completion-messages|workflows\/(?:[^/]+\/)?run)$/;
const attaches = /\/workflow\/[^/]+\/events$/;

function isStreamingCall({ method, path }: RecordedExchange['request']): boolean {
  const [beforeQuery = ''] = path.split('?');
  return (method === 'POST' ? generates : attaches).test(beforeQuery);
}

function isStream({ response }: RecordedExchange): boolean {
  const type = response?.headers.find(([key]) => key.toLowerCase() === 'content-type')?.[1] ?? '';
  return type.toLowerCase().startsWith('text/event-stream');
}

/** The task of a stop that was sent while the stream was open, and not refused. */
function stopDuring(stream: RecordedExchange, { at_ms, request, response }: RecordedExchange): readonly string[] {
  const task = request.method === 'POST' ? /\/([^/?]+)\/stop(?:\?|$)/.exec(request.path)?.[1] : undefined;
  const closed = stream.at_ms + (stream.response?.end_ms ?? Infinity);
  const taken = !response || response.status < 400;
  return task !== undefined && taken && at_ms >= stream.at_ms && at_ms <= closed ? [task] : [];
}
