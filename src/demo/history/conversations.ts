import { seconds } from '../clock.ts';
import { invalidParam, notFound, unknownError } from '../http/errors.ts';
import { writtenInputs } from '../files/objects.ts';
import { emptyResponse, restResponse } from '../http/responses.ts';
import { generatedName } from './naming.ts';
import { type Order, checkedQuery, pageOf } from '../http/paging.ts';
import { lengthOf } from '../http/python.ts';
import type { Call, Server } from '../routes.ts';
import { isBoolean, isString, modelProblem, oneOf, optional, validate, wholeNumber } from '../http/schema.ts';
import type { Conversation, Conversations } from './store.ts';
import { normalizedUuid } from '../http/uuid.ts';

/** `GET /conversations` */
export function listConversations(call: Call): Response {
  const { server, user } = call;
  const query = checkedQuery(call, 'ConversationListQuery', [
    { name: 'last_id', check: server.generation.queryUuid },
    { name: 'limit', check: wholeNumber(1, 100) },
    { name: 'sort_by', check: oneOf('created_at', '-created_at', 'updated_at', '-updated_at') },
  ]);
  const limit = Number(query.get('limit') ?? 20);
  const conversations = conversationsOf(call).of(user, server.clock.now());
  const lastId = query.get('last_id') ?? '';
  const last = conversations.find(({ id }) => id === normalizedUuid(lastId));
  if (lastId !== '' && last === undefined) throw notFound('Last Conversation Not Exists.');
  const { rows, hasMore } = pageOf(conversations, orderNamed(query.get('sort_by') ?? '-updated_at'), last, limit);
  return restResponse({ limit, has_more: hasMore, data: rows.map((row) => item(row, server)) });
}

/** `DELETE /conversations/{id}`: who may is a question of the generation. */
export function deleteConversation(call: Call): Response {
  const conversations = conversationsOf(call);
  const [id = ''] = call.parameters;
  if (!call.server.generation.deletesForAnybody && conversations.find(id, call.user) === undefined) {
    throw notFound('Conversation Not Exists.');
  }
  conversations.delete(id);
  return emptyResponse();
}

/** `POST /conversations/{id}/name` */
export function renameConversation(call: Call): Response {
  const { parameters, server, user } = call;
  const wanted = wantedName(call);
  const conversation = conversationsOf(call).find(parameters[0] ?? '', user);
  if (conversation === undefined) throw notFound('Conversation Not Exists.');
  // The column holds 255 characters.
  if (wanted !== undefined && lengthOf(wanted) > 255) throw unknownError();
  conversation.name = wanted ?? generatedName(firstQuestion(conversation));
  conversation.updatedAt = seconds(server.clock.now());
  return restResponse(item(conversation, server));
}

/** The name sent, or undefined if the server is to make one up. */
function wantedName({ body, server }: Call): string | undefined {
  const { pydantic } = server.generation;
  validate(renamePayload, body, pydantic);
  if (body['auto_generate'] === true) return undefined;
  const name = typeof body['name'] === 'string' ? body['name'].trim() : '';
  if (name !== '') return name;
  const rule = 'name is required when auto_generate is false';
  throw invalidParam(modelProblem(renamePayload, rule, body, pydantic));
}

function firstQuestion({ messages }: Conversation): string {
  const [first] = messages;
  if (first === undefined) throw invalidParam('');
  return first.query;
}

/** The conversations of the app that the call names. */
export function conversationsOf({ app, server }: Call): Conversations {
  const conversations = server.conversations.get(app);
  if (conversations === undefined) throw unknownError();
  return conversations;
}

const renamePayload = {
  name: 'ConversationRenamePayload',
  fields: [
    { name: 'name', check: optional(isString) },
    { name: 'auto_generate', check: isBoolean },
  ],
};

function orderNamed(name: string): Order<Conversation> {
  return {
    of: name.endsWith('created_at') ? ({ createdAt }) => createdAt : ({ updatedAt }) => updatedAt,
    descending: name.startsWith('-'),
  };
}

function item(conversation: Conversation, server: Server): object {
  return {
    id: conversation.id,
    name: conversation.name,
    inputs: writtenInputs(conversation.inputs, server),
    status: 'normal',
    introduction: conversation.introduction,
    created_at: conversation.createdAt,
    updated_at: conversation.updatedAt,
  };
}
