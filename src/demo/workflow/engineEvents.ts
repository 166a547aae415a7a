import type { Form } from '../humanInput/form.ts';
import type { Execution } from './execution.ts';
import type { NodeAnnouncement, Place } from './graph.ts';
import type { Chunk } from './streaming.ts';

/** What happens while a graph is run, in order. */
export type EngineEvent =
  | { readonly type: 'started' | 'finished'; readonly execution: Execution }
  | { readonly type: 'retried'; readonly execution: Execution; readonly retry: number }
  | { readonly type: 'announced'; readonly execution: Execution; readonly announcement: NodeAnnouncement }
  | { readonly type: 'said'; readonly chunk: Chunk };

export type EngineOutcome =
  | { readonly status: 'succeeded' }
  | { readonly status: 'failed' | 'aborted'; readonly error: string }
  | { readonly status: 'paused'; readonly forms: readonly Form[] };

export interface EngineOptions {
  readonly listener: (event: EngineEvent) => void;
  readonly place?: Place;
  /** The list that all executions of a run stand in. */
  readonly executions?: Execution[];
  /** How many of them were over when the present segment of the run began. */
  readonly before?: number;
}
