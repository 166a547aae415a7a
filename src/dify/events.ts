import { filled, isFields, numeric, object, parseJson, text, type Fields } from './json.ts';

/**
 * The ids that Dify puts on the events of a stream; any of them may be missing: completion apps have no `conversation_id`, an
 * `error` event has no `task_id`.
 */
export interface StreamIds {
  readonly task_id: string | undefined;
  readonly message_id: string | undefined;
  readonly conversation_id: string | undefined;
  readonly workflow_run_id: string | undefined;
}

/** What an answer cost. Prices are decimal numbers as text; a stopped run counts nothing, so zeros mean unknown there. */
export interface StreamUsage {
  readonly total_tokens: number | undefined;
  readonly total_price: string | undefined;
  readonly currency: string | undefined;
  /** Seconds. */
  readonly latency: number | undefined;
}

/**
 * One event of a generating call, with Dify's own names. Pings have no data and never get here.
 *
 * @see https://docs.dify.ai/en/api-reference/chat-messages/send-chat-message
 */
export type StreamEvent = StreamIds &
  /** A piece of the answer; of an app in mode `agent`, after pieces as `agent_message`, the whole answer once more. */
  (
    | { readonly event: 'message'; readonly answer: string }
    | { readonly event: 'agent_message'; readonly answer: string }
    /** The whole text so far is replaced (output moderation). */
    | { readonly event: 'message_replace'; readonly answer: string }
    | { readonly event: 'message_file'; readonly id: string; readonly type: string; readonly url: string }
    | { readonly event: 'message_end'; readonly usage: StreamUsage | undefined }
    | { readonly event: 'workflow_started' }
    | {
        readonly event: 'workflow_finished';
        /** `succeeded`, `failed`, `stopped`, `partial-succeeded` (a success with handled errors). */
        readonly status: string;
        readonly error: string | undefined;
        /** `outputs.answer` of a chatflow: what counts, where the sum of the deltas is only a preview. */
        readonly answer: string | undefined;
      }
    | { readonly event: 'workflow_paused' }
    /** The run failed. HTTP stays 200; nothing follows. */
    | {
        readonly event: 'error';
        readonly status: number | undefined;
        readonly code: string | undefined;
        readonly message: string;
      }
    /** An event this client has no use for, or of a newer server. */
    | { readonly event: 'ignored'; readonly name: string }
  );

/** The event in the data of one server-sent event, or `undefined` if the data is not an event of Dify. */
export function parseStreamEvent(data: string): StreamEvent | undefined {
  const fields = parseJson(data);
  return isFields(fields) ? readStreamEvent(fields) : undefined;
}

/** The event that the JSON object is, or `undefined`. Each member is taken only if it has the type it should have. */
export function readStreamEvent(fields: Fields): StreamEvent | undefined {
  const name = filled(fields, 'event');
  if (name === undefined) return undefined;
  const ids: StreamIds = {
    task_id: filled(fields, 'task_id'),
    message_id: filled(fields, 'message_id'),
    conversation_id: filled(fields, 'conversation_id'),
    workflow_run_id: filled(fields, 'workflow_run_id'),
  };
  switch (name) {
    case 'message':
    case 'agent_message':
    case 'message_replace':
      return { ...ids, event: name, answer: text(fields, 'answer') ?? '' };
    case 'message_file':
      return readMessageFile(fields, ids);
    case 'message_end':
      return { ...ids, event: 'message_end', usage: readUsage(object(fields, 'metadata')) };
    case 'workflow_started':
    case 'workflow_paused':
      return { ...ids, event: name };
    case 'workflow_finished':
      return { ...ids, event: 'workflow_finished', ...readOutcome(object(fields, 'data')) };
    case 'error':
      return { ...ids, event: 'error', ...readError(fields) };
    default:
      return { ...ids, event: 'ignored', name };
  }
}

/** Dify 1.11 names every text delta of a message that has a file `message_file`: what has an `answer` and no `url` is text. */
function readMessageFile(fields: Fields, ids: StreamIds): StreamEvent {
  const answer = text(fields, 'answer');
  const url = filled(fields, 'url');
  if (answer !== undefined && url === undefined) return { ...ids, event: 'message', answer };
  return {
    ...ids,
    event: 'message_file',
    id: text(fields, 'id') ?? '',
    type: text(fields, 'type') ?? '',
    url: url ?? '',
  };
}

function readUsage(metadata: Fields): StreamUsage | undefined {
  const usage = metadata['usage'];
  if (!isFields(usage)) return undefined;
  return {
    total_tokens: numeric(usage, 'total_tokens'),
    total_price: text(usage, 'total_price'),
    currency: text(usage, 'currency'),
    latency: numeric(usage, 'latency'),
  };
}

function readOutcome(data: Fields): { status: string; error: string | undefined; answer: string | undefined } {
  return {
    status: text(data, 'status') ?? '',
    error: filled(data, 'error'),
    answer: text(object(data, 'outputs'), 'answer'),
  };
}

function readError(fields: Fields): { status: number | undefined; code: string | undefined; message: string } {
  return {
    status: numeric(fields, 'status'),
    code: filled(fields, 'code'),
    message: text(fields, 'message') ?? '',
  };
}
