import { seconds } from '../clock.ts';
import { ApiError, lateMessage } from '../http/errors.ts';
import { whatFor } from '../humanInput/pauseEvents.ts';
import { checkedMessage, responseMode } from '../turns/generate.ts';
import { blockingResponse } from '../http/responses.ts';
import type { Call } from '../routes.ts';
import { isList, isObject, optional, validate } from '../http/schema.ts';
import { inSlot } from '../turns/slots.ts';
import { spoken } from '../speech.ts';
import { checkTraceSession } from '../http/trace.ts';
import type { Fields } from './graph.ts';
import { newRun } from './newRun.ts';
import type { Version } from './published.ts';
import type { Run } from './run.ts';
import type { RunKind } from './runKind.ts';
import { refusedStream, runStream } from './runStream.ts';
import { versionFor } from './versions.ts';
import { onceWorking } from './worker.ts';

/** `POST /workflows/run` and `POST /workflows/{workflow_id}/run`. */
export function runWorkflow(call: Call): Promise<Response> {
  validate(runPayload, call.body, call.server.generation.pydantic);
  checkTraceSession(call);
  const streams = call.body['response_mode'] === 'streaming';
  return inSlot(call, () => (streams ? onceWorking(call, () => answered(call)) : answered(call)));
}

async function answered(call: Call): Promise<Response> {
  const { body, parameters, server } = call;
  const version = versionFor(call, parameters[0]);
  const streams = body['response_mode'] === 'streaming';
  try {
    const run = begin(call, version);
    return await (streams ? streamed(call, run) : blocking(call, run));
  } catch (error) {
    if (server.generation.workflow.relays && streams && error instanceof ApiError) {
      return refusedStream(call, lateMessage(error));
    }
    throw error;
  }
}

function begin(call: Call, version: Version): Run {
  const sent = checkedMessage(call, { ...call.app, parameters: version.parameters });
  return newRun(call, { version, sent, history: [], variables: {}, saveVariable: () => {} });
}

function streamed(call: Call, run: Run): Promise<Response> {
  const response = runStream(call, run.relay.listen(), () => {});
  call.server.worker.carryOut(run);
  run.start(kindOf(call, run));
  return response;
}

/** A failed run is a success of the call. */
async function blocking(call: Call, run: Run): Promise<Response> {
  run.start(kindOf(call, run));
  await run.ended;
  return blockingResponse({
    task_id: run.options.taskId,
    workflow_run_id: run.id,
    data: {
      id: run.id,
      workflow_id: run.options.version.id,
      status: run.status,
      outputs: run.outputs,
      error: run.error,
      elapsed_time: run.elapsed(),
      total_tokens: run.totalTokens,
      total_steps: run.totalSteps,
      created_at: seconds(run.createdAt),
      finished_at: run.finishedAt === undefined ? null : seconds(run.finishedAt),
      ...(run.status === 'paused' ? whatFor(run) : {}),
    },
  });
}

/** Events of a workflow carry the run's ids. At its end an older server may speak; a newer one does so where nobody hears it. */
function kindOf({ app, server }: Call, run: Run): RunKind {
  const { taskId, version } = run.options;
  const withIds = (event: string, own: object): object => ({
    event,
    workflow_run_id: run.id,
    task_id: taskId,
    ...own,
  });
  const dataEvent = (event: string, data: Fields): object => withIds(event, { data });
  const speaker = { speech: app.speech, parameters: version.parameters };
  let said = '';
  return {
    dataEvent,
    agentLog: (data) => dataEvent('agent_log', data),
    said: ({ selector, text }) => {
      said += text;
      return dataEvent('text_chunk', { text, from_variable_selector: selector });
    },
    pause: () => {},
    end: (_ending, finished) => [
      finished,
      ...(server.generation.workflow.relays ? [] : spoken(speaker, said)).map(({ audio, event }) =>
        withIds(event, { audio }),
      ),
    ],
  };
}

const runPayload = {
  name: 'WorkflowRunPayload',
  fields: [
    { name: 'inputs', required: true, check: isObject },
    { name: 'files', check: optional(isList), each: isObject },
    responseMode,
  ],
};
