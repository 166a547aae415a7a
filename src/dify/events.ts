import { readForm, type HumanInputForm } from './form.ts';
import { filled, isFields, numeric, object, objects, parseJson, text, texts, type Fields } from './json.ts';
import { readCitation, readFile, readUsage, type Citation, type DifyFile, type StreamUsage } from './metadata.ts';
import { readWorkflowEvent, type WorkflowEvent } from './workflowEvents.ts';

/**
 * The ids that Dify puts on the events of a stream; any of them may be missing: completion apps have no `conversation_id`, an
 * `error` event has no `task_id`, and the only event of a finished run that is attached to again has none but the run's.
 */
export interface StreamIds {
  readonly task_id: string | undefined;
  readonly message_id: string | undefined;
  readonly conversation_id: string | undefined;
  readonly workflow_run_id: string | undefined;
}

/**
 * One event of a generating call, with Dify's own names. Pings have no data and never get here.
 *
 * @see https://docs.dify.ai/en/api-reference/chat-messages/send-chat-message
 * @see https://docs.dify.ai/en/api-reference/workflow-execution/execute-workflow
 */
export type StreamEvent = StreamIds & (MessageEvent | WorkflowEvent | HumanInputEvent | OtherEvent);

/** Events of a message: what apps of the chat family and text generators answer. */
export type MessageEvent =
  /** A piece of the answer; of an app in mode `agent`, after pieces as `agent_message`, the whole answer once more. */
  | { readonly event: 'message'; readonly answer: string }
  | { readonly event: 'agent_message'; readonly answer: string }
  /** The whole text so far is replaced: `reason` is `output_moderation` or ''. Empty at the start of a state snapshot. */
  | { readonly event: 'message_replace'; readonly answer: string; readonly reason: string }
  /** A file that a tool or a model made. */
  | { readonly event: 'message_file'; readonly file: DifyFile }
  | ({ readonly event: 'agent_thought' } & StreamThought)
  | ({ readonly event: 'message_end' } & MessageMetadata)
  /** A piece of speech: base64 of MP3. Comes after `message_end`, if the app speaks by itself; `tts_message_end` follows the last. */
  | { readonly event: 'tts_message'; readonly audio: string }
  | { readonly event: 'tts_message_end' };

/**
 * A round of an agent. It is sent two or three times with the same id as it fills, or at once with everything: the one that comes later
 * replaces the earlier. The last of a stopped run is empty, the last of a run repeats the answer.
 */
export interface StreamThought {
  readonly id: string;
  /** From 1. */
  readonly position: number;
  readonly thought: string;
  /** Names of the tools called, or none. */
  readonly tools: readonly string[];
  /** The tools' names for people, by name and locale like `en_US`. */
  readonly tool_labels: Fields;
  /** JSON of an object by tool name, on old servers any text. */
  readonly tool_input: string;
  /** What the tools gave, like `tool_input`; an error of a tool is plain text. */
  readonly observation: string;
  /** Ids of `message_file` events. */
  readonly message_files: readonly string[];
}

/** What is told at the end of a message. */
export interface MessageMetadata {
  readonly usage: StreamUsage | undefined;
  readonly retriever_resources: readonly Citation[];
  readonly files: readonly DifyFile[];
  /** The name of the person whose annotation was the answer, '' if the server does not say; `undefined` if it was none. */
  readonly annotation_reply: string | undefined;
}

/** A run waits for a person, and goes on: Dify 1.14 and later. */
export type HumanInputEvent =
  | { readonly event: 'human_input_required'; readonly form: HumanInputForm }
  | {
      readonly event: 'human_input_form_filled';
      readonly node_id: string;
      /** Markdown: the form's text with what was entered. */
      readonly rendered_content: string;
      readonly action_id: string;
      readonly action_text: string;
    }
  | { readonly event: 'human_input_form_timeout'; readonly node_id: string }
  /** The run waits for the forms; the stream ends, unless it was asked to go on. */
  | { readonly event: 'workflow_paused'; readonly forms: readonly HumanInputForm[] };

export type OtherEvent =
  /** The run failed. HTTP stays 200; nothing follows. Without a `code` the run never began (bad input, Dify 1.14). */
  | {
      readonly event: 'error';
      readonly status: number | undefined;
      readonly code: string | undefined;
      readonly message: string;
    }
  /** An event of an older or a newer server that this client has no use for. */
  | { readonly event: 'ignored'; readonly name: string };

