import { seconds } from '../clock.ts';
import { notFound, unknownError } from '../http/errors.ts';
import { restResponse } from '../http/responses.ts';
import { spacedJson } from '../http/python.ts';
import type { Call } from '../routes.ts';
import { normalizedUuid } from '../http/uuid.ts';
import type { Run } from './run.ts';

/** `GET /workflows/run/{workflow_run_id}`: nobody asks whose it is. */
export function runDetail(call: Call): Response {
  const { app, parameters, server } = call;
  const id = normalizedUuid(parameters[0] ?? '');
  if (id === undefined) throw unknownError();
  const run = server.runs.find(app, id);
  if (run !== undefined) return restResponse(detail(run));
  if (server.generation.workflow.relays) throw notFound('Workflow run not found.');
  return restResponse(Object.fromEntries(detailKeys.map((key) => [key, null])));
}

const detailKeys = [
  'id',
  'workflow_id',
  'status',
  'inputs',
  'outputs',
  'error',
  'total_steps',
  'total_tokens',
  'created_at',
  'finished_at',
  'elapsed_time',
] as const;

function detail(run: Run): Readonly<Record<(typeof detailKeys)[number], unknown>> {
  return {
    id: run.id,
    workflow_id: run.options.version.id,
    status: run.status,
    inputs: spacedJson(run.options.inputs),
    outputs: shownOutputs(run),
    error: run.error,
    total_steps: run.totalSteps,
    total_tokens: run.totalTokens,
    created_at: seconds(run.createdAt),
    finished_at: run.finishedAt === undefined ? null : seconds(run.finishedAt),
    elapsed_time: run.finishedAt === undefined ? 0 : run.elapsed(),
  };
}

/** An older server shows the column as it is: JSON, and null where a run has ended without any. */
function shownOutputs({ options, outputs, status }: Run): unknown {
  if (options.context.generation.relays) return outputs;
  if (Object.keys(outputs).length === 0 && status !== 'running') return null;
  return spacedJson(outputs);
}
