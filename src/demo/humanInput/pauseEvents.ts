import { seconds } from '../clock.ts';
import type { DataEvent } from '../workflow/eventData.ts';
import type { Fields } from '../workflow/graph.ts';
import { reachedOutputs } from '../workflow/outputs.ts';
import type { Run } from '../workflow/run.ts';
import { type Form, formEvent, pauseReason, unfilled } from './form.ts';

/** What a run says when it pauses: each form, and then that it waits. */
export function pauseEvents(run: Run): readonly DataEvent[] {
  return [
    ...told(run.forms).map((form) => ({ event: 'human_input_required', data: formEvent(form) })),
    {
      event: 'workflow_paused',
      data: {
        workflow_run_id: run.id,
        paused_nodes: run.forms.map(({ nodeId }) => nodeId),
        outputs: {},
        reasons: told(run.forms).map(pauseReason),
        status: 'paused',
        created_at: seconds(run.begunAt),
        elapsed_time: run.elapsed(),
        ...counts(run),
      },
    },
  ];
}

/** The same from the server's tables. A fault of the server: the texts of the forms are not filled in. */
export function savedPauseEvents(run: Run): readonly DataEvent[] {
  const forms = told(run.forms).map(unfilled);
  return [
    ...forms.map((form) => ({ event: 'human_input_required', data: formEvent(form) })),
    {
      event: 'workflow_paused',
      data: {
        workflow_run_id: run.id,
        paused_nodes: forms.map(({ nodeId }) => nodeId),
        outputs: savedOutputs(reachedOutputs(run.executions)),
        reasons: forms.map(pauseReason),
        status: 'paused',
        created_at: seconds(run.createdAt),
        elapsed_time: 0,
        ...counts(run),
      },
    },
  ];
}

/** What a run waits for, as a blocking answer says it too. */
export function whatFor({ forms }: Run): Fields {
  return { paused_nodes: forms.map(({ nodeId }) => nodeId), reasons: told(forms).map(pauseReason) };
}

/** The same for a turn, with what it took to come so far. */
export function pausedState(run: Run): Fields {
  return { ...whatFor(run), status: 'paused', elapsed_time: run.elapsed(), ...counts(run) };
}

function counts({ totalSteps, totalTokens }: Run): Fields {
  return { total_tokens: totalTokens, total_steps: totalSteps };
}

/** The files of an answer as the server writes them into its tables. */
function savedOutputs(outputs: Fields): Fields {
  const { answer, files } = outputs;
  return typeof answer === 'string' ? { answer, files: { value_type: 'array[file]', value: files } } : outputs;
}

/** The form that was opened last is told first. */
function told(forms: readonly Form[]): readonly Form[] {
  return forms.toReversed();
}