/** The event in the data of one server-sent event, or `undefined` if the data is not an event of Dify. */
export function parseStreamEvent(data: string): StreamEvent | undefined {
  const fields = parseJson(data);
  return isFields(fields) ? readStreamEvent(fields) : undefined;
}

/** The event that the JSON object is, or `undefined`. Each member is taken only if it has the type it should have. */
export function readStreamEvent(fields: Fields): StreamEvent | undefined {
  const event = filled(fields, 'event');
  if (event === undefined) return undefined;
  const task_id = filled(fields, 'task_id');
  const message_id = filled(fields, 'message_id');
  const conversation_id = filled(fields, 'conversation_id');
  const workflow_run_id = filled(fields, 'workflow_run_id');
  // Nearly all events are these, and come by the thousand: one object each, built at once.
  if (event === 'message' || event === 'agent_message') {
    const answer = text(fields, 'answer') ?? '';
    return { event, answer, task_id, message_id, conversation_id, workflow_run_id };
  }
  const own =
    readMessageEvent(event, fields) ?? readWorkflowEvent(event, object(fields, 'data')) ?? readOther(event, fields);
  return { ...own, task_id, message_id, conversation_id, workflow_run_id };
}

function readMessageEvent(name: string, fields: Fields): MessageEvent | undefined {
  switch (name) {
    case 'message_replace':
      return { event: name, answer: text(fields, 'answer') ?? '', reason: text(fields, 'reason') ?? '' };
    case 'message_file':
      return readMessageFile(fields);
    case 'agent_thought':
      return { event: name, ...readThought(fields) };
    case 'message_end':
      return { event: name, ...readMetadata(fields) };
    case 'tts_message':
      return { event: name, audio: text(fields, 'audio') ?? '' };
    case 'tts_message_end':
      return { event: name };
    default:
      return undefined;
  }
}

function readOther(name: string, fields: Fields): HumanInputEvent | OtherEvent {
  const data = object(fields, 'data');
  switch (name) {
    case 'human_input_required':
      return { event: name, form: readForm(data) };
    case 'human_input_form_filled':
      return {
        event: name,
        node_id: text(data, 'node_id') ?? '',
        rendered_content: text(data, 'rendered_content') ?? '',
        action_id: text(data, 'action_id') ?? '',
        action_text: text(data, 'action_text') ?? '',
      };
    case 'human_input_form_timeout':
      return { event: name, node_id: text(data, 'node_id') ?? '' };
    case 'workflow_paused': {
      const reasons = objects(data, 'reasons').filter((reason) => text(reason, 'TYPE') === 'human_input_required');
      return { event: name, forms: reasons.map(readForm) };
    }
    case 'error':
      return {
        event: name,
        status: numeric(fields, 'status'),
        code: filled(fields, 'code'),
        message: text(fields, 'message') ?? '',
      };
    default:
      return { event: 'ignored', name };
  }
}

/** Dify 1.11 names every text delta of a message that has a file `message_file`: what has an `answer` and no `url` is text. */
function readMessageFile(fields: Fields): MessageEvent {
  const answer = text(fields, 'answer');
  if (answer !== undefined && filled(fields, 'url') === undefined) return { event: 'message', answer };
  return { event: 'message_file', file: readFile(fields) };
}

/** A round of an agent, in an event or in the history. */
export function readThought(fields: Fields): StreamThought {
  return {
    id: text(fields, 'id') ?? '',
    position: numeric(fields, 'position') ?? 0,
    thought: text(fields, 'thought') ?? '',
    tools: (text(fields, 'tool') ?? '').split(';').filter((tool) => tool !== ''),
    tool_labels: object(fields, 'tool_labels'),
    tool_input: text(fields, 'tool_input') ?? '',
    observation: text(fields, 'observation') ?? '',
    message_files: [...texts(fields, 'message_files'), ...texts(fields, 'files')],
  };
}

function readMetadata(fields: Fields): MessageMetadata {
  const metadata = object(fields, 'metadata');
  const annotation = metadata['annotation_reply'];
  return {
    usage: readUsage(metadata),
    retriever_resources: objects(metadata, 'retriever_resources').map(readCitation),
    files: objects(fields, 'files').map(readFile),
    annotation_reply: isFields(annotation) ? (text(object(annotation, 'account'), 'name') ?? '') : undefined,
  };
}
