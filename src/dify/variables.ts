import type { DifyClient } from './client.ts';
import { numeric, objects, text, type Fields } from './json.ts';

/** A variable that a chatflow keeps for a conversation. */
export interface ConversationVariable {
  readonly id: string;
  readonly name: string;
  /** `string`, `number`, `boolean`, `object`, `secret`, or `array[…]`. */
  readonly value_type: string;
  /** In Python's notation, like `{'ok': True}`, so it is no JSON and to be shown as it is. */
  readonly value: string;
  readonly description: string;
  /** Whole seconds since 1970. */
  readonly created_at: number;
  readonly updated_at: number;
}

/**
 * The first 100 variables of the conversation, in any order. There is no second page: the server's cursor skips variables, and its
 * filter by name fails. None until the first turn has begun, and none for any app but a chatflow.
 *
 * @throws {DifyError} `notFound` if the conversation does not exist
 * @see https://docs.dify.ai/en/api-reference/conversations/list-conversation-variables
 */
export async function getVariables(
  client: DifyClient,
  conversationId: string,
  signal: AbortSignal,
): Promise<readonly ConversationVariable[]> {
  const path = `/conversations/${encodeURIComponent(conversationId)}/variables`;
  const { fields } = await client.get(path, { limit: '100' }, signal);
  return objects(fields, 'data').map(readVariable);
}

/**
 * Sets a variable to a JSON value of its type.
 *
 * @throws {DifyError} `rejected` for a value of another type, and for a fraction on Dify 1.11; `notFound` for the variable or the
 *   conversation
 * @see https://docs.dify.ai/en/api-reference/conversations/update-conversation-variable
 */
export async function updateVariable(
  client: DifyClient,
  variable: { readonly conversationId: string; readonly id: string; readonly value: unknown },
  signal: AbortSignal,
): Promise<ConversationVariable> {
  const { conversationId, id, value } = variable;
  const path = `/conversations/${encodeURIComponent(conversationId)}/variables/${encodeURIComponent(id)}`;
  const { fields } = await client.put(path, { value }, signal);
  return readVariable(fields);
}

function readVariable(fields: Fields): ConversationVariable {
  return {
    id: text(fields, 'id') ?? '',
    name: text(fields, 'name') ?? '',
    value_type: text(fields, 'value_type') ?? '',
    value: text(fields, 'value') ?? '',
    description: text(fields, 'description') ?? '',
    created_at: numeric(fields, 'created_at') ?? 0,
    updated_at: numeric(fields, 'updated_at') ?? 0,
  };
}
