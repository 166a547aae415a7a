import { type AgentThought, thoughtEvent } from '../agent/thought.ts';
import type { ApiError } from '../http/errors.ts';
import { addressOf, endFile } from '../files/objects.ts';
import type { MessageFile } from '../files/store.ts';
import type { Answering } from './answer.ts';

/** A piece of the answer. Agents call it otherwise than the rest, and an older server confuses it with a file. */
export function textEvent(answering: Answering, answer: string): object {
  const { app, preset, server, turn } = answering;
  const { message } = turn.options;
  if (app.agent !== undefined && preset === undefined) {
    return { ...body(answering, 'agent_message'), id: message.id, answer };
  }
  return namedText(answering, message.files.length > 0 ? server.generation.files.deltaEvent : 'message', answer);
}

/** An answer that comes whole. */
export function wholeEvent(answering: Answering, answer: string): object {
  return namedText(answering, 'message', answer);
}

function namedText(answering: Answering, event: string, answer: string): object {
  const { message } = answering.turn.options;
  return { ...body(answering, event), id: message.id, answer, from_variable_selector: null };
}

/** Takes the place of all that has been said. */
export function replaceEvent(answering: Answering, answer: string): object {
  return { ...body(answering, 'message_replace'), answer, reason: '' };
}

export function agentThoughtEvent(answering: Answering, thought: AgentThought): object {
  return { ...body(answering, 'agent_thought'), ...thoughtEvent(thought) };
}

export function fileEvent(answering: Answering, { belongsTo, file, id }: MessageFile): object {
  const url = addressOf(file, answering.server);
  return { ...body(answering, 'message_file'), id, type: file.type, belongs_to: belongsTo, url };
}

export function endEvent(answering: Answering, metadata: object): object {
  const { server, turn } = answering;
  const { files, id } = turn.options.message;
  const listed = files.length > 0 && server.generation.files.areInMessageEnd;
  return {
    ...body(answering, 'message_end'),
    id,
    metadata,
    files: listed ? files.map((file) => endFile(file, server)) : null,
  };
}

export function audioEvent(
  answering: Answering,
  { audio, event }: { readonly event: string; readonly audio: string },
): object {
  return { ...body(answering, event), audio };
}

export function errorEvent(answering: Answering, { code, message, status }: ApiError): object {
  const words = answering.app.mode === 'agent' ? { code, message, status } : { code, status, message };
  return { ...head(answering, 'error'), ...words };
}

function body(answering: Answering, event: string): object {
  return { ...head(answering, event), task_id: answering.turn.options.taskId };
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
