import { resumption } from '../../../conversation/resumption.ts';
import type { RunEvent } from '../../../conversation/run.ts';
import type { ChatApp } from '../../../conversation/session.ts';
import { DifyError } from '../../../dify/errors.ts';
import type { HumanInputForm } from '../../../dify/form.ts';
import { formClosed, submitForm, type FormValue } from '../../../dify/humanInput.ts';
import type { Clients } from '../../clients.ts';
import { afterWaiting, messageOf, type Waiting, type WaitingRuns } from './waitingRuns.ts';

/** How a form is answered. */
export interface FormAnswer {
  readonly form: HumanInputForm;
  /** The id of one of its actions. */
  readonly action: string;
  readonly inputs: Readonly<Record<string, FormValue>>;
}

/** How long the submission itself may take, in milliseconds. */
const patience = 60_000;

/**
 * Answers the form, and reads on in the run that waited for it: resolves when the run has ended, or waits again. The answer is sent once
 * the run's events are listened to, which Dify does not tell again.
 *
 * @returns what went wrong, if the form is still to be answered
 */
export async function submitted(
  waiting: Waiting,
  { form, action, inputs }: FormAnswer,
  { clients, runs }: { readonly clients: Pick<Clients, 'of'>; readonly runs: WaitingRuns },
): Promise<unknown> {
  const message = messageOf(waiting);
  const { form_token: token } = form;
  if (message?.run.runId === undefined || token === undefined) return undefined;
  const { runId, text: shown } = message.run;
  let isTaken = false;
  const submit = async (): Promise<void> => {
    await submitForm(clients.of(waiting.app), { token, inputs, action }, AbortSignal.timeout(patience));
    isTaken = true;
  };
  const read = (signal: AbortSignal, app: ChatApp): AsyncGenerator<RunEvent, void, void> =>
    afterWaiting(resumption(app.attach({ runId, shown, attached: submit }, signal), form.form_id));
  const error = await attempt(async () => await waiting.open.readOn(message, read));
  if (error === undefined) return undefined;
  // A server that runs it and lets nobody attach, Dify 1.13: what came of it is looked for later.
  const refused = !isTaken && hasNoEvents(error) ? await attempt(submit) : error;
  if (!isTaken && formClosed(refused) === undefined) return refused;
  await runs.look(waiting);
  return undefined;
}

/** What the work throws, if it does. */
async function attempt(work: () => Promise<unknown>): Promise<unknown> {
  try {
    await work();
    return undefined;
  } catch (error) {
    return error;
  }
}

function hasNoEvents(error: unknown): boolean {
  return error instanceof DifyError && error.kind === 'notDify';
}
