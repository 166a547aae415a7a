import { someQuestion, someConversation } from '../support/conversations.ts';
import { ask } from '../../src/conversation/ask.ts';
import type { Conversation } from '../../src/conversation/conversation.ts';
import { reduce } from '../../src/conversation/reduce.ts';
import type { TurnEnd } from '../../src/dify/ending.ts';
import type { StreamEvent } from '../../src/dify/events.ts';
import { isFields, text } from '../../src/dify/json.ts';
import type { TurnEvent } from '../../src/dify/turn.ts';
import { clientAnswering, streamOf } from '../support/difyClient.ts';
import { callOf, words } from '../support/recordedRuns.ts';
import type { RecordedStream } from '../support/recordedStreams.ts';

/** What the client made of a stream. */
export interface ReadTurn {
  /** Dify's events, in order: neither pings, which have no data, nor what the client adds. */
  readonly events: readonly StreamEvent[];
  /** How the turn ended, or what was thrown. */
  readonly end: TurnEnd | { readonly event: 'failed'; readonly error: unknown };
}

/** Sends the stream's request with the real client, and answers it with these pieces of the stream, one read each. */
export async function readTurn(
  stream: RecordedStream,
  pieces: readonly Uint8Array[] = [stream.bytes],
  broken = stream.broken,
): Promise<ReadTurn> {
  const { request, status } = stream;
  const client = clientAnswering(({ pathname }) =>
    pathname.endsWith('/stop') ? Response.json({ result: 'success' }) : streamOf(pieces, { status, broken }),
  );
  const events: StreamEvent[] = [];
  try {
    for await (const event of callOf(client, request)) {
      if (event.event === 'end') return { events, end: event };
      if (event.event !== 'resend') events.push(event);
    }
    throw new Error('The client gave no end.');
  } catch (error) {
    return { events, end: { event: 'failed', error } };
  }
}

/**
 * The conversation as it would be shown after the turn: a question and its answer. Of a stream that attaches to a run it begins with
 * nothing, as if what came earlier had been lost.
 */
export async function shownAfter({ request }: RecordedStream, turn: ReadTurn): Promise<Conversation> {
  const body = isFields(request.body) ? request.body : {};
  const key = 'question';
  const query = text(body, 'query') ?? '';
  const asked = someQuestion({ key, query, askedAt: 0, replaces: undefined });
  let conversation = reduce(someConversation({ id: text(body, 'conversation_id') || undefined, messages: [] }), asked);
  try {
    for await (const event of ask(again(turn), words, request.method === 'GET' ? '' : undefined)) {
      conversation = reduce(conversation, { type: 'run', key, event });
    }
  } catch {
    // It could not attach: nothing has happened to the run.
  }
  return conversation;
}

async function* again({ events, end }: ReadTurn): AsyncGenerator<TurnEvent, void, void> {
  yield* events;
  if (end.event === 'failed') throw end.error;
  yield await Promise.resolve(end);
}
