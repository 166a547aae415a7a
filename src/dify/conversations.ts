import type { DifyClient } from './client.ts';
import { DifyError } from './errors.ts';
import { filled, numeric, object, objects, text, type Fields } from './json.ts';

/** One row of the server's list of conversations. */
export interface Conversation {
  readonly id: string;
  /** The first 20 characters of the first question, until it is named. */
  readonly name: string;
  /** The form's values of the first turn; each message has its own. */
  readonly inputs: Fields;
  /** `normal`. */
  readonly status: string;
  /** The opening statement, its placeholders filled from the first inputs. */
  readonly introduction: string;
  /** Whole seconds since 1970, rounded: up to half a second in the future. */
  readonly created_at: number;
  /** The same; every turn and every new name changes it, also a late automatic one. */
  readonly updated_at: number;
}

/** A minus sorts the newest first. */
export type ConversationOrder = 'created_at' | '-created_at' | 'updated_at' | '-updated_at';

export interface ConversationsPage {
  readonly conversations: readonly Conversation[];
  readonly hasMore: boolean;
  /** The conversation that the page was to follow is gone: this is the first page again, so merge it by id. */
  readonly restarted: boolean;
}

/**
 * A page of 100 conversations of this user made with this API; those of Dify's web app are apart. 100 is the most a page may hold;
 * smaller ones lose conversations that changed in the same second.
 *
 * @throws {DifyError} also `rejected` with code `not_chat_app`
 * @see https://docs.dify.ai/en/api-reference/conversations/list-conversations
 */
export async function getConversations(
  client: DifyClient,
  { lastId, order = '-updated_at' }: { readonly lastId?: string; readonly order?: ConversationOrder },
  signal: AbortSignal,
): Promise<ConversationsPage> {
  const query = { limit: '100', sort_by: order };
  const read = async (more: Readonly<Record<string, string>>, restarted: boolean): Promise<ConversationsPage> => {
    const { fields } = await client.get('/conversations', { ...query, ...more }, signal);
    const conversations = objects(fields, 'data')
      .map(readConversation)
      .filter(({ id }) => id !== '');
    return { conversations, hasMore: fields['has_more'] === true, restarted };
  };
  if (lastId === undefined) return await read({}, false);
  try {
    return await read({ last_id: lastId }, false);
  } catch (error) {
    if (!(error instanceof DifyError && error.kind === 'notFound')) throw error;
    return await read({}, true);
  }
}

/**
 * Gives the conversation a name, of 255 characters at most.
 *
 * @throws {DifyError} `notFound`; `rejected` for a blank name
 * @see https://docs.dify.ai/en/api-reference/conversations/rename-conversation
 */
export async function renameConversation(
  client: DifyClient,
  { id, name }: { readonly id: string; readonly name: string },
  signal: AbortSignal,
): Promise<Conversation> {
  const { fields } = await client.post(`${pathOf(id)}/name`, { name }, signal);
  return readConversation(fields);
}

/**
 * Lets the workspace's model name the conversation, which takes seconds. Where the model fails the name stays as it was.
 *
 * @throws {DifyError} `notFound`; `rejected` for a conversation without a message
 * @see https://docs.dify.ai/en/api-reference/conversations/rename-conversation
 */
export async function nameConversation(client: DifyClient, id: string, signal: AbortSignal): Promise<Conversation> {
  const { fields } = await client.post(`${pathOf(id)}/name`, { auto_generate: true }, signal);
  return readConversation(fields);
}

/**
 * Deletes the conversation on the server. One that is not there is as good as deleted. Name only one's own: Dify 1.11 deletes anybody's.
 *
 * @throws {DifyError} never `notFound`
 * @see https://docs.dify.ai/en/api-reference/conversations/delete-conversation
 */
export async function deleteConversation(client: DifyClient, id: string, signal: AbortSignal): Promise<void> {
  await client.delete(pathOf(id), signal);
}

function pathOf(id: string): string {
  return `/conversations/${encodeURIComponent(id)}`;
}

function readConversation(fields: Fields): Conversation {
  return {
    id: text(fields, 'id') ?? '',
    name: text(fields, 'name') ?? '',
    inputs: object(fields, 'inputs'),
    status: filled(fields, 'status') ?? 'normal',
    introduction: text(fields, 'introduction') ?? '',
    created_at: numeric(fields, 'created_at') ?? 0,
    updated_at: numeric(fields, 'updated_at') ?? 0,
  };
}
