import type { Fields, Node, Place } from './graph.ts';
import type { Usage } from './tokens.ts';

export type ExecutionStatus = 'running' | 'succeeded' | 'failed' | 'exception' | 'retry' | 'paused';

/** One run of one node: a row of the server's table of node executions. */
export interface Execution {
  readonly id: string;
  readonly node: Node;
  readonly place: Place | undefined;
  /** From 1, in each segment of a run that was paused anew. Only snapshots tell it. */
  index: number;
  /** ms */
  startedAt: number;
  finishedAt: number | undefined;
  status: ExecutionStatus;
  inputs: Fields;
  processData: Fields;
  outputs: Fields;
  error: string | null;
  metadata: Fields | undefined;
  usage: Usage | undefined;
}

export function newExecution({ id, index, node, place, startedAt }: Began): Execution {
  return {
    id,
    node,
    place,
    index,
    startedAt,
    finishedAt: undefined,
    status: 'running',
    inputs: {},
    processData: {},
    outputs: {},
    error: null,
    metadata: undefined,
    usage: undefined,
  };
}

type Began = Pick<Execution, 'id' | 'node' | 'place' | 'index' | 'startedAt'>;

/** What of an execution is worth knowing of its round. */
export function placeData(place: Place | undefined): Fields | undefined {
  if (place === undefined) return undefined;
  return 'loop' in place
    ? { loop_id: place.loop, loop_index: place.round }
    : { iteration_id: place.iteration, iteration_index: place.round };
}
