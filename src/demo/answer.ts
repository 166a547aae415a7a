import type { Mode } from './apps.ts';
import { ApiError, internalServerError } from './errors.ts';
import type { Generation } from './generations.ts';
import { blockingResponse, streamResponse } from './http.ts';
import { compactJson } from './python.ts';
import type { Conversation } from './store.ts';
import { ModelError } from './textSource.ts';
import type { Turn } from './turn.ts';
import { countTokens, metadata, stoppedMetadata } from './usage.ts';

/** A turn on its way to the client. */
export interface Answering {
  readonly turn: Turn;
  /** undefined for a text generator, whose hidden conversation no event names. */
  readonly conversation: Conversation | undefined;
  readonly mode: Mode;
  readonly generation: Generation;
  readonly uuid: () => string;
  /** Called when the turn is over, however it ended. */
  readonly over: () => void;
}

/** Answers with an event stream. Resolves with its first frame: before that the client sees no head. */
export async function streamed(answering: Answering, signal: AbortSignal): Promise<Response> {
  const { turn } = answering;
  const frames = framesOf(answering);
  const leave = (): void => {
    turn.abandon();
    answering.over();
  };
  signal.addEventListener('abort', leave);
  if (signal.aborted) leave();
  let first: IteratorResult<string, void> | undefined = await frames.next();
  const encoder = new TextEncoder();
  const body = new ReadableStream<Uint8Array<ArrayBuffer>>(
    {
      async pull(controller) {
        const { done, value } = first ?? (await frames.next());
        first = undefined;
        // An error, as after a fetch that was aborted; else the half-read body would look complete.
        if (signal.aborted) throw signal.reason;
        if (done === true) controller.close();
        else controller.enqueue(encoder.encode(value));
      },
      cancel: leave,
    },
    { highWaterMark: 0 },
  );
  return streamResponse(body);
}

/**
 * Answers with one JSON body at the end. A client that goes away meanwhile loses nothing: the answer is saved.
 *
 * @throws {ApiError} if the model fails.
 */
export async function blocking(answering: Answering): Promise<Response> {
  const { turn, conversation } = answering;
  const { message, taskId } = turn.options;
  let answer = '';
  for (;;) {
    const event = await turn.next();
    if (event.type === 'delta') {
      answer += event.text;
      continue;
    }
    if (event.type === 'ping') continue;
    answering.over();
    if (event.type === 'failed') throw blockingFailure(answering, event.error);
    message.answer = answer;
    return blockingResponse({
      event: 'message',
      task_id: taskId,
      id: message.id,
      message_id: message.id,
      ...(conversation === undefined ? {} : { conversation_id: conversation.id }),
      mode: answering.mode,
      answer,
      metadata: metadata(counted(turn, answer)),
      created_at: message.createdAt,
    });
  }
}

async function* framesOf(answering: Answering): AsyncGenerator<string, void> {
  const { turn } = answering;
  const frame = (event: object): string => `data: ${answering.generation.eventJson(event)}\n\n`;
  turn.startPings();
  let answer = '';
  for (;;) {
    const event = await turn.next();
    switch (event.type) {
      case 'ping':
        yield 'event: ping\n\n';
        continue;
      case 'delta':
        answer += event.text;
        yield frame(delta(answering, event.text));
        continue;
      case 'answered':
        // The last delta of every answer is empty.
        yield frame(delta(answering, ''));
        save(answering, answer);
        yield frame(end(answering, metadata(counted(turn, answer))));
        return;
      case 'stopped':
        save(answering, answer);
        yield frame(end(answering, stoppedMetadata(turn.elapsed())));
        return;
      case 'failed':
        yield frame(failure(answering, event.error));
        return;
      case 'abandoned':
        return;
    }
  }
}

function save(answering: Answering, answer: string): void {
  answering.over();
  // The server finds no row to update and breaks the connection off.
  if (answering.conversation?.deleted === true) throw new TypeError('The conversation was deleted meanwhile.');
  answering.turn.options.message.answer = answer;
}

function delta(answering: Answering, answer: string): object {
  const { message, taskId } = answering.turn.options;
  return { ...head(answering, 'message'), task_id: taskId, id: message.id, answer, from_variable_selector: null };
}

function end(answering: Answering, counts: object): object {
  const { message, taskId } = answering.turn.options;
  return { ...head(answering, 'message_end'), task_id: taskId, id: message.id, metadata: counts, files: null };
}

function failure(answering: Answering, error: unknown): object {
  answering.over();
  const { code, status, message } = apiError(error, modelMessage);
  setFailed(answering, message);
  return { ...head(answering, 'error'), code, status, message };
}

function blockingFailure(answering: Answering, error: unknown): ApiError {
  const request = answering.uuid().replaceAll('-', '').slice(0, 10);
  setFailed(answering, apiError(error, modelMessage).message);
  return apiError(error, (failed) => `req_id: ${request} PluginInvokeError: ${modelMessage(failed)}`);
}

function setFailed({ turn }: Answering, error: string): void {
  turn.options.message.status = 'error';
  turn.options.message.error = error;
}

function apiError(error: unknown, messageOf: (error: ModelError) => string): ApiError {
  if (error instanceof ApiError) return error;
  if (!(error instanceof ModelError)) return internalServerError();
  return new ApiError(400, error.code, error.code === 'invalid_param' ? messageOf(error) : error.message);
}

function modelMessage({ described, errorType, message }: ModelError): string {
  return compactJson({ args: described ? { description: message } : {}, error_type: errorType, message });
}

function head(answering: Answering, event: string): object {
  const { conversation } = answering;
  const { message } = answering.turn.options;
  return {
    event,
    ...(conversation === undefined ? {} : { conversation_id: conversation.id }),
    message_id: message.id,
    created_at: message.createdAt,
  };
}

function counted(turn: Turn, answer: string): { prompt: number; completion: number; latency: number } {
  const { history, text } = turn.options.prompt;
  const before = history.reduce((sum, turn_) => sum + countTokens(turn_.query) + countTokens(turn_.answer), 0);
  return { prompt: before + countTokens(text), completion: countTokens(answer), latency: turn.elapsed() };
}
