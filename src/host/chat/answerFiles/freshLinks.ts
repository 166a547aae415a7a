import type { Conversation, Message } from '../../../conversation/conversation.ts';
import { placeOf } from '../../../conversation/answerFile.ts';
import type { DifyClient } from '../../../dify/client.ts';
import { isFields } from '../../../dify/json.ts';
import { getMessages } from '../../../dify/messages.ts';
import { getRun } from '../../../dify/runs.ts';

/** So many pages of a hundred messages are read to find one. */
const mostPages = 10;

/** How an address looks in the text of an answer: Dify signs those anew each time that it is read. */
const addresses = /(?:https?:\/\/|\/files\/)[^\s"'<>()\]]+/g;

/** Links to the files of an answer that work now, by their places: the message is read again, or the run where there are no messages. */
export async function freshLinks(
  client: DifyClient,
  { id: conversationId }: Pick<Conversation, 'id'>,
  { run: { messageId, runId } }: Pick<Message, 'run'>,
  signal: AbortSignal,
): Promise<ReadonlyMap<string, string>> {
  if (conversationId === undefined || messageId === undefined) {
    return runId === undefined ? new Map() : linksIn([(await getRun(client, runId, signal)).outputs]);
  }
  let firstId: string | undefined;
  for (let page = 0; page < mostPages; page++) {
    const before = firstId === undefined ? {} : { firstId };
    // oxlint-disable-next-line no-await-in-loop -- Which page is next shows in the one before.
    const { messages, hasMore } = await getMessages(client, { conversationId, ...before }, signal);
    const found = messages.find(({ id }) => id === messageId);
    if (found !== undefined) return linksIn([found.answer, found.message_files]);
    firstId = messages[0]?.id;
    if (!hasMore || firstId === undefined) break;
  }
  return new Map();
}

function linksIn(value: unknown): ReadonlyMap<string, string> {
  return new Map(addressesIn(value).map((address) => [placeOf(address), address]));
}

function addressesIn(value: unknown): readonly string[] {
  if (typeof value === 'string') return value.match(addresses) ?? [];
  if (Array.isArray(value)) return value.flatMap(addressesIn);
  return isFields(value) ? Object.values(value).flatMap(addressesIn) : [];
}
