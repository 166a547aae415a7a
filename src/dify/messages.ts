import type { DifyClient } from './client.ts';
import { filled, numeric, objects, text } from './json.ts';

/** One message of the server's history: a question with its answer. */
export interface HistoryMessage {
  readonly id: string;
  readonly query: string;
  /**
   * '' while the run goes on, after it failed, after a stop at the end of a node, and when nobody read the answer to its end. So an
   * empty answer says nothing.
   */
  readonly answer: string;
  /** Whole seconds since 1970: messages of one second come in any order. */
  readonly created_at: number;
  /** `normal`, `error`, or `paused`. */
  readonly status: string;
  /** Why it failed, in the server's words. */
  readonly error: string | undefined;
}

export interface MessagesPage {
  /** The newest of those asked for, the oldest first. */
  readonly messages: readonly HistoryMessage[];
  /** Whether there are older ones. */
  readonly hasMore: boolean;
}

/**
 * The newest 100 messages of the conversation, or of those before `firstId`. 100 is the most a page may hold; smaller pages lose
 * messages that were asked in the same second.
 *
 * @throws {DifyError} `notFound` if the conversation does not exist, or is another user's
 * @see https://docs.dify.ai/en/api-reference/conversations/get-conversation-history-messages
 */
export async function getMessages(
  client: DifyClient,
  page: { readonly conversationId: string; readonly firstId?: string },
  signal: AbortSignal,
): Promise<MessagesPage> {
  const query = {
    conversation_id: page.conversationId,
    limit: '100',
    // Dify 1.11 refuses an empty first_id.
    ...(page.firstId === undefined ? {} : { first_id: page.firstId }),
  };
  const { fields } = await client.get('/messages', query, signal);
  const messages = objects(fields, 'data').flatMap((item) => {
    const id = filled(item, 'id');
    if (id === undefined) return [];
    return [
      {
        id,
        query: text(item, 'query') ?? '',
        answer: text(item, 'answer') ?? '',
        created_at: numeric(item, 'created_at') ?? 0,
        status: filled(item, 'status') ?? 'normal',
        error: filled(item, 'error'),
      },
    ];
  });
  return { messages, hasMore: fields['has_more'] === true };
}
