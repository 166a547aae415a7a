import { filled, numeric, object, objects, text, type Fields } from './json.ts';
import { readFile, type DifyFile } from './metadata.ts';

/** Events of a workflow run: chatflows and workflow apps. */
export type WorkflowEvent =
  | {
      readonly event: 'workflow_started';
      readonly workflow_id: string | undefined;
      /** `initial`, or `resumption` after a pause; servers before 1.14 do not say. */
      readonly reason: string | undefined;
    }
  | ({ readonly event: 'workflow_finished' } & RunOutcome)
  | ({ readonly event: 'node_started' } & NodeFields)
  | ({ readonly event: 'node_finished' } & NodeOutcome)
  /** The node failed and is tried again: it still runs. */
  | ({ readonly event: 'node_retry' } & NodeOutcome)
  /** An iteration or a loop begins; they have no `node_started` of their own. */
  | ({ readonly event: 'iteration_started' | 'loop_started'; readonly length: number | undefined } & NodeFields)
  /** A round: `iteration_next` before it, counted from 0; `loop_next` after it, counted from 1, also after the last. */
  | { readonly event: 'iteration_next' | 'loop_next'; readonly id: string; readonly index: number }
  | ({ readonly event: 'iteration_completed' | 'loop_completed' } & NodeOutcome)
  | ({ readonly event: 'agent_log' } & AgentLogEntry)
  /** A piece of an output of a workflow app. */
  | { readonly event: 'text_chunk'; readonly text: string }
  | { readonly event: 'text_replace'; readonly text: string }
  /** A piece of what a model thought apart from its answer: servers after 1.14. */
  | { readonly event: 'reasoning_chunk'; readonly reasoning: string; readonly node_id: string };

/** How a run ended. */
export interface RunOutcome {
  /** `succeeded`, `failed`, `stopped`, `partial-succeeded` (a success with handled errors). */
  readonly status: string;
  readonly error: string | undefined;
  /** Of a chatflow `answer` and `files`; of a workflow app whatever its End nodes give. */
  readonly outputs: Fields;
  readonly files: readonly DifyFile[];
  /** Seconds; of a resumed run those of its last part. */
  readonly elapsed_time: number | undefined;
  readonly total_tokens: number | undefined;
  readonly total_steps: number | undefined;
}

/** Which execution of which node. */
export interface NodeFields {
  /** Of this execution; the same when the node is resumed or told again in a snapshot. An iteration's or loop's is its node's. */
  readonly id: string;
  readonly node_id: string;
  readonly node_type: string;
  readonly title: string;
  /** The iteration or loop that the node runs in. */
  readonly container_id: string | undefined;
}

/** What an execution of a node came to. Its process data, which has the prompts of models, is not read. */
export interface NodeOutcome extends NodeFields {
  /** `succeeded`, `failed`, `exception` (failed, and handled), `retry`, `paused`, `stopped`, or a newer server's word. */
  readonly status: string;
  /** For a handled error its real text, where Dify itself says "Unknown error". */
  readonly error: string | undefined;
  /** Seconds. */
  readonly elapsed_time: number | undefined;
  readonly total_tokens: number | undefined;
  /** Of `node_retry`, from 1. */
  readonly retry_index: number | undefined;
  /** Round of the iteration or loop, from 0. */
  readonly round: number | undefined;
  /** What a model thought apart from its answer, or ''. */
  readonly reasoning: string;
  readonly inputs: Fields;
  readonly outputs: Fields;
}

/** A line in the log of an Agent node; they make a tree. Sent again with the same id when it ends. */
export interface AgentLogEntry {
  readonly id: string;
  readonly parent_id: string | undefined;
  readonly node_id: string;
  /** Like `ROUND 1`, `CALL current_time`. */
  readonly label: string;
  /** `start`, `success`, `error`. */
  readonly status: string;
  readonly error: string | undefined;
  /** What was called with, or came out: whatever the agent's strategy tells. */
  readonly data: Fields;
}

