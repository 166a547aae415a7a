import { unknownError, notFound } from '../http/errors.ts';
import { eventStream } from '../http/eventStream.ts';
import { spacedJson } from '../http/python.ts';
import type { Call } from '../routes.ts';
import { normalizedUuid } from '../http/uuid.ts';
import type { Run } from '../workflow/run.ts';
import { frameOf, pingFrame } from '../workflow/runStream.ts';
import { lingering, listen } from './listening.ts';
import { snapshotOf } from './snapshot.ts';

/**
 * `GET /workflow/{workflow_run_id}/events`: what happens in a run from now on, for whoever lost the connection or waits for a form. Of a
 * run that is over: its last event.
 */
export async function streamRunEvents(call: Call): Promise<Response> {
  const run = runOf(call);
  const { relay } = run;
  const listener = relay.listen();
  const frames = run.isOver ? finished(run) : framesOf(run, listener, call);
  const response = await eventStream(frames, call.request.signal, () => listener.leave());
  response.headers.set('Cache-Control', 'no-cache');
  return response;
}

/** @throws {ApiError} 404 also for the run of another user or another app. */
function runOf({ app, parameters, server, user }: Call): Run {
  const id = normalizedUuid(parameters[0] ?? '');
  if (id === undefined) throw unknownError();
  const run = server.runs.find(app, id);
  if (run?.options.user !== user) throw notFound('Workflow run not found');
  return run;
}

/** From the server's tables: the id of the task is not there. */
async function* finished(run: Run): AsyncGenerator<string, void> {
  const event = { event: 'workflow_finished', task_id: run.id, workflow_run_id: run.id, data: run.savedData() };
  yield await Promise.resolve(`data: ${spacedJson(event)}\n\n`);
}

async function* framesOf(
  run: Run,
  relay: ReturnType<Run['relay']['listen']>,
  { query, server }: Call,
): AsyncGenerator<string, void> {
  const { clock, generation } = server;
  const goesOn = isTrue(query.get('continue_on_pause'));
  const hasSnapshot = isTrue(query.get('include_state_snapshot'));
  yield pingFrame;
  if (hasSnapshot) {
    const isWaiting = run.isWaiting;
    for (const event of snapshotOf(run)) yield frameOf({ type: 'event', event }, generation);
    if (isWaiting && !goesOn) {
      await clock.sleep(lingering, new AbortController().signal);
      return;
    }
  }
  const isLast = (event: object): boolean => {
    const name = 'event' in event ? event.event : '';
    // A fault of the server: without the snapshot, a stream that outlives a pause outlives the run.
    return name === 'workflow_finished' ? hasSnapshot || !goesOn : name === 'workflow_paused' && !goesOn;
  };
  for await (const heard of listen({ relay, clock, isLast })) yield frameOf(heard, generation);
}

function isTrue(value: string | null): boolean {
  return value?.toLowerCase() === 'true';
}
