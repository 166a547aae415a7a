import { seconds } from '../clock.ts';
import type { EngineEvent } from './engineEvents.ts';
import type { Execution } from './execution.ts';
import type { Fields, Node } from './graph.ts';
import { isFile } from './nodes/plain.ts';
import { totalTokens } from './tokens.ts';

/** The name and the `data` of an event about a node. */
export interface DataEvent {
  readonly event: string;
  readonly data: Fields;
}

/** What a stream says of it; a container has events of its own instead of `node_*`. */
export function describedEvent(event: Exclude<EngineEvent, { readonly type: 'said' }>): DataEvent | undefined {
  const { execution } = event;
  const isContainer = execution.node.execution === 'container';
  switch (event.type) {
    case 'announced':
      return event.announcement;
    case 'retried':
      return nodeRetry(execution, event.retry);
    case 'started':
      return isContainer ? undefined : nodeStarted(execution);
    case 'finished':
      return isContainer
        ? { event: `${execution.node.type}_completed`, data: containerCompleted(execution, roundsOf(execution)) }
        : nodeFinished(execution, filesIn(execution.outputs));
  }
}

function roundsOf({ inputs }: Execution): number {
  const { iterator_selector: items, loop_count: count } = inputs;
  return Array.isArray(items) ? items.length : Number(count ?? 0);
}

/** The files among a node's or a run's outputs. */
export function filesIn(outputs: Fields): readonly unknown[] {
  return Object.values(outputs).flatMap((value) =>
    Array.isArray(value) ? value.filter(isFile) : isFile(value) ? [value] : [],
  );
}

function nodeStarted(execution: Execution): DataEvent {
  const { icon } = execution.node;
  return {
    event: 'node_started',
    data: {
      ...nodeHead(execution),
      inputs: null,
      inputs_truncated: false,
      created_at: seconds(execution.startedAt),
      extras: icon === undefined ? {} : { icon },
      ...placeIds(execution),
      agent_strategy: execution.node.agentStrategy ?? null,
    },
  };
}

function nodeFinished(execution: Execution, files: readonly unknown[]): DataEvent {
  return { event: 'node_finished', data: finishedData(execution, files) };
}

function nodeRetry(execution: Execution, retry: number): DataEvent {
  return { event: 'node_retry', data: { ...finishedData(execution, []), retry_index: retry } };
}

function finishedData(execution: Execution, files: readonly unknown[]): Fields {
  const { metadata, usage } = execution;
  return {
    ...nodeHead(execution),
    inputs: execution.inputs,
    inputs_truncated: false,
    process_data: execution.processData,
    process_data_truncated: false,
    outputs: execution.outputs,
    outputs_truncated: false,
    status: execution.status,
    error: execution.error,
    elapsed_time: elapsedSeconds(execution),
    execution_metadata: metadata === undefined && usage === undefined ? null : (metadata ?? {}),
    created_at: seconds(execution.startedAt),
    finished_at: seconds(execution.finishedAt ?? execution.startedAt),
    files,
    ...placeIds(execution),
  };
}

function nodeHead({ id, node }: Execution): Fields {
  // The server counts no longer: every node is number 1, and nobody its predecessor.
  return { id, node_id: node.id, node_type: node.type, title: node.title, index: 1, predecessor_node_id: null };
}

export function placeIds({ place }: Execution): Fields {
  return {
    iteration_id: place !== undefined && 'iteration' in place ? place.iteration : null,
    loop_id: place !== undefined && 'loop' in place ? place.loop : null,
  };
}

export function elapsedSeconds({ finishedAt, startedAt }: Execution): number {
  return ((finishedAt ?? startedAt) - startedAt) / 1000;
}

/** What all events of an iteration or a loop begin with. */
export function containerHead({ id, title, type }: Node): Fields {
  return { id, node_id: id, node_type: type, title };
}

function containerCompleted(execution: Execution, rounds: number): Fields {
  return {
    ...containerHead(execution.node),
    outputs: execution.outputs,
    outputs_truncated: false,
    created_at: seconds(execution.finishedAt ?? execution.startedAt),
    extras: {},
    inputs: execution.inputs,
    inputs_truncated: false,
    status: execution.status,
    error: null,
    elapsed_time: elapsedSeconds(execution),
    total_tokens: totalTokens(execution.usage),
    execution_metadata: execution.metadata ?? null,
    finished_at: seconds(execution.finishedAt ?? execution.startedAt),
    steps: rounds,
  };
}
