import { reactRounds } from '../agent/react.ts';
import { functionCallRounds } from '../agent/rounds.ts';
import { blocking, streamed } from './answer.ts';
import { type App, latestParameters } from '../apps.ts';
import { seconds } from '../clock.ts';
import { conversationsOf } from '../history/conversations.ts';
import { messageFiles } from '../files/mappings.ts';
import type { MessageFile, SentFile } from '../files/store.ts';
import { appUnavailable, badRequest, invalidParam, notFound, unknownError } from '../http/errors.ts';
import { restResponse } from '../http/responses.ts';
import { checkedInputs } from '../inputs.ts';
import { generatedName, placeholderName } from '../history/naming.ts';
import { repr } from '../http/python.ts';
import { presetOf, spelled } from './preset.ts';
import type { Call, Server } from '../routes.ts';
import { type Check, isBoolean, isList, isObject, isString, oneOf, optional, validate } from '../http/schema.ts';
import { inSlot } from './slots.ts';
import type { Conversation, Inputs, Message } from '../history/store.ts';
import type { Exchange } from './textSource.ts';
import { checkTraceSession } from '../http/trace.ts';
import { Turn, type TurnSource } from './turn.ts';
import type { Body } from '../http/user.ts';
import { normalizedUuid } from '../http/uuid.ts';

/** `POST /completion-messages` */
export function sendCompletionMessage(call: Call): Promise<Response> {
  const { app, body, server } = call;
  validate(completionPayload, body, server.generation.pydantic);
  checkTraceSession(call);
  return inSlot(call, () => {
    const sent = checkedMessage(call, app);
    const message = newMessage(call, { conversationId: server.uuid(), query: queryOf(body), ...sent });
    return answer(call, { app, message, conversation: undefined, history: [], pause: 0 });
  });
}

/** `POST /chat-messages` */
export async function sendChatMessage(call: Call): Promise<Response> {
  const { body, server } = call;
  validate(chatPayload, body, server.generation.pydantic);
  checkTraceSession(call);
  return inSlot(call, async () => {
    const query = queryOf(body);
    refuseBlocking(call);
    if (isMissing(call, query)) throw invalidParam('query is required');
    const known = knownConversation(call);
    const app = known?.app ?? call.app;
    const sent = checkedMessage(call, app);
    const conversation = known ?? newConversation(call, query, sent.inputs);
    // Turns without an answer are left out of what the model sees.
    const history = conversation.messages.filter((message) => message.answer !== '');
    const message = newMessage(call, { conversationId: conversation.id, query, ...sent });
    conversation.messages.push(message);
    conversation.updatedAt = message.createdAt;
    const pause = known === undefined && namesItself(body) ? server.generation.namingPause : 0;
    return answer(call, { app, message, conversation, history, pause });
  });
}

/** `POST /{chat,completion}-messages/{task_id}/stop`: always a success. */
export function stopTask({ parameters, server, user }: Call): Response {
  server.tasks.stop(parameters[0] ?? '', user);
  return restResponse({ result: 'success' });
}

/** What was sent with a message, checked. */
export interface Sent {
  readonly inputs: Inputs;
  readonly files: readonly SentFile[];
}

/** Files first, then the form of the app as it was when the conversation began. */
export function checkedMessage(call: Call, app: App): Sent {
  if (app.isUnpublished === true) throw app.mode === 'agent' ? invalidParam('model is required') : appUnavailable();
  const configured = { ...call, app };
  const files = messageFiles(configured, call.body['files']);
  return { files, inputs: checkedInputs(configured, app.parameters.user_input_form, inputsOf(call.body)) };
}

interface Question {
  readonly app: App;
  readonly message: Message;
  readonly conversation: Conversation | undefined;
  readonly history: readonly Exchange[];
  /** How long the finding of a name holds up the answer, in ms, while the model is already at work. */
  readonly pause: number;
}

async function answer(call: Call, question: Question): Promise<Response> {
  const { app, conversation, history, message, pause } = question;
  const { request, server, user } = call;
  const { inputs, query } = message;
  const preset = presetOf(server, app, message);
  const turn = new Turn({
    taskId: server.uuid(),
    user,
    message,
    prompt: { text: app.promptOf(inputs, query), inputs, query, history, files: message.files.map(({ file }) => file) },
    source: preset === undefined ? sourceOf(server, app, message) : spelled(preset, server.clock),
    clock: server.clock,
    tokensPerSecond: preset === undefined ? server.tokensPerSecond : Infinity,
    slowStart: server.slowStart,
    keepsSteps: app.agent !== undefined,
  });
  server.tasks.add(turn);
  const answering = { turn, conversation, app, server, preset, over: () => server.tasks.remove(turn) };
  if (pause > 0) await server.clock.sleep(pause, request.signal);
  return isStreaming(call) ? streamed(answering, request.signal) : blocking(answering);
}

