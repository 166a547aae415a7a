import { ask } from '../../conversation/ask.ts';
import { conversationOf } from '../../conversation/history.ts';
import type { RunEvent } from '../../conversation/run.ts';
import type { ChatApp } from '../../conversation/session.ts';
import { chat } from '../../dify/chat.ts';
import type { DifyClient } from '../../dify/client.ts';
import { getMessages } from '../../dify/messages.ts';
import type { App } from '../app.ts';
import type { Clients } from '../clients.ts';
import { t, wordsFor } from '../words.ts';
import type { AppFaces } from './appFaces.ts';

/** The app as a conversation needs it. */
export function chatAppOf(app: App, clients: Clients, faces: AppFaces): ChatApp {
  const client = clients.of(app);
  return {
    ask: (question, signal) => askInTurn(app, client, { ...question, inputs: faces.initialInputs(app) }, signal),
    history: async (conversationId, signal) => {
      const { messages } = await getMessages(client, { conversationId }, signal);
      return conversationOf(conversationId, messages, t);
    },
  };
}

async function* askInTurn(
  app: App,
  client: DifyClient,
  question: {
    readonly query: string;
    readonly conversationId: string | undefined;
    readonly inputs: Record<string, string>;
  },
  signal: AbortSignal,
): AsyncGenerator<RunEvent, void, void> {
  // The server has the stopped answer in its history only when it was read to its end.
  await client.settled();
  const { query, inputs, conversationId = '' } = question;
  yield* ask(chat(client, { query, inputs, conversation_id: conversationId }, signal), wordsFor(app));
}
