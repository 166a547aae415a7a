import { chat } from '../../dify/chat.ts';
import type { DifyClient } from '../../dify/client.ts';
import { complete } from '../../dify/completion.ts';
import type { TurnEvent } from '../../dify/turn.ts';
import { runWorkflow } from '../../dify/workflows.ts';
import type { App } from '../app.ts';
import type { ResultRequest } from '../../conversation/result.ts';

/**
 * Sends one request of an action, and yields its events; see `DifyClient.generate`. An app of the chat family is asked in a conversation
 * of its own.
 *
 * @throws {DifyError}
 */
export function runAction(
  client: DifyClient,
  { mode }: Pick<App, 'mode'>,
  { inputs, query, files }: ResultRequest,
  signal: AbortSignal,
): AsyncGenerator<TurnEvent, void, void> {
  const attached = files.length === 0 ? {} : { files };
  switch (mode) {
    case 'completion':
      return complete(client, { inputs, ...attached }, signal);
    case 'workflow':
      return runWorkflow(client, { inputs, ...attached }, signal);
    default:
      return chat(client, { query, inputs, conversation_id: '', ...attached }, signal);
  }
}
