import { chatStopPath } from './chat.ts';
import type { DifyClient } from './client.ts';
import { sendInputs } from './jsonInputs.ts';
import type { Fields } from './json.ts';
import type { TurnEvent } from './turn.ts';

/** A run of a workflow app: mode `workflow`. */
export interface WorkflowRequest {
  /** The values of the app's form. Files for `file` inputs are file mappings. */
  readonly inputs: Fields;
  /** File mappings for `sys.files`. */
  readonly files?: readonly Fields[];
  /** A published version, by the `workflow_id` of an earlier run; else the one published last. */
  readonly workflow_id?: string;
  /** Streams unless said otherwise; blocking is for a diagnosis only, its answer is told in the same events. */
  readonly response_mode?: 'streaming' | 'blocking';
}

/**
 * Runs the workflow, and yields its events; see `DifyClient.generate` for the end and for stopping.
 *
 * @throws {DifyError} `rejected` for inputs that the form does not take, `runFailed` where Dify 1.14 says so in the stream
 * @see https://docs.dify.ai/en/api-reference/workflow-execution/execute-workflow
 * @see https://docs.dify.ai/en/api-reference/workflow-execution/execute-specific-workflow
 * @see https://docs.dify.ai/en/api-reference/workflow-execution/stop-workflow-task
 */
export function runWorkflow(
  client: DifyClient,
  { workflow_id: version, ...request }: WorkflowRequest,
  signal: AbortSignal,
): AsyncGenerator<TurnEvent, void, void> {
  const path = version === undefined ? '/workflows/run' : `/workflows/${encodeURIComponent(version)}/run`;
  return sendInputs(request.inputs, (inputs) =>
    client.generate({ path, stopPath: workflowStopPath, body: { ...request, inputs } }, signal),
  );
}

/** A run that this person began, and that a connection was lost to, or that waits for a form. */
export interface RunToAttach {
  /** `workflow_run_id` of the run's events. */
  readonly runId: string;
  /** Which stop the run obeys. */
  readonly mode: 'advanced-chat' | 'workflow';
  /**
   * Done once the stream is open and before it is read: the submission of the run's form. Dify forgets what it sends while nobody
   * listens, so the stream has to be open first. What it throws ends the call, and the run waits on.
   */
  readonly attached?: () => Promise<void>;
}

/**
 * Reads on in a run, beginning with a snapshot of its state, and goes on when it pauses. Text that was streamed meanwhile does not
 * come again: the whole answer is in `workflow_finished`, or in the history. A run that was stopped is not to be attached to, its
 * stream has nothing but pings.
 *
 * @throws {DifyError} `notFound` if there is no such run of this user, `notDify` on servers before 1.14, which have no such endpoint
 * @see https://docs.dify.ai/en/api-reference/workflow-execution/stream-workflow-events
 */
export function attachToRun(
  client: DifyClient,
  { runId, mode, attached }: RunToAttach,
  signal: AbortSignal,
): AsyncGenerator<TurnEvent, void, void> {
  return client.generate(
    {
      path: `/workflow/${encodeURIComponent(runId)}/events`,
      // Without the snapshot a stream that goes on after a pause does not end with the run either.
      query: { include_state_snapshot: 'true', continue_on_pause: 'true' },
      stopPath: mode === 'workflow' ? workflowStopPath : chatStopPath,
      attached: attached ?? (() => Promise.resolve()),
    },
    signal,
  );
}

function workflowStopPath(taskId: string): string {
  return `/workflows/tasks/${encodeURIComponent(taskId)}/stop`;
}
