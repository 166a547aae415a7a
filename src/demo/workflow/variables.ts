import { seconds } from '../clock.ts';
import { conversationsOf } from '../history/conversations.ts';
import { badRequest, invalidParam, notFound, unknownError } from '../http/errors.ts';
import { restResponse } from '../http/responses.ts';
import { checkedQuery } from '../http/paging.ts';
import { repr } from '../http/python.ts';
import type { Call } from '../routes.ts';
import { type Check, validate, wholeNumber } from '../http/schema.ts';
import type { Conversation, ConversationVariable } from '../history/store.ts';
import { normalizedUuid } from '../http/uuid.ts';
import { variableType } from './variableTypes.ts';

/**
 * `GET /conversations/{id}/variables`. All variables of a conversation are of the same second, and the cursor goes by time: so there is
 * nothing behind it. The filter by name does not work on the server's database.
 */
export function listVariables(call: Call): Response {
  const query = checkedQuery(call, 'ConversationVariablesQuery', [
    { name: 'last_id', check: call.server.generation.queryUuid },
    { name: 'limit', check: wholeNumber(1, 100) },
    { name: 'variable_name', check: isVariableName },
  ]);
  const variables = conversationOf(call).variables ?? [];
  if ((query.get('variable_name') ?? '') !== '') throw unknownError();
  const limit = Number(query.get('limit') ?? 20);
  const lastId = query.get('last_id') ?? '';
  if (lastId === '') {
    return restResponse({ limit, has_more: variables.length > limit, data: variables.slice(0, limit).map(item) });
  }
  if (!variables.some(({ id }) => id === normalizedUuid(lastId))) throw invalidParam('');
  return restResponse({ limit, has_more: false, data: [] });
}

/** `PUT /conversations/{id}/variables/{variable_id}` */
export function updateVariable(call: Call): Response {
  const { body, parameters, server } = call;
  validate(updatePayload, body, server.generation.pydantic);
  const variable = conversationOf(call).variables?.find(({ id }) => id === parameters[1]);
  if (variable === undefined) throw notFound('Conversation Variable Not Exists.');
  const { value } = body;
  refuseOtherType(variable, value);
  variable.value = value;
  variable.updatedAt = seconds(server.clock.now());
  return restResponse(item(variable));
}

function conversationOf(call: Call): Conversation {
  const conversation = conversationsOf(call).find(call.parameters[0] ?? '', call.user);
  if (conversation === undefined) throw notFound('Conversation Not Exists.');
  return conversation;
}

function refuseOtherType({ name, type }: ConversationVariable, value: unknown): void {
  const sent = variableType(value);
  // The server believes a number to be whole before it looks.
  if (type === 'number' && sent === 'float') throw invalidParam('not supported value type integer');
  const isEmptyList = Array.isArray(value) && value.length === 0 && type.startsWith('array');
  if (sent === type || (type === 'number' && sent === 'integer') || isEmptyList) return;
  throw badRequest(`Type mismatch: variable '${name}' expects ${type}, but got ${sent} type`);
}

function item({ createdAt, description, id, name, type, updatedAt, value }: ConversationVariable): object {
  return {
    id,
    name,
    value_type: type,
    value: typeof value === 'string' ? value : repr(value),
    description,
    created_at: createdAt,
    updated_at: updatedAt,
  };
}

const isVariableName: Check = (value) =>
  typeof value === 'string' && /^[\w.-]*$/.test(value)
    ? undefined
    : {
        type: 'value_error',
        text: 'Value error, Variable name can only contain letters, numbers, hyphens (-), underscores (_), and periods (.)',
      };

const updatePayload = {
  name: 'ConversationVariableUpdatePayload',
  fields: [{ name: 'value', required: true, check: (): undefined => undefined }],
};
