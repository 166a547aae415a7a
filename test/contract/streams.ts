import { type StreamEvent, runsOf } from '../support/eventStream.ts';
import type { GenerationName } from '../../src/demo/generations.ts';

/**
 * How a stream ended. `refused`: an `error` without a code, before anything began (newer chatflows and workflows). `preset`: answered
 * by an annotation or by moderation before the chatflow began. `open`: in no way of these.
 */
export type StreamEnd = 'done' | 'failed' | 'stopped' | 'paused' | 'refused' | 'preset' | 'open';

/** What became of a stream, by its events. */
export function endOf(mode: string, events: readonly StreamEvent[]): StreamEnd {
  const error = events.find(({ event }) => event === 'error');
  if (error !== undefined) return 'code' in error ? 'failed' : 'refused';
  if (events.some(({ event }) => event === 'workflow_paused')) return 'paused';
  const finished = events.find(({ event }) => event === 'workflow_finished');
  if (finished !== undefined) return runEnd(finished);
  if (!events.some(({ event }) => event === 'message_end')) return 'open';
  return mode === 'advanced-chat' ? 'preset' : 'done';
}

function runEnd({ data }: StreamEvent): StreamEnd {
  const status = typeof data === 'object' && data !== null && 'status' in data ? data.status : undefined;
  if (status === 'stopped') return 'stopped';
  return status === 'failed' ? 'failed' : 'done';
}

const step = '(?:(?:node|iteration|loop)_[a-z]+|agent_log|human_input_form_[a-z]+|message|text_chunk|message_file) ';
const speech = '(?: tts_message)?(?: tts_message_end)?';

/** The order of events for each end, pings within left out. Names are followed by a blank, but for the last. */
function grammarOf(mode: string, generation: GenerationName, end: StreamEnd): string {
  switch (mode) {
    case 'advanced-chat':
      return generation === 'a' ? olderChatflow[end] : newerChatflow[end];
    case 'workflow':
      return (generation === 'a' ? '' : 'ping ') + workflow[end];
    case 'agent-chat':
      return `(?:ping )?(?:(?:agent_thought|agent_message|message|message_file) )*${basicEnds[end]}`;
    default:
      return `(?:ping )?(?:(?:message|message_file) )*${basicEnds[end]}`;
  }
}

const never = '(?!)';
const anything = '.*';

const basicEnds: Readonly<Record<StreamEnd, string>> = {
  done: `(?:message_replace )?message_end${speech}`,
  failed: 'error',
  stopped: never,
  paused: never,
  refused: never,
  preset: never,
  open: anything,
};

const olderChatflow: Readonly<Record<StreamEnd, string>> = {
  done: `workflow_started (?:${step})*workflow_finished (?:message_replace )?message_end${speech}`,
  failed: `workflow_started (?:${step})*workflow_finished error`,
  stopped: `workflow_started (?:${step})*workflow_finished message_end`,
  paused: never,
  refused: never,
  preset: 'message message_end',
  open: anything,
};

const newerChatflow: Readonly<Record<StreamEnd, string>> = {
  done: `ping workflow_started (?:${step})*(?:message_replace )?message_end workflow_finished`,
  failed: `ping workflow_started (?:${step})*workflow_finished`,
  stopped: `ping workflow_started (?:${step})*workflow_finished`,
  paused: `ping workflow_started (?:${step})*(?:human_input_required )+workflow_paused`,
  refused: 'ping error',
  preset: 'ping message message_end',
  open: anything,
};

const workflow: Readonly<Record<StreamEnd, string>> = {
  done: `workflow_started (?:${step})*workflow_finished`,
  failed: `workflow_started (?:${step})*workflow_finished`,
  stopped: `workflow_started (?:${step})*workflow_finished`,
  paused: `workflow_started (?:${step})*(?:human_input_required )+workflow_paused`,
  refused: 'error',
  preset: never,
  open: anything,
};

/** What is wrong with the order of a generating call's events, in sentences. */
export function orderMisfits(
  mode: string,
  generation: GenerationName,
  events: readonly StreamEvent[],
): readonly string[] {
  const end = endOf(mode, events);
  const names = runsOf(events).map(({ events: [first] }) => String(first?.['event']));
  const grammar = new RegExp(`^${grammarOf(mode, generation, end)}$`);
  const text = names.filter((name, at) => name !== names[at - 1] || !isText(name)).join(' ');
  return grammar.test(text) ? unopened(events) : [`a stream that ends as ${end} has not this order: ${text}`];
}

function isText(name: string): boolean {
  return name === 'message' || name === 'agent_message' || name === 'text_chunk';
}

/** Nodes that finish without having started. */
function unopened(events: readonly StreamEvent[]): readonly string[] {
  const started = new Set<unknown>();
  return events.flatMap(({ data, event }) => {
    const id = typeof data === 'object' && data !== null && 'id' in data ? data.id : undefined;
    if (event === 'node_started') started.add(id);
    return event === 'node_finished' && !started.has(id) ? [`node ${String(id)} finished without having started`] : [];
  });
}

/** What should be the same in all events of a stream and is not. */
export function envelopeMisfits(events: readonly StreamEvent[]): readonly string[] {
  return ['task_id', 'conversation_id', 'message_id', 'created_at', 'workflow_run_id'].flatMap((key) => {
    const values = new Set(events.flatMap((event) => (key in event ? [event[key]] : [])));
    return values.size > 1 ? [`${key} changes within the stream`] : [];
  });
}
