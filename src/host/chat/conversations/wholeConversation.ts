import type { Conversation } from '../../../conversation/conversation.ts';
import { conversationOf } from '../../../conversation/history.ts';
import type { Conversation as Listed } from '../../../dify/conversations.ts';
import { getMessages, type HistoryMessage } from '../../../dify/messages.ts';
import type { App } from '../../app.ts';
import type { Clients } from '../../clients.ts';
import { t } from '../../words.ts';

/** Pages of 100 messages: nobody reads on from more. */
const mostPages = 50;

/**
 * A conversation that only the server has, with all of its messages.
 *
 * @throws {DifyError} `notFound` if it is gone
 */
export async function wholeConversation(
  app: App,
  listed: Listed,
  clients: Pick<Clients, 'of'>,
  signal: AbortSignal,
): Promise<Conversation> {
  const { id: conversationId, inputs, name } = listed;
  let messages: readonly HistoryMessage[] = [];
  for (let page = 0; page < mostPages; page++) {
    const firstId = messages[0]?.id;
    const place = firstId === undefined ? { conversationId } : { conversationId, firstId };
    const { messages: older, hasMore } = await getMessages(clients.of(app), place, signal);
    messages = [...older, ...messages];
    if (!hasMore || older.length === 0) break;
  }
  return { ...conversationOf(conversationId, messages, t), name, inputs };
}
