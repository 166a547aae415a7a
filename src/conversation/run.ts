import type { HumanInputForm } from '../dify/form.ts';
import type { Fields } from '../dify/json.ts';
import type { Citation, DifyFile } from '../dify/metadata.ts';
import type { Failure } from './failure.ts';
import type { LogEntry, NodeEnd, NodeRun, NodeStart, Thought } from './steps.ts';

/** Where a run is. A run ends in exactly one of `done`, `stopped`, `incomplete`, `failed`, and never leaves it. */
export type RunStatus =
  /**
   * Sent; no word of the answer yet. `resend` while the client waits before it sends the request again; `lost` while what became of an
   * answer that was cut off is looked for: what is to be said if that is given up.
   */
  | { readonly type: 'waiting'; readonly resend: Resend | undefined; readonly lost?: Failure | undefined }
  | { readonly type: 'answering' }
  /** The run waits until somebody has filled in its form; it may go on. */
  | { readonly type: 'paused' }
  | { readonly type: 'done' }
  /** The person stopped it, or the window was closed, or Dify says that it was stopped; what was shown is kept. */
  | { readonly type: 'stopped'; readonly because?: 'closed' | 'server' | undefined }
  /** Cut off: what arrived is kept, and it may not be all. `closed`: with its window, and nobody has looked for the rest. */
  | { readonly type: 'incomplete'; readonly failure: Failure; readonly because?: 'closed' | undefined }
  | { readonly type: 'failed'; readonly failure: Failure };

/** A request that never reached Dify, or that it refused unread, is about to be sent again. */
export interface Resend {
  /** 1 for the first repetition. */
  readonly attempt: number;
  /** How many repetitions there will be at most. */
  readonly of: number;
  /** Seconds until the request is sent again, counted from the event. */
  readonly seconds: number;
  readonly failure: Failure;
}

/** What the answer cost. Members are `undefined` where the server does not say, or counted nothing (after a stop). */
export interface Usage {
  readonly totalTokens: number | undefined;
  /** Seconds, measured by the server. */
  readonly latency: number | undefined;
  /** A decimal number as text, in `currency`; Dify sends prices as text. */
  readonly totalPrice: string | undefined;
  readonly currency: string | undefined;
}

/** A form that the run waits, or waited, for. */
export interface RunForm {
  readonly form: HumanInputForm;
  readonly state:
    | { readonly type: 'open' }
    /** `content` is Markdown: the form's text with what was entered. */
    | { readonly type: 'filled'; readonly action: string; readonly content: string }
    /** Nobody filled it in before its deadline. */
    | { readonly type: 'expired' };
}

/** One generation: the answer so far, and what is known of it. */
export interface Run {
  readonly text: string;
  readonly status: RunStatus;
  /** Dify's `message_id`, known from the first event on; a workflow app has none. */
  readonly messageId: string | undefined;
  /** Dify's `workflow_run_id`: what a lost connection attaches to again. Chatflows and workflow apps have one. */
  readonly runId: string | undefined;
  /** Whether Dify can be told to stop: false before the server's first event, when only the reading would stop. */
  readonly stoppable: boolean;
  readonly usage: Usage | undefined;
  /** What the model thought apart from its answer. */
  readonly reasoning: string;
  /** An agent's rounds, in their order. */
  readonly thoughts: readonly Thought[];
  /** A workflow's nodes, in the order in which they began. */
  readonly nodes: readonly NodeRun[];
  /** Files that the answer brought. */
  readonly files: readonly DifyFile[];
  readonly citations: readonly Citation[];
  readonly forms: readonly RunForm[];
  /** A workflow's outputs by name; `undefined` before its end, and for an app without a workflow. */
  readonly outputs: Fields | undefined;
  /** Whose annotation answered in place of the app: a name, or '' if the server does not say. */
  readonly annotatedBy: string | undefined;
}

/** What happens to a run. */
export type RunEvent =
  /** The server's first word, also of a run that goes on. */
  | {
      readonly type: 'started';
      readonly messageId: string | undefined;
      readonly conversationId: string | undefined;
      readonly runId: string | undefined;
      readonly stoppable: boolean;
    }
  /** A run that was cut off, or that waited for a form, is read on. */
  | { readonly type: 'resumed' }
  /** The connection to a run was lost, which is said if what became of it is not found. */
  | { readonly type: 'lost'; readonly failure: Failure }
  | ({ readonly type: 'resending' } & Resend)
  | { readonly type: 'textAppended'; readonly text: string }
  | { readonly type: 'textReplaced'; readonly text: string }
  | { readonly type: 'reasoned'; readonly text: string }
  | { readonly type: 'thought'; readonly thought: Thought }
  | { readonly type: 'nodeStarted'; readonly node: NodeStart }
  /** It failed and is tried again, for the `attempt`th time. */
  | {
      readonly type: 'nodeRetried';
      readonly node: NodeStart;
      readonly attempt: number;
      readonly error: string | undefined;
    }
  /** An iteration or a loop began its next round. */
  | { readonly type: 'roundStarted'; readonly id: string; readonly round: number }
  | { readonly type: 'nodeEnded'; readonly node: NodeEnd }
  /** A line of the log of the node with this `nodeId`. */
  | { readonly type: 'logged'; readonly nodeId: string; readonly entry: LogEntry }
  | { readonly type: 'fileAdded'; readonly file: DifyFile }
  | { readonly type: 'cited'; readonly citations: readonly Citation[] }
  | { readonly type: 'annotated'; readonly by: string }
  | { readonly type: 'formOpened'; readonly form: HumanInputForm }
  | { readonly type: 'formFilled'; readonly nodeId: string; readonly action: string; readonly content: string }
  | { readonly type: 'formExpired'; readonly nodeId: string }
  | { readonly type: 'outputsGiven'; readonly outputs: Fields }
  | { readonly type: 'paused' }
  | { readonly type: 'answered'; readonly usage: Usage | undefined }
  /** Without a reason the person stopped it. */
  | { readonly type: 'stopped'; readonly because?: 'closed' | 'server' | undefined }
  | { readonly type: 'incomplete'; readonly failure: Failure; readonly because?: 'closed' | undefined }
  | { readonly type: 'failed'; readonly failure: Failure };

/** A run that was sent a moment ago. */
export const newRun: Run = {
  text: '',
  status: { type: 'waiting', resend: undefined },
  messageId: undefined,
  runId: undefined,
  stoppable: false,
  usage: undefined,
  reasoning: '',
  thoughts: [],
  nodes: [],
  files: [],
  citations: [],
  forms: [],
  outputs: undefined,
  annotatedBy: undefined,
};

/** Whether nothing more happens to the run by itself. A paused one goes on when its form is filled in. */
export function isEnded(run: Run): boolean {
  return run.status.type !== 'waiting' && run.status.type !== 'answering';
}
