import type { DifyClient } from './client.ts';
import { sendInputs } from './jsonInputs.ts';
import type { Fields } from './json.ts';
import type { TurnEvent } from './turn.ts';

/** A question to an app of the chat family: modes `chat`, `agent-chat`, `advanced-chat`, `agent`. */
export interface ChatRequest {
  readonly query: string;
  /** The values of the app's form, all of them, on every turn: Dify uses and checks them each time. */
  readonly inputs: Fields;
  /** '' begins a new conversation; its id is on the first event. A chatflow may answer in another conversation than the one named. */
  readonly conversation_id: string;
  /** File mappings: the message's attachments. */
  readonly files?: readonly Fields[];
  /** A published version of a chatflow, by the `workflow_id` of an earlier run. */
  readonly workflow_id?: string;
  /** Streams unless said otherwise; blocking is for a diagnosis only, its answer is told in the same events. */
  readonly response_mode?: 'streaming' | 'blocking';
}

/** Where an app of the chat family is told to stop. */
export function chatStopPath(taskId: string): string {
  return `/chat-messages/${encodeURIComponent(taskId)}/stop`;
}

/**
 * Asks, and yields the answer's events; see `DifyClient.generate` for the end and for stopping. No name is generated for a new
 * conversation: that would hold back its first word by a second.
 *
 * @throws {DifyError} `notFound` if the conversation does not exist
 * @see https://docs.dify.ai/en/api-reference/chat-messages/send-chat-message
 * @see https://docs.dify.ai/en/api-reference/chat-messages/stop-chat-message-generation
 */
export function chat(
  client: DifyClient,
  request: ChatRequest,
  signal: AbortSignal,
): AsyncGenerator<TurnEvent, void, void> {
  return sendInputs(request.inputs, (inputs) =>
    client.generate(
      {
        path: '/chat-messages',
        stopPath: chatStopPath,
        body: { auto_generate_name: false, ...request, inputs },
      },
      signal,
    ),
  );
}
