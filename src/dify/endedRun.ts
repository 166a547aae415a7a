import { attachedEnding, endingAfter, endOf } from './ending.ts';
import { DifyError } from './errors.ts';
import type { StreamEvent } from './events.ts';
import { isFields, type Fields } from './json.ts';
import { readFile, type DifyFile } from './metadata.ts';
import type { WorkflowRun } from './runs.ts';
import type { TurnEvent } from './turn.ts';

const ended: ReadonlySet<string> = new Set(['succeeded', 'partial-succeeded', 'failed', 'stopped']);

/**
 * A run that is over, in the words in which its stream would tell it to who attaches to it: one event, and the end. `undefined` for one
 * that may go on: it says `running`, or waits.
 */
export function endedRun(run: WorkflowRun): AsyncGenerator<TurnEvent, void, void> | undefined {
  return ended.has(run.status) ? tell(run) : undefined;
}

async function* tell(run: WorkflowRun): AsyncGenerator<TurnEvent, void, void> {
  const { id, status, error, outputs, elapsed_time, total_tokens, total_steps } = run;
  const outcome = { status, error, outputs, elapsed_time, total_tokens, total_steps };
  const ids = { task_id: id, message_id: undefined, conversation_id: undefined, workflow_run_id: id };
  const event: StreamEvent = { event: 'workflow_finished', ...ids, ...outcome, files: filesIn(outputs) };
  yield event;
  const what = 'The detail of a run';
  yield await Promise.resolve(endOf(what, endingAfter(attachedEnding, event), new DifyError('incomplete', what)));
}

/** A stream lists them once more beside the outputs. */
function filesIn(outputs: Fields): readonly DifyFile[] {
  return Object.values(outputs)
    .flat()
    .filter(isFields)
    .filter((value) => value['dify_model_identity'] !== undefined)
    .map(readFile);
}
