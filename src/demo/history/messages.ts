import { notFound } from '../http/errors.ts';
import { historyFile, writtenInputs } from '../files/objects.ts';
import { restResponse } from '../http/responses.ts';
import { checkedQuery, pageOf } from '../http/paging.ts';
import type { Call, Server } from '../routes.ts';
import { wholeNumber } from '../http/schema.ts';
import type { Message } from './store.ts';
import { normalizedUuid } from '../http/uuid.ts';

/** `GET /messages`: the newest messages before `first_id`, the oldest of them first. */
export function listMessages(call: Call): Response {
  const { app, server, user } = call;
  const { queryUuid } = server.generation;
  const query = checkedQuery(call, 'MessageListQuery', [
    { name: 'conversation_id', required: true, check: queryUuid },
    { name: 'first_id', check: queryUuid },
    { name: 'limit', check: wholeNumber(1, 100) },
  ]);
  const limit = Number(query.get('limit') ?? 20);
  const conversationId = query.get('conversation_id') ?? '';
  // Only a newer server gets so far with an empty id.
  if (conversationId === '') return restResponse({ limit, has_more: false, data: [] });
  const conversation = server.conversations.get(app)?.find(normalizedUuid(conversationId) ?? '', user);
  if (conversation === undefined) throw notFound('Conversation Not Exists.');
  const firstId = query.get('first_id') ?? '';
  const first = conversation.messages.find(({ id }) => id === normalizedUuid(firstId));
  if (firstId !== '' && first === undefined) throw notFound('First Message Not Exists.');
  const { rows, hasMore } = pageOf(
    conversation.messages,
    { of: (message) => message.createdAt, descending: true },
    first,
    limit,
  );
  return restResponse({ limit, has_more: hasMore, data: rows.toReversed().map((message) => itemOf(message, server)) });
}

function itemOf(message: Message, server: Server): object {
  const files = message.files.map((file) => historyFile(file, server));
  return server.generation.historyItem({ ...message, inputs: writtenInputs(message.inputs, server) }, files);
}
