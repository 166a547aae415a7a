import type { SentFile } from '../files/store.ts';
import type { Form } from '../humanInput/form.ts';
import type { Message } from '../history/store.ts';
import type { Fields, RunContext } from './graph.ts';
import type { Version } from './published.ts';
import type { Chunk } from './streaming.ts';
import type { Values } from './values.ts';

export type RunStatus = 'running' | 'succeeded' | 'partial-succeeded' | 'failed' | 'stopped' | 'paused';

/** How a run came to rest. `dropped`: it was stopped in the middle of a node, and the row never learns of it. */
export type Ending =
  | { readonly type: 'succeeded' }
  | { readonly type: 'failed'; readonly error: string }
  | { readonly type: 'aborted'; readonly error: string }
  | { readonly type: 'dropped' }
  | { readonly type: 'paused' };

/** What chatflows and workflows do differently: the form of their events, and what is left to do at the end. */
export interface RunKind {
  /** An event about the run, with `workflow_run_id` and `data`. */
  readonly dataEvent: (event: string, data: Fields) => object;
  readonly agentLog: (data: Fields) => object;
  readonly said: (chunk: Chunk) => object;
  /** Saves what there is so far. */
  readonly pause: () => void;
  /**
   * Saves what is to be saved, and gives the last events.
   *
   * @throws if there is nothing left to save it in.
   */
  readonly end: (ending: Ending, finished: object) => Iterable<object>;
}

export interface RunOptions {
  readonly id: string;
  readonly taskId: string;
  readonly version: Version;
  readonly user: string;
  /** The server's own id of the user. */
  readonly endUserId: string;
  /** Files that its tools have made so far. */
  readonly kept: readonly SentFile[];
  /** What the run detail shows. */
  readonly inputs: Fields;
  /** What `workflow_started` shows. */
  readonly startedInputs: Fields;
  readonly values: Values;
  readonly context: RunContext;
  /** Of a chatflow: the turn that it answers. */
  readonly message: Message | undefined;
  /** Called when the run pauses for a form that is new. */
  readonly opened: (form: Form) => void;
}
