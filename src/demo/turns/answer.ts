import { AnswerWriter, endMetadata, saveAnswer, setFailed } from './answerWriter.ts';
import type { App } from '../apps.ts';
import { invalidParam } from '../http/errors.ts';
import { eventStream } from '../http/eventStream.ts';
import { blockingFailure, streamFailure } from './failures.ts';
import { blockingResponse } from '../http/responses.ts';
import { outputPreset } from './moderation.ts';
import type { Preset } from './preset.ts';
import type { Server } from '../routes.ts';
import { fieldProblem } from '../http/schema.ts';
import type { Conversation } from '../history/store.ts';
import type { Turn } from './turn.ts';

/** A turn on its way to the client. */
export interface Answering {
  readonly turn: Turn;
  /** undefined for a text generator, whose hidden conversation no event names. */
  readonly conversation: Conversation | undefined;
  readonly app: App;
  readonly server: Server;
  /** The words that the turn says instead of its model's. */
  readonly preset: Preset | undefined;
  /** Called when the turn is over, however it ended. */
  readonly over: () => void;
}

/** Answers with an event stream. Resolves with its first frame: before that the client sees no head. */
export function streamed(answering: Answering, signal: AbortSignal): Promise<Response> {
  return eventStream(framesOf(answering), signal, () => {
    answering.turn.abandon();
    answering.over();
  });
}

/**
 * Answers with one JSON body at the end. A client that goes away meanwhile loses nothing: the answer is saved.
 *
 * @throws {ApiError} if the model fails.
 */
export async function blocking(answering: Answering): Promise<Response> {
  const { turn } = answering;
  let said = '';
  for (;;) {
    const event = await turn.next();
    if (event.type === 'delta') {
      said += event.text;
      continue;
    }
    if (event.type === 'ping') continue;
    answering.over();
    if (event.type === 'failed') throw failed(answering, event.error);
    return whole(answering, said);
  }
}

function whole(answering: Answering, said: string): Response {
  const { app, conversation, server, turn } = answering;
  const { message, taskId } = turn.options;
  if (said === '' && !server.generation.mayBeEmpty) throw invalidParam(emptyAnswer(server.generation.pydantic));
  const answer = outputPreset(app.moderation, said) ?? said;
  saveAnswer(answering, answer);
  return blockingResponse({
    event: 'message',
    task_id: taskId,
    id: message.id,
    message_id: message.id,
    ...(conversation === undefined ? {} : { conversation_id: conversation.id }),
    mode: app.mode,
    answer,
    metadata: endMetadata(answering, said),
    created_at: message.createdAt,
  });
}

/** An older server takes nothing for an empty list, and then stumbles over it. */
function emptyAnswer(pydantic: string): string {
  const problem = { type: 'string_type', text: 'Input should be a valid string' };
  return fieldProblem('Data', 'answer', { problem, input: [] }, pydantic);
}

async function* framesOf(answering: Answering): AsyncGenerator<string, void> {
  const { server, turn } = answering;
  const writer = new AnswerWriter(answering);
  turn.startPings();
  while (!writer.isOver) {
    const event = await turn.next();
    if (event.type === 'ping') yield 'event: ping\n\n';
    for (const written of writer.write(event)) yield `data: ${server.generation.eventJson(written)}\n\n`;
  }
}

function failed(answering: Answering, error: unknown): Error {
  setFailed(answering, streamFailure(error).message);
  return blockingFailure(error, answering.server.uuid);
}
