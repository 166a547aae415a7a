import { ask } from '../../conversation/ask.ts';
import { clockSkew } from '../../conversation/reduce.ts';
import { conversationOf } from '../../conversation/history.ts';
import type { RunEvent } from '../../conversation/run.ts';
import type { ChatApp } from '../../conversation/session.ts';
import { chat } from '../../dify/chat.ts';
import type { Fields } from '../../dify/json.ts';
import { getConversations } from '../../dify/conversations.ts';
import { getRun } from '../../dify/runs.ts';
import { attachToRun } from '../../dify/workflows.ts';
import { getMessages } from '../../dify/messages.ts';
import type { App } from '../app.ts';
import type { Clients } from '../clients.ts';
import { t, wordsFor } from '../words.ts';
import type { AppFaces } from './appFaces.ts';

/** What an app of the chat needs. */
export interface ChatAppPorts {
  readonly clients: Clients;
  readonly faces: AppFaces;
  /** The app as it is now: its address may have been edited. */
  readonly app: () => App;
  /** Called with the owner's defaults when a conversation begins with them: all its turns have them then, whatever the owner changes. */
  readonly began: (inputs: Fields) => void;
}

/** The app as a conversation needs it. */
export function chatAppOf(ports: ChatAppPorts): ChatApp {
  const history: ChatApp['history'] = async (conversationId, signal) => {
    const { messages } = await getMessages(ports.clients.of(ports.app()), { conversationId }, signal);
    return conversationOf(conversationId, messages, t);
  };
  return {
    ask: (question, signal) => askInTurn(ports, question, signal),
    history,
    attach: ({ shown, ...run }, signal) => {
      const mode = ports.app().mode === 'workflow' ? 'workflow' : 'advanced-chat';
      const turn = attachToRun(ports.clients.of(ports.app()), { ...run, mode }, signal);
      return ask(turn, wordsFor(ports.app()), shown);
    },
    detail: (runId, signal) => getRun(ports.clients.of(ports.app()), runId, signal),
    begunWith: async ({ query, askedAt }, signal) => {
      const client = ports.clients.of(ports.app());
      const { conversations } = await getConversations(client, { order: '-created_at' }, signal);
      const young = conversations.filter(({ created_at }) => created_at * 1_000 > askedAt - clockSkew).slice(0, looked);
      for (const { id } of young) {
        const found = await history(id, signal);
        if (found.messages[0]?.query === query) return found;
      }
      return undefined;
    },
  };
}

/** In so many of the newest conversations a question is looked for. */
const looked = 5;

type Asked = Parameters<ChatApp['ask']>[0];

async function* askInTurn(
  ports: ChatAppPorts,
  { query, conversationId = '', inputs, files }: Asked,
  signal: AbortSignal,
): AsyncGenerator<RunEvent, void, void> {
  const { clients, faces, app } = ports;
  const client = clients.of(app());
  // The server has a stopped answer in its history only when it was read to its end.
  const ready = Promise.all([client.settled(), inputs ?? faces.initialInputs(app())]);
  const sent = (await unlessAborted(ready, signal))?.[1] ?? {};
  if (inputs === undefined && Object.keys(sent).length > 0) ports.began(sent);
  const beside = files.length === 0 ? {} : { files: files.map(({ mapping }) => mapping) };
  const request = { query, inputs: sent, conversation_id: conversationId, ...beside };
  yield* ask(chat(client, request, signal), wordsFor(app()), undefined, Date.now);
}

/** What the work gives, or `undefined` as soon as the signal is aborted. */
function unlessAborted<T>(work: Promise<T>, signal: AbortSignal): Promise<T | undefined> {
  return new Promise((resolve, reject) => {
    const onAbort = (): void => resolve(undefined);
    signal.addEventListener('abort', onAbort, { once: true });
    work.then(resolve, reject).finally(() => signal.removeEventListener('abort', onAbort));
  });
}
