import { ask } from '../../conversation/ask.ts';
import { conversationOf } from '../../conversation/history.ts';
import type { RunEvent } from '../../conversation/run.ts';
import type { ChatApp } from '../../conversation/session.ts';
import { chat } from '../../dify/chat.ts';
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
}

/** The app as a conversation needs it. */
export function chatAppOf(ports: ChatAppPorts): ChatApp {
  return {
    ask: (question, signal) => askInTurn(ports, question, signal),
    history: async (conversationId, signal) => {
      const { messages } = await getMessages(ports.clients.of(ports.app()), { conversationId }, signal);
      return conversationOf(conversationId, messages, t);
    },
  };
}

async function* askInTurn(
  { clients, faces, app }: ChatAppPorts,
  { query, conversationId = '' }: { readonly query: string; readonly conversationId: string | undefined },
  signal: AbortSignal,
): AsyncGenerator<RunEvent, void, void> {
  const client = clients.of(app());
  // The server has a stopped answer in its history only when it was read to its end.
  const ready = Promise.all([client.settled(), faces.initialInputs(app())]);
  const inputs = (await unlessAborted(ready, signal))?.[1] ?? {};
  yield* ask(chat(client, { query, inputs, conversation_id: conversationId }, signal), wordsFor(app()));
}

/** What the work gives, or `undefined` as soon as the signal is aborted. */
function unlessAborted<T>(work: Promise<T>, signal: AbortSignal): Promise<T | undefined> {
  return new Promise((resolve, reject) => {
    const onAbort = (): void => resolve(undefined);
    signal.addEventListener('abort', onAbort, { once: true });
    work.then(resolve, reject).finally(() => signal.removeEventListener('abort', onAbort));
  });
}
