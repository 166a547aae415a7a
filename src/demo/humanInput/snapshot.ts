import { seconds } from '../clock.ts';
import { elapsedSeconds, placeIds } from '../workflow/eventData.ts';
import type { Execution } from '../workflow/execution.ts';
import type { Fields } from '../workflow/graph.ts';
import type { Run } from '../workflow/run.ts';
import { savedPauseEvents } from './pauseEvents.ts';

/**
 * What has happened in a run so far, in events made from the server's tables. They are poorer than those of the run itself: no values,
 * keys in another order, forms that are not filled in; of the text only what is saved, and that is nothing while the run goes on.
 */
export function snapshotOf(run: Run): readonly object[] {
  const { message } = run.options;
  const turn =
    message === undefined
      ? {}
      : { conversation_id: message.conversationId, message_id: message.id, created_at: message.createdAt };
  const event = (name: string, data: Fields): object => ({
    event: name,
    task_id: run.options.taskId,
    workflow_run_id: run.id,
    data,
    ...turn,
  });
  const said =
    message === undefined
      ? []
      : [{ event: 'message_replace', task_id: run.options.taskId, answer: message.answer, reason: '', ...turn }];
  return [
    event('workflow_started', startedData(run)),
    ...said,
    ...run.executions.flatMap((execution) => nodeEvents(execution, event)),
    ...(run.isWaiting ? savedPauseEvents(run).map((pause) => event(pause.event, pause.data)) : []),
  ];
}

type EventOf = (name: string, data: Fields) => object;

function startedData(run: Run): Fields {
  const { inputs, version } = run.options;
  return {
    id: run.id,
    workflow_id: version.id,
    inputs,
    created_at: seconds(run.createdAt),
    reason: 'initial',
  };
}

function nodeEvents(execution: Execution, event: EventOf): readonly object[] {
  const started = event('node_started', {
    ...head(execution),
    inputs: null,
    created_at: seconds(execution.startedAt),
    extras: {},
    ...placeIds(execution),
  });
  if (execution.status === 'running' || execution.status === 'retry') return [started];
  return [started, event('node_finished', finishedData(execution))];
}

function finishedData(execution: Execution): Fields {
  return {
    ...head(execution),
    inputs: null,
    process_data: null,
    outputs: null,
    status: execution.status,
    error: execution.error,
    elapsed_time: elapsedSeconds(execution),
    execution_metadata: null,
    created_at: seconds(execution.startedAt),
    finished_at: seconds(execution.finishedAt ?? execution.startedAt),
    files: [],
    ...placeIds(execution),
  };
}

/** Here the nodes are counted, in each segment of the run anew. */
function head({ id, index, node }: Execution): Fields {
  return { id, node_id: node.id, node_type: node.type, title: node.title, index, predecessor_node_id: null };
}
