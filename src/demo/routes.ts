import { info, meta, parameters, site } from './about.ts';
import type { App, Mode } from './apps.ts';
import { type Annotations, annotationRoutes } from './annotations.ts';
import { endUserRoutes } from './history/endUserRoutes.ts';
import { feedbackRoutes } from './history/feedbacks.ts';
import { speechRoutes } from './speech.ts';
import { suggestQuestions } from './history/suggested.ts';
import type { Clock } from './clock.ts';
import { deleteConversation, listConversations, renameConversation } from './history/conversations.ts';
import { fileRoutes } from './files/routes.ts';
import type { FormPart } from './files/multipart.ts';
import type { Files } from './files/store.ts';
import type { Ids } from './ids.ts';
import { type ApiError, appUnavailable, notChatApp } from './http/errors.ts';
import type { EndUsers } from './history/endUsers.ts';
import { sendChatMessage, sendCompletionMessage, stopTask } from './turns/generate.ts';
import type { Generation } from './generations.ts';
import type { Forms } from './humanInput/forms.ts';
import { humanInputRoutes } from './humanInput/routes.ts';
import { listMessages } from './history/messages.ts';
import type { Match, Routed } from './http/router.ts';
import type { Slots } from './turns/slots.ts';
import type { Conversations } from './history/store.ts';
import type { TextSource } from './turns/textSource.ts';
import type { Tasks } from './turns/turn.ts';
import type { Body, UserRule } from './http/user.ts';
import { sendChatflowMessage } from './workflow/chatflow.ts';
import { workflowRoutes } from './workflow/routes.ts';
import type { Runs } from './workflow/runs.ts';
import { stopRun } from './workflow/stop.ts';
import type { Worker } from './workflow/worker.ts';

/** What all requests share. */
export interface Server {
  readonly generation: Generation;
  readonly findRoute: (method: string, path: string) => Match<Route>;
  readonly clock: Clock;
  readonly uuid: () => string;
  readonly tokensPerSecond: number;
  readonly slowStart: number;
  /** Instead of the apps' own, if there is one. */
  readonly source: TextSource | undefined;
  readonly conversations: ReadonlyMap<App, Conversations>;
  readonly files: Files;
  readonly internalFilesUrl: string;
  readonly ids: Ids;
  readonly slots: Slots;
  readonly tasks: Tasks;
  /** By the app's key; see `annotationsOf`. */
  readonly annotations: Map<string, Annotations>;
  readonly forms: Forms;
  readonly runs: Runs;
  readonly endUsers: EndUsers;
  readonly worker: Worker;
}

/** One request that has passed the checks of its route. */
export interface Call {
  readonly request: Request;
  readonly app: App;
  readonly user: string;
  /** {} where the route reads none. */
  readonly body: Body;
  /** [] where the route reads none. */
  readonly form: readonly FormPart[];
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
  /** Undefined: in every generation. */
  readonly exists?: (generation: Generation) => boolean;
  readonly answer: (call: Call) => Response | Promise<Response>;
}

const about = { method: 'GET', user: 'none', wrongMode: appUnavailable } as const;
const completion = { user: 'bodyRequired', modes: ['completion'], wrongMode: appUnavailable } as const;
const chat = { modes: ['chat', 'agent-chat', 'agent', 'advanced-chat'], wrongMode: notChatApp } as const;

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
    answer: (call) => (call.app.workflow === undefined ? sendChatMessage(call) : sendChatflowMessage(call)),
  },
  {
    ...chat,
    method: 'POST',
    path: '/v1/chat-messages/<string:task_id>/stop',
    user: 'bodyRequired',
    answer: (call) => (call.app.workflow === undefined ? stopTask(call) : stopRun(call)),
  },
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
  ...fileRoutes,
  {
    ...chat,
    method: 'GET',
    path: '/v1/messages/<uuid:message_id>/suggested',
    user: 'queryRequired',
    answer: suggestQuestions,
  },
  ...feedbackRoutes,
  ...annotationRoutes,
  ...speechRoutes,
  ...endUserRoutes,
  ...workflowRoutes,
  ...humanInputRoutes,
];
