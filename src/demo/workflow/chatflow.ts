import { seconds } from '../clock.ts';
import { ApiError, invalidParam, lateMessage } from '../http/errors.ts';
import {
  chatPayload,
  checkedMessage,
  knownConversation,
  namesItself,
  newConversation,
  newMessage,
  queryOf,
  type Sent,
} from '../turns/generate.ts';
import { blockingResponse } from '../http/responses.ts';
import { presetOf } from '../turns/preset.ts';
import type { Call } from '../routes.ts';
import { validate } from '../http/schema.ts';
import { inSlot } from '../turns/slots.ts';
import type { Conversation, ConversationVariable, Message } from '../history/store.ts';
import { checkTraceSession } from '../http/trace.ts';
import { ChatflowTurn } from './chatflowTurn.ts';
import { presetAnswer } from './presetTurn.ts';
import { newRun } from './newRun.ts';
import type { Version } from './published.ts';
import { refusedStream, runStream } from './runStream.ts';
import { versionFor } from './versions.ts';
import { onceWorking } from './worker.ts';

/** `POST /chat-messages` of an app of mode `advanced-chat`. */
export function sendChatflowMessage(call: Call): Promise<Response> {
  validate(chatPayload, call.body, call.server.generation.pydantic);
  checkTraceSession(call);
  const streams = call.body['response_mode'] === 'streaming';
  return inSlot(call, () => (streams ? onceWorking(call, () => answered(call)) : answered(call)));
}

async function answered(call: Call): Promise<Response> {
  const { app, body, server } = call;
  const workflowId = body['workflow_id'];
  const version = versionFor(call, typeof workflowId === 'string' ? workflowId : undefined);
  const streams = body['response_mode'] === 'streaming';
  const { relays } = server.generation.workflow;
  try {
    const isNew = existingConversation(call) === undefined;
    const question = asked(call, version);
    const preset = presetOf(server, app, question.message);
    const response =
      preset === undefined ? flowAnswer(call, version, question) : presetAnswer(call, question.message, preset);
    if (!isNew || relays || !namesItself(body)) return await response;
    await server.clock.sleep(server.generation.namingPause, call.request.signal);
    return await response;
  } catch (error) {
    // The run is a job of its own, and the stream is open before the inputs are looked at.
    if (relays && streams && error instanceof ApiError) return refusedStream(call, lateMessage(error));
    throw error;
  }
}

interface Question {
  readonly message: Message;
  readonly conversation: Conversation;
  readonly sent: Sent;
  /** What the model gets to see of earlier turns. */
  readonly history: readonly Message[];
}

/** The question, now in its conversation. */
function asked(call: Call, version: Version): Question {
  const { app, body } = call;
  const query = queryOf(body);
  if (body['query'] === '') throw invalidParam('query is required');
  const known = existingConversation(call);
  const sent = checkedMessage(call, { ...app, parameters: version.parameters });
  const conversation = known ?? newConversation(call, query, sent.inputs);
  // A question without an answer stays part of what the model sees.
  const history = [...conversation.messages];
  const message = newMessage(call, { conversationId: conversation.id, query, ...sent });
  conversation.messages.push(message);
  conversation.updatedAt = message.createdAt;
  return { message, conversation, sent, history };
}

function flowAnswer(call: Call, version: Version, question: Question): Promise<Response> {
  const streams = call.body['response_mode'] === 'streaming';
  const turn = turnOf(call, version, question, !streams);
  return streams ? streamed(call, turn) : blocking(turn);
}

function turnOf(call: Call, version: Version, question: Question, blocks: boolean): ChatflowTurn {
  const { app, server, user } = call;
  const { conversation, history, message, sent } = question;
  const variables = variablesOf(conversation, version, server.clock.now());
  const run = newRun(call, {
    version,
    turn: { message, conversation },
    sent,
    history,
    chat: { query: message.query, conversationId: conversation.id, dialogueCount: conversation.messages.length },
    variables: Object.fromEntries(variables.map(({ name, value }) => [name, value])),
    saveVariable: (name, value) => {
      const variable = variables.find((each) => each.name === name);
      if (variable === undefined) return;
      variable.value = value;
      variable.updatedAt = seconds(server.clock.now());
    },
  });
  return new ChatflowTurn({ run, message, conversation, app, user, blocks });
}

/** A newer server takes an id that it does not know for none. */
function existingConversation(call: Call): Conversation | undefined {
  if (!call.server.generation.workflow.relays) return knownConversation(call);
  try {
    return knownConversation(call);
  } catch (error) {
    if (error instanceof ApiError && error.status === 404) return undefined;
    throw error;
  }
}

/** The conversation's own, those added to the workflow since included. */
function variablesOf(conversation: Conversation, version: Version, now: number): readonly ConversationVariable[] {
  const variables = conversation.variables ?? [];
  for (const { description = '', id, name, type, value } of version.variables ?? []) {
    if (variables.some((each) => each.id === id)) continue;
    variables.push({ id, name, type, description, value, createdAt: seconds(now), updatedAt: seconds(now) });
  }
  conversation.variables = variables;
  return variables;
}

function streamed(call: Call, turn: ChatflowTurn): Promise<Response> {
  const listener = turn.run.relay.listen();
  const response = runStream(call, listener, () => {
    // An older server saves the answer in the stream's own thread.
    if (!call.server.generation.workflow.relays) turn.abandon();
  });
  call.server.worker.carryOut(turn.run);
  turn.run.start(turn);
  return response;
}

async function blocking(turn: ChatflowTurn): Promise<Response> {
  turn.run.start(turn);
  const ending = await turn.run.ended;
  if (ending.type === 'failed' || ending.type === 'aborted') throw invalidParam(`Run failed: ${ending.error}`);
  return blockingResponse(turn.blockingBody());
}
