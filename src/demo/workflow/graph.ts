import type { MadeFile, SentFile } from '../files/store.ts';
import type { Clock } from '../clock.ts';
import type { Form } from '../humanInput/form.ts';
import type { Exchange, TextSource } from '../turns/textSource.ts';
import type { WorkflowGeneration } from './generation.ts';
import type { Usage } from './tokens.ts';
import type { Values } from './values.ts';

/** Where a value is: the node that made it (or `sys`, `conversation`, `env`) and the output's name. */
export type Selector = readonly [string, ...string[]];

export type Fields = Readonly<Record<string, unknown>>;

/** What a node of type Answer or End says, piece by piece: a text, or what some other node makes. */
export type Segment = { readonly text: string } | { readonly selector: Selector };

/** One box of a workflow. Node kinds are functions that make such boxes; see `nodes/`. */
export interface Node {
  readonly id: string;
  /** Dify's name of the kind: `llm`, `if-else`, `http-request`. */
  readonly type: string;
  readonly title: string;
  /** Of a tool's provider: an emoji. */
  readonly icon?: { readonly content: string; readonly background: string };
  /**
   * Does the node's work. It may be called again: after a failure, where there is a retry, and after a pause.
   *
   * @throws {NodeError} what the run or the node's error strategy makes of it.
   */
  readonly run: (context: NodeContext) => Promise<NodeOutcome>;
  /**
   * What the engine must know of the kind: a branch goes on by one of its handles, a container reports its rounds by events of its own
   * instead of `node_*`, a response says `segments` while others work.
   */
  readonly execution?: 'branch' | 'container' | 'response';
  readonly segments?: readonly Segment[];
  /** Values that are not certain before this node has run, though they exist. */
  readonly writes?: readonly Selector[];
  readonly onError?: ErrorStrategy;
  readonly retry?: { readonly times: number; readonly intervalMs: number };
  /** Sent with `node_started`. */
  readonly agentStrategy?: object;
}

export type ErrorStrategy =
  | { readonly strategy: 'default-value'; readonly outputs: Fields }
  /** Goes on by the handle `fail-branch`, and by `success-branch` if all is well. */
  | { readonly strategy: 'fail-branch' };

export interface Edge {
  readonly from: string;
  readonly to: string;
  /** Of a branch: by which of its handles. */
  readonly handle?: string;
}

/** The first node is where a run begins. */
export interface Graph {
  readonly nodes: readonly Node[];
  readonly edges: readonly Edge[];
}

export interface NodeResult {
  readonly type: 'done';
  readonly inputs?: Fields;
  readonly processData?: Fields;
  readonly outputs: Fields;
  /** undefined: the server says null. */
  readonly metadata?: Fields | undefined;
  readonly usage?: Usage | undefined;
  /** Of a branch: how to go on. */
  readonly handle?: string;
}

/**
 * The node cannot go on before a person has submitted a form. The engine lets the other branches come to rest and ends with `paused`;
 * `Engine.resume` runs all paused nodes once more, each with its form in the context. One whose form is still open pauses again.
 */
export interface NodePause {
  readonly type: 'paused';
  readonly form: Form;
}

export type NodeOutcome = NodeResult | NodePause;

export class NodeError extends Error {
  readonly errorType: string;
  readonly inputs: Fields;
  readonly processData: Fields;
  readonly outputs: Fields;
  readonly metadata: Fields | undefined;

  constructor(message: string, errorType: string, more: Partial<Omit<NodeResult, 'type'>> = {}) {
    super(message);
    this.errorType = errorType;
    this.inputs = more.inputs ?? {};
    this.processData = more.processData ?? {};
    this.outputs = more.outputs ?? {};
    this.metadata = more.metadata;
  }
}

/** In which round of which iteration or loop a node runs. */
export type Place =
  | { readonly iteration: string; readonly round: number }
  | { readonly loop: string; readonly round: number };

/** What nodes know of the run they are part of. */
export interface RunContext {
  readonly generation: WorkflowGeneration;
  readonly clock: Clock;
  readonly uuid: () => string;
  /** The model, for nodes that name none of their own. */
  readonly source: TextSource;
  /** Whether `source` answers for all, whatever a node names. */
  readonly sourceIsForced: boolean;
  readonly tokensPerSecond: number;
  /** Earlier turns of the conversation; `''` is no answer. */
  readonly history: readonly Exchange[];
  /** The files sent with the question. */
  readonly attached: readonly SentFile[];
  /** Keeps what a tool has made, as a file object. */
  readonly keepFile: (made: MadeFile) => object;
  readonly runId: string;
  /** Keeps the value of a conversation variable beyond the run. */
  readonly saveVariable: (name: string, value: unknown) => void;
}

export interface NodeContext extends RunContext {
  readonly node: Node;
  readonly values: Values;
  readonly signal: AbortSignal;
  /** From 1; more after a failure that is retried. */
  readonly attempt: number;
  /** What a paused node has waited for; undefined the first time. */
  readonly form: Form | undefined;
  /** Says a piece of one of the node's outputs; `last` closes it. */
  readonly stream: (output: string, text: string, last?: boolean) => void;
  /** Sends an event that only this kind of node has: `iteration_next`, `agent_log`. */
  readonly announce: (event: NodeAnnouncement) => void;
  /** Runs a container's inner graph once; with values of its own, what happens in it is told when it is over. */
  readonly runInside: (graph: Graph, place: Place, own?: Values) => Promise<InnerOutcome>;
}

export interface NodeAnnouncement {
  readonly event: string;
  readonly data: Fields;
}

/** How a container's round has ended. */
export interface InnerOutcome {
  /** undefined if all went well. */
  readonly error: string | undefined;
  readonly usage: Usage | undefined;
}
