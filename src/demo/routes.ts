import { info, meta, parameters, site } from './about.ts';
import type { App, Mode } from './apps.ts';
import type { Clock } from './clock.ts';
import { deleteConversation, listConversations, renameConversation } from './conversations.ts';
import { type ApiError, appUnavailable, notChatApp, notWorkflowApp } from './errors.ts';
import { sendChatMessage, sendCompletionMessage, stopTask } from './generate.ts';
import type { Generation } from './generations.ts';
import { pageNotFound } from './http.ts';
import { listMessages } from './messages.ts';
import type { Routed } from './router.ts';
import type { Conversations } from './store.ts';
import type { TextSource } from './textSource.ts';
import type { Tasks } from './turn.ts';
import type { Body, UserRule } from './user.ts';

/** What all requests share. */
export interface Server {
  readonly generation: Generation;
  readonly clock: Clock;
  readonly uuid: () => string;
  readonly tokensPerSecond: number;
  readonly slowStart: number;
  /** Instead of the apps' own, if there is one. */
  readonly source: TextSource | undefined;
  readonly conversations: ReadonlyMap<App, Conversations>;
  readonly tasks: Tasks;
}

/** One request that has passed the checks of its route. */
export interface Call {
  readonly request: Request;
  readonly app: App;
  readonly user: string;
  /** {} where the route reads none. */
  readonly body: Body;
  /** The variable parts of the path. */
  readonly parameters: readonly string[];
  readonly query: URLSearchParams;
  readonly server: Server;
}

export interface Route extends Routed {
  readonly user: UserRule;
  /** The modes of app that may call; undefined: all. */
  readonly modes?: readonly Mode[];
  readonly wrongMode: () => ApiError;
  /** What the server proposes when it says 404 here. */
  readonly similar?: readonly string[];
  readonly answer: (call: Call) => Response | Promise<Response>;
}

const about = { method: 'GET', user: 'none', wrongMode: appUnavailable } as const;
const completion = { user: 'bodyRequired', modes: ['completion'], wrongMode: appUnavailable } as const;
const chat = { modes: ['chat'], wrongMode: notChatApp } as const;
/** There is no app of this mode, so nobody gets beyond the mode. */
const workflow = { modes: [], wrongMode: notWorkflowApp, answer: pageNotFound } as const;

/** Every endpoint. */
export const routes: readonly Route[] = [
  { ...about, path: '/v1/info', answer: info },
  { ...about, path: '/v1/parameters', answer: parameters },
  { ...about, path: '/v1/site', answer: site },
  { ...about, path: '/v1/meta', answer: meta },
  { ...completion, method: 'POST', path: '/v1/completion-messages', answer: sendCompletionMessage },
  { ...completion, method: 'POST', path: '/v1/completion-messages/<string:task_id>/stop', answer: stopTask },
  {
    ...chat,
    method: 'POST',
    path: '/v1/chat-messages',
    user: 'bodyRequired',
    similar: ['/v1/chat-messages', '/api/chat-messages', '/v1/chat-messages/<string:task_id>/stop'],
    answer: sendChatMessage,
  },
  { ...chat, method: 'POST', path: '/v1/chat-messages/<string:task_id>/stop', user: 'bodyRequired', answer: stopTask },
  {
    ...chat,
    method: 'GET',
    path: '/v1/messages',
    user: 'query',
    similar: ['/v1/messages', '/v1/chat-messages', '/api/messages'],
    answer: listMessages,
  },
  {
    ...chat,
    method: 'GET',
    path: '/v1/conversations',
    user: 'query',
    similar: ['/v1/conversations', '/v1/conversations/<uuid:c_id>/variables/<uuid:variable_id>', '/api/conversations'],
    answer: listConversations,
  },
  { ...chat, method: 'DELETE', path: '/v1/conversations/<uuid:c_id>', user: 'body', answer: deleteConversation },
  { ...chat, method: 'POST', path: '/v1/conversations/<uuid:c_id>/name', user: 'body', answer: renameConversation },
  { ...workflow, method: 'POST', path: '/v1/workflows/run', user: 'bodyRequired' },
  { ...workflow, method: 'POST', path: '/v1/workflows/<string:workflow_id>/run', user: 'bodyRequired' },
  { ...workflow, method: 'POST', path: '/v1/workflows/tasks/<string:task_id>/stop', user: 'bodyRequired' },
  { ...workflow, method: 'GET', path: '/v1/workflows/run/<string:workflow_run_id>', user: 'none' },
];
