import { getToolIcons } from '../../dify/app.ts';
import type { DifyClient } from '../../dify/client.ts';
import { getConversations } from '../../dify/conversations.ts';
import { DifyError } from '../../dify/errors.ts';
import { getRun } from '../../dify/runs.ts';

/** Failures that say nothing about the app. */
const unasked: ReadonlySet<string> = new Set(['network', 'timeout', 'busy', 'moved', 'unauthorized', 'forbidden']);

const noRun = '00000000-0000-0000-0000-000000000000';

/**
 * The mode of an app whose server, older than about 1.4, does not tell it: each mode refuses what belongs to another in a way of its own.
 * No question changes anything there.
 *
 * @throws {DifyError} if no answer is one of those that tell a mode
 * @throws the signal's reason once it is aborted
 */
export async function findMode(client: DifyClient, signal: AbortSignal): Promise<string> {
  const conversations = await refusal(getConversations(client, {}, signal), signal);
  if (conversations === undefined) return await modeOfChat(client, signal);
  if (conversations !== 'not_chat_app') throw new DifyError('notDify', `The mode is not to be told: ${conversations}`);
  const stop = await refusal(client.post('/completion-messages/none/stop', {}, signal), signal);
  return stop === undefined ? 'completion' : 'workflow';
}

async function modeOfChat(client: DifyClient, signal: AbortSignal): Promise<string> {
  if ((await refusal(getRun(client, noRun, signal), signal)) !== 'not_workflow_app') return 'advanced-chat';
  const icons = await getToolIcons(client, signal).catch(() => ({}));
  signal.throwIfAborted();
  return Object.keys(icons).length > 0 ? 'agent-chat' : 'chat';
}

/** Dify's code for the refusal, or its kind; `undefined` where it did not refuse. @throws if it could not be asked */
async function refusal(call: Promise<unknown>, signal: AbortSignal): Promise<string | undefined> {
  try {
    await call;
    return undefined;
  } catch (error) {
    signal.throwIfAborted();
    if (!(error instanceof DifyError) || unasked.has(error.kind)) throw error;
    return error.code ?? error.kind;
  }
}
