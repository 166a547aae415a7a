import { restResponse } from '../http/responses.ts';
import type { Call } from '../routes.ts';

/** `POST /chat-messages/{task_id}/stop` of a chatflow, `POST /workflows/tasks/{task_id}/stop`: always a success, and nobody asks whose. */
export function stopRun({ app, parameters, server, user }: Call): Response {
  const run = server.runs.ofTask(app, parameters[0] ?? '');
  run?.stop(app.mode === 'workflow' || run.options.user === user);
  return restResponse({ result: 'success' });
}