/** The app's model, or its agent. What a new agent does on the way is kept nowhere. */
function sourceOf(server: Server, app: App, message: Message): TurnSource {
  const { agent } = app;
  const model = server.source ?? app.answer;
  if (agent === undefined) return model;
  const { clock, files, uuid } = server;
  const user = server.endUsers.of(app, message.user, clock.now());
  const rounds = agent.strategy === 'react' ? reactRounds : functionCallRounds;
  const shown = app.mode === 'agent' ? { ...message, thoughts: [], files: [] } : message;
  return (prompt, signal) =>
    rounds({ user, agent, model, message: shown, files, uuid, run: { clock, signal } }, prompt);
}

function isStreaming({ app, body }: Call): boolean {
  return body['response_mode'] === 'streaming' || app.mode === 'agent';
}

/** Agents stream only; each kind says so in its own way. */
function refuseBlocking({ app, body }: Call): void {
  const mode = body['response_mode'];
  if (app.mode === 'agent-chat' && mode !== 'streaming') {
    throw invalidParam('Agent Chat App does not support blocking mode');
  }
  if (app.mode === 'agent' && mode === 'blocking') {
    throw badRequest('Agent App only supports streaming response mode.');
  }
}

/** The conversation that is to go on, or undefined for a new one. */
export function knownConversation(call: Call): Conversation | undefined {
  const sent = call.body['conversation_id'];
  const id = typeof sent === 'string' ? (normalizedUuid(sent.trim()) ?? '') : '';
  if (id === '') return undefined;
  const conversation = conversationsOf(call).find(id, call.user);
  if (conversation === undefined) throw notFound('Conversation Not Exists.');
  return conversation;
}

export function newConversation(call: Call, query: string, inputs: Inputs): Conversation {
  const { app, body, server, user } = call;
  const now = server.clock.now();
  const conversation: Conversation = {
    id: server.uuid(),
    user,
    app,
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
function introductionOf(app: App, inputs: Inputs): string {
  return (latestParameters(app).opening_statement ?? '').replaceAll(
    /\{\{([a-zA-Z_]\w{0,29})\}\}/g,
    (whole, name: string) => (name in inputs ? filledIn(inputs[name]) : whole),
  );
}

function filledIn(value: unknown): string {
  if (value === null) return '';
  return typeof value === 'string' ? value : repr(value);
}

export function newMessage(call: Call, { files, ...row }: Sent & Pick<Message, 'conversationId' | 'query'>): Message {
  const { app, server, user } = call;
  const createdAt = seconds(server.clock.now());
  const rows = files.map((file): MessageFile => ({ id: server.uuid(), belongsTo: 'user', file }));
  for (const { place } of files) if (place.transferMethod !== 'remote_url') server.files.use(place.file, app.key);
  const message: Message = {
    ...row,
    id: server.uuid(),
    user,
    createdAt,
    answer: '',
    status: 'normal',
    error: null,
    files: rows,
    forms: [],
    feedback: undefined,
    thoughts: [],
  };
  conversationsOf(call).addMessage(message);
  return message;
}

function isMissing({ app, body }: Call, query: string): boolean {
  return app.mode === 'agent' ? query.trim() === '' : body['query'] === '';
}

/** True unless it is switched off, in any of pydantic's ways to say no. */
export function namesItself(body: Body): boolean {
  const wish = body['auto_generate_name'];
  return typeof wish === 'string' ? !/^(?:false|f|no|n|off|0)$/i.test(wish) : wish !== false && wish !== 0;
}

export function queryOf(body: Body): string {
  return typeof body['query'] === 'string' ? body['query'].replaceAll('\u0000', '') : '';
}

export function inputsOf(body: Body): Inputs {
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

export const responseMode = { name: 'response_mode', check: optional(oneOf('blocking', 'streaming')) };

const completionPayload = {
  name: 'CompletionRequestPayload',
  fields: [
    { name: 'inputs', required: true, check: isObject },
    { name: 'query', check: isString },
    { name: 'files', check: optional(isList), each: isObject },
    responseMode,
    { name: 'retriever_from', check: isString },
  ],
};

export const chatPayload = {
  name: 'ChatRequestPayload',
  fields: [
    { name: 'inputs', required: true, check: isObject },
    { name: 'query', required: true, check: isString },
    { name: 'files', check: optional(isList), each: isObject },
    responseMode,
    { name: 'conversation_id', check: isConversationId },
    { name: 'retriever_from', check: isString },
    { name: 'auto_generate_name', check: isBoolean },
    { name: 'workflow_id', check: optional(isString) },
  ],
};
