import { ask } from '../conversation/ask.ts';
import type { Conversation } from '../conversation/conversation.ts';
import { conversationOf } from '../conversation/history.ts';
import { clockSkew } from '../conversation/reduce.ts';
import { restOf, type CutAnswer, type KeptRuns, type RestPorts } from '../conversation/rest.ts';
import type { ChatApp } from '../conversation/session.ts';
import type { DifyClient } from '../dify/client.ts';
import { getConversations } from '../dify/conversations.ts';
import { getMessages } from '../dify/messages.ts';
import { getLogs, getRun } from '../dify/runs.ts';
import { sleep } from '../dify/timing.ts';
import { attachToRun } from '../dify/workflows.ts';
import { canChat, keepsAnswers, type App } from './app.ts';
import type { Clients } from './clients.ts';
import { t, wordsFor } from './words.ts';

export interface AppAtServer {
  readonly clients: Pick<Clients, 'of' | 'user'>;
  /** The app as it is now: its address may have been edited. */
  readonly app: () => App;
  /** As in `RestPorts`. */
  readonly sleep?: RestPorts['sleep'] | undefined;
}

/** What the server keeps of an app's answers. */
export type KeptAtServer = Pick<ChatApp, 'rest' | 'attach' | 'detail' | 'history' | 'begunWith'>;

/** In so many of the newest conversations, or runs, a question is looked for. */
const looked = 5;

export function keptAtServer({ clients, app, sleep: wait = sleep }: AppAtServer): KeptAtServer {
  const client = (): DifyClient => clients.of(app());
  const history: ChatApp['history'] = (id, signal) => historyOf(client(), id, signal);
  // What is run has no conversation on the server.
  const begunWith: ChatApp['begunWith'] = async (question, signal) =>
    canChat(app()) ? await conversationWith(client(), question, signal) : undefined;
  const runs: KeptRuns = {
    attach: ({ shown, ...run }, signal) => {
      const mode = app().mode === 'workflow' ? 'workflow' : 'advanced-chat';
      return ask(attachToRun(client(), { ...run, mode }, signal), wordsFor(app()), shown);
    },
    detail: (runId, signal) => getRun(client(), runId, signal),
    begun: async (cut, signal) =>
      app().mode === 'workflow' ? await runBegunWith(client(), await clients.user(app()), cut, signal) : undefined,
  };
  const rest: ChatApp['rest'] = (cut, signal, how) => {
    const ports: RestPorts = {
      runs: keepsAnswers(app()) ? runs : undefined,
      history: canChat(app())
        ? async ({ conversationId: id }, stopping) =>
            id === undefined ? await begunWith(cut, stopping) : await history(id, stopping)
        : undefined,
      sleep: wait,
      words: wordsFor(app()),
    };
    return restOf(cut, ports, signal, how);
  };
  return { rest, attach: runs.attach, detail: runs.detail, history, begunWith };
}

async function historyOf(client: DifyClient, conversationId: string, signal: AbortSignal): Promise<Conversation> {
  const { messages } = await getMessages(client, { conversationId }, signal);
  return conversationOf(conversationId, messages, t);
}

async function conversationWith(
  client: DifyClient,
  { query, askedAt }: Parameters<ChatApp['begunWith']>[0],
  signal: AbortSignal,
): Promise<Conversation | undefined> {
  const { conversations } = await getConversations(client, { order: '-created_at' }, signal);
  const young = conversations.filter(({ created_at }) => created_at * 1_000 > askedAt - clockSkew).slice(0, looked);
  for (const { id } of young) {
    const found = await historyOf(client, id, signal);
    if (found.messages[0]?.query === query) return found;
  }
  return undefined;
}

/** The youngest run of this user with these very inputs that is not known as another one: a workflow app knows its runs by nothing else. */
async function runBegunWith(
  client: DifyClient,
  user: string,
  { inputs = {}, askedAt, others }: CutAnswer,
  signal: AbortSignal,
): Promise<string | undefined> {
  const { logs } = await getLogs(client, { created_by_end_user_session_id: user }, signal);
  const young = logs.filter(({ created_at }) => created_at * 1_000 > askedAt - clockSkew).slice(0, looked);
  // Files are told otherwise than they were sent.
  const plain = Object.entries(inputs).filter(([, value]) => typeof value !== 'object');
  for (const { workflow_run: run } of young.filter(({ workflow_run: { id } }) => others?.has(id) !== true)) {
    const { inputs: sent } = await getRun(client, run.id, signal);
    if (plain.every(([name, value]) => sent[name] === value)) return run.id;
  }
  return undefined;
}
