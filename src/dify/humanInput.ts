import type { DifyClient } from './client.ts';
import { DifyError } from './errors.ts';
import type { FileMapping } from './files.ts';
import { readForm, type HumanInputForm } from './form.ts';

/** What an input may be given. No numbers, no null: the server takes them, and then the whole run fails. */
export type FormValue = string | FileMapping | readonly FileMapping[];

/**
 * The form, everything filled in but the inputs. Servers before 1.13 have none (`notDify`).
 *
 * @throws {DifyError} `notFound`; `rejected` when it is {@link formClosed}
 * @see https://docs.dify.ai/en/api-reference/human-input/get-human-input-form
 */
export async function getForm(client: DifyClient, token: string, signal: AbortSignal): Promise<HumanInputForm> {
  const { fields } = await client.get(pathOf(token), {}, signal);
  // What names a form elsewhere is not in this answer; the token is the one that opened it.
  return { ...readForm(fields), form_token: token };
}

/**
 * Answers the form: the run goes on. Listen to its events before, they are not told again. Once only; a refused answer leaves the
 * form open.
 *
 * @param answer `inputs` has to have every input of the form, whatever the action
 * @throws {DifyError} `rejected`, with code `invalid_form_data`, or when it is {@link formClosed}; `notFound`
 * @see https://docs.dify.ai/en/api-reference/human-input/submit-human-input-form
 */
export async function submitForm(
  client: DifyClient,
  answer: { readonly token: string; readonly inputs: Readonly<Record<string, FormValue>>; readonly action: string },
  signal: AbortSignal,
): Promise<void> {
  const { token, inputs, action } = answer;
  await client.post(pathOf(token), { inputs, action }, signal);
}

/** Whether, and why, the form takes no answer any more. `submitted` is said of one's own answer, too. */
export function formClosed(error: unknown): 'submitted' | 'expired' | undefined {
  if (!(error instanceof DifyError)) return undefined;
  if (error.code === 'human_input_form_submitted') return 'submitted';
  return error.code === 'human_input_form_expired' ? 'expired' : undefined;
}

function pathOf(token: string): string {
  return `/form/human_input/${encodeURIComponent(token)}`;
}
