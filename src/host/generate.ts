import { chat } from '../dify/chat.ts';
import type { DifyClient } from '../dify/client.ts';
import { complete } from '../dify/completion.ts';
import type { Fields } from '../dify/json.ts';
import type { TurnEvent } from '../dify/turn.ts';
import { runWorkflow } from '../dify/workflows.ts';
import type { App } from './app.ts';

/** What an app of any mode is asked. */
export interface Generation {
  /** To apps of the chat family; the others are asked by their inputs alone. */
  readonly query: string;
  readonly inputs: Fields;
  /** File mappings. */
  readonly files: readonly Fields[];
  /** Dify's; '' or none begins a conversation. */
  readonly conversationId?: string;
  /** The published version of a chatflow or workflow to run; the one published last if there is none. */
  readonly version?: string | undefined;
}

/**
 * Asks the app as its mode is asked, and yields the events; see `DifyClient.generate`.
 *
 * @throws {DifyError}
 */
export function generate(
  client: DifyClient,
  { mode }: Pick<App, 'mode'>,
  { query, inputs, files, conversationId = '', version }: Generation,
  signal: AbortSignal,
): AsyncGenerator<TurnEvent, void, void> {
  const attached = files.length === 0 ? {} : { files };
  const pinned = version === undefined ? {} : { workflow_id: version };
  switch (mode) {
    case 'completion':
      return complete(client, { inputs, ...attached }, signal);
    case 'workflow':
      return runWorkflow(client, { inputs, ...attached, ...pinned }, signal);
    default:
      return chat(client, { query, inputs, conversation_id: conversationId, ...attached, ...pinned }, signal);
  }
}