/** The event of that name with that `data`, or `undefined` if it is none of a workflow's. */
export function readWorkflowEvent(name: string, data: Fields): WorkflowEvent | undefined {
  switch (name) {
    case 'workflow_started':
      return { event: name, workflow_id: filled(data, 'workflow_id'), reason: filled(data, 'reason') };
    case 'workflow_finished':
      return { event: name, ...readOutcome(data) };
    case 'text_chunk':
    case 'text_replace':
      return { event: name, text: text(data, 'text') ?? '' };
    case 'reasoning_chunk':
      return { event: name, reasoning: text(data, 'reasoning') ?? '', node_id: text(data, 'node_id') ?? '' };
    default:
      return readNodeEvent(name, data);
  }
}

function readNodeEvent(name: string, data: Fields): WorkflowEvent | undefined {
  switch (name) {
    case 'node_started':
      return { event: name, ...readNode(data) };
    case 'node_finished':
    case 'node_retry':
    case 'iteration_completed':
    case 'loop_completed':
      return { event: name, ...readNodeOutcome(data) };
    case 'iteration_started':
    case 'loop_started': {
      const metadata = object(data, 'metadata');
      const length = numeric(metadata, 'iteration_length') ?? numeric(metadata, 'loop_length');
      return { event: name, ...readNode(data), length };
    }
    case 'iteration_next':
    case 'loop_next':
      return { event: name, id: text(data, 'id') ?? '', index: numeric(data, 'index') ?? 0 };
    case 'agent_log':
      return { event: name, ...readLogEntry(data) };
    default:
      return undefined;
  }
}

function readOutcome(data: Fields): RunOutcome {
  return {
    status: text(data, 'status') ?? '',
    error: filled(data, 'error'),
    outputs: object(data, 'outputs'),
    files: objects(data, 'files').map(readFile),
    elapsed_time: numeric(data, 'elapsed_time'),
    total_tokens: numeric(data, 'total_tokens'),
    total_steps: numeric(data, 'total_steps'),
  };
}

function readNode(data: Fields): NodeFields {
  const nodeId = text(data, 'node_id') ?? '';
  const type = text(data, 'node_type') ?? '';
  // A snapshot tells an iteration or a loop like other nodes, by its execution; its own events name its node.
  const isContainer = type === 'iteration' || type === 'loop';
  return {
    id: isContainer ? nodeId : (text(data, 'id') ?? ''),
    node_id: nodeId,
    node_type: type,
    title: text(data, 'title') ?? '',
    container_id: filled(data, 'iteration_id') ?? filled(data, 'loop_id'),
  };
}

function readNodeOutcome(data: Fields): NodeOutcome {
  const outputs = object(data, 'outputs');
  const metadata = object(data, 'execution_metadata');
  return {
    ...readNode(data),
    status: text(data, 'status') ?? '',
    error: filled(outputs, 'error_message') ?? filled(data, 'error'),
    elapsed_time: numeric(data, 'elapsed_time'),
    total_tokens: numeric(metadata, 'total_tokens') ?? numeric(data, 'total_tokens'),
    retry_index: numeric(data, 'retry_index'),
    round: numeric(metadata, 'iteration_index') ?? numeric(metadata, 'loop_index'),
    reasoning: text(outputs, 'reasoning_content') ?? '',
    inputs: object(data, 'inputs'),
    outputs,
  };
}

function readLogEntry(data: Fields): AgentLogEntry {
  return {
    id: text(data, 'id') ?? '',
    parent_id: filled(data, 'parent_id'),
    node_id: text(data, 'node_id') ?? text(data, 'node_execution_id') ?? '',
    label: text(data, 'label') ?? '',
    status: text(data, 'status') ?? '',
    error: filled(data, 'error'),
    data: object(data, 'data'),
  };
}
