import type { DifyClient } from './client.ts';
import { sendInputs } from './jsonInputs.ts';
import type { Fields } from './json.ts';
import type { TurnEvent } from './turn.ts';

/** What a text generator works on: mode `completion`. */
export interface CompletionRequest {
  /** The values of the app's form; the text itself is one of them. */
  readonly inputs: Fields;
  /** File mappings: what the text is about. */
  readonly files?: readonly Fields[];
  /** Streams unless said otherwise; blocking is for a diagnosis only, its answer is told in the same events. */
  readonly response_mode?: 'streaming' | 'blocking';
}

/**
 * Generates a text, and yields its events; see `DifyClient.generate` for the end and for stopping.
 *
 * @throws {DifyError}
 * @see https://docs.dify.ai/en/api-reference/completion-messages/send-completion-message
 * @see https://docs.dify.ai/en/api-reference/completion-messages/stop-completion-message-generation
 */
export function complete(
  client: DifyClient,
  request: CompletionRequest,
  signal: AbortSignal,
): AsyncGenerator<TurnEvent, void, void> {
  return sendInputs(request.inputs, (inputs) =>
    client.generate(
      {
        path: '/completion-messages',
        stopPath: (taskId) => `/completion-messages/${encodeURIComponent(taskId)}/stop`,
        body: { ...request, inputs },
      },
      signal,
    ),
  );
}
