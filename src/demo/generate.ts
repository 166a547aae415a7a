import { blocking, streamed } from './answer.ts';
import type { App } from './apps.ts';
import { seconds } from './clock.ts';
import { conversationsOf } from './conversations.ts';
import { invalidParam, notFound, unknownError } from './errors.ts';
import { restResponse } from './http.ts';
import { checkedInputs } from './inputs.ts';
import { generatedName, placeholderName } from './naming.ts';
import { repr } from './python.ts';
import type { Call, Server } from './routes.ts';
import { type Check, isBoolean, isList, isObject, isString, oneOf, optional, validate } from './schema.ts';
import type { Conversation, Inputs, Message } from './store.ts';
import type { Exchange } from './textSource.ts';
import { Turn } from './turn.ts';
import type { Body } from './user.ts';
import { normalizedUuid } from './uuid.ts';

/** `POST /completion-messages` */
export function sendCompletionMessage(call: Call): Promise<Response> {
  const { app, body, server } = call;
  validate(completionPayload, body, server.generation.pydantic);
  const inputs = checkedInputs(app.parameters.user_input_form, inputsOf(body));
  const message = newMessage(server, { conversationId: server.uuid(), inputs, query: queryOf(body) });
  return answer(call, { message, conversation: undefined, history: [] });
}

/** `POST /chat-messages` */
export async function sendChatMessage(call: Call): Promise<Response> {
  const { app, body, request, server } = call;
  validate(chatPayload, body, server.generation.pydantic);
  const query = queryOf(body);
  if (body['query'] === '') throw invalidParam('query is required');
  const known = knownConversation(call);
  const inputs = checkedInputs(app.parameters.user_input_form, inputsOf(body));
  const conversation = known ?? newConversation(call, query, inputs);
  // Turns without an answer are left out of what the model sees.
  const history = conversation.messages.filter((message) => message.answer !== '');
  const message = newMessage(server, { conversationId: conversation.id, inputs, query });
  conversation.messages.push(message);
  conversation.updatedAt = message.createdAt;
  const answering = answer(call, { message, conversation, history });
  if (known !== undefined || !namesItself(body)) return answering;
  const [response] = await Promise.all([answering, server.clock.sleep(server.generation.namingPause, request.signal)]);
  return response;
}

/** `POST /{chat,completion}-messages/{task_id}/stop`: always a success. */
export function stopTask({ parameters, server, user }: Call): Response {
  server.tasks.stop(parameters[0] ?? '', user);
  return restResponse({ result: 'success' });
}

interface Question {
  readonly message: Message;
  readonly conversation: Conversation | undefined;
  readonly history: readonly Exchange[];
}

function answer(call: Call, { conversation, history, message }: Question): Promise<Response> {
  const { app, body, request, server, user } = call;
  const { inputs, query } = message;
  const turn = new Turn({
    taskId: server.uuid(),
    user,
    message,
    prompt: { text: app.promptOf(inputs, query), inputs, query, history },
    source: server.source ?? app.answer,
    clock: server.clock,
    tokensPerSecond: server.tokensPerSecond,
    slowStart: server.slowStart,
  });
  server.tasks.add(turn);
  const answering = {
    turn,
    conversation,
    mode: app.mode,
    generation: server.generation,
    uuid: server.uuid,
    over: () => server.tasks.remove(turn),
  };
  return body['response_mode'] === 'streaming' ? streamed(answering, request.signal) : blocking(answering);
}

/** The conversation that is to go on, or undefined for a new one. */
function knownConversation(call: Call): Conversation | undefined {
  const sent = call.body['conversation_id'];
  const id = typeof sent === 'string' ? (normalizedUuid(sent.trim()) ?? '') : '';
  if (id === '') return undefined;
  const conversation = conversationsOf(call).find(id, call.user);
  if (conversation === undefined) throw notFound('Conversation Not Exists.');
  return conversation;
}

function newConversation(call: Call, query: string, inputs: Inputs): Conversation {
  const { app, body, server, user } = call;
  const now = server.clock.now();
  const conversation: Conversation = {
    id: server.uuid(),
    user,
    inputs,
    introduction: introductionOf(app, inputs),
    createdAt: seconds(now),
    updatedAt: seconds(now),
    name: placeholderName(query),
    comingName: namesItself(body) ? { name: generatedName(query), at: now + server.generation.namingDelay } : undefined,
    messages: [],
    deleted: false,
  };
  conversationsOf(call).add(conversation);
  return conversation;
}

/** The opening statement with the inputs filled in; the server leaves unknown names alone. */
function introductionOf({ parameters }: App, inputs: Inputs): string {
  return (parameters.opening_statement ?? '').replaceAll(/\{\{([a-zA-Z_]\w{0,29})\}\}/g, (whole, name: string) =>
    name in inputs ? filledIn(inputs[name]) : whole,
  );
}

function filledIn(value: unknown): string {
  if (value === null) return '';
  return typeof value === 'string' ? value : repr(value);
}

function newMessage(server: Server, row: Pick<Message, 'conversationId' | 'inputs' | 'query'>): Message {
  const createdAt = seconds(server.clock.now());
  return { ...row, id: server.uuid(), createdAt, answer: '', status: 'normal', error: null };
}

/** True unless it is switched off, in any of pydantic's ways to say no. */
function namesItself(body: Body): boolean {
  const wish = body['auto_generate_name'];
  return typeof wish === 'string' ? !/^(?:false|f|no|n|off|0)$/i.test(wish) : wish !== false && wish !== 0;
}

function queryOf(body: Body): string {
  return typeof body['query'] === 'string' ? body['query'].replaceAll('\u0000', '') : '';
}

function inputsOf(body: Body): Inputs {
  const { inputs } = body;
  return typeof inputs === 'object' && inputs !== null ? Object.fromEntries(Object.entries(inputs)) : {};
}

/** '' and spaces are no id, and mean a new conversation. A number or list breaks the server. */
const isConversationId: Check = (value) => {
  if (value === null) return undefined;
  if (typeof value !== 'string') throw unknownError();
  return value.trim() === '' || normalizedUuid(value.trim()) !== undefined
    ? undefined
    : { type: 'value_error', text: 'Value error, conversation_id must be a valid UUID' };
};

const responseMode = { name: 'response_mode', check: optional(oneOf('blocking', 'streaming')) };

const completionPayload = {
  name: 'CompletionRequestPayload',
  fields: [
    { name: 'inputs', required: true, check: isObject },
    { name: 'query', check: isString },
    { name: 'files', check: optional(isList) },
    responseMode,
    { name: 'retriever_from', check: isString },
  ],
};

const chatPayload = {
  name: 'ChatRequestPayload',
  fields: [
    { name: 'inputs', required: true, check: isObject },
    { name: 'query', required: true, check: isString },
    { name: 'files', check: optional(isList) },
    responseMode,
    { name: 'conversation_id', check: isConversationId },
    { name: 'retriever_from', check: isString },
    { name: 'auto_generate_name', check: isBoolean },
    { name: 'workflow_id', check: optional(isString) },
  ],
};
