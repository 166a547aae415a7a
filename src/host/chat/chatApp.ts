import { ask } from '../../conversation/ask.ts';
import type { RunEvent } from '../../conversation/run.ts';
import type { ChatApp } from '../../conversation/session.ts';
import type { Fields } from '../../dify/json.ts';
import { canChat } from '../app.ts';
import { generate } from '../generate.ts';
import { keptAtServer, type AppAtServer } from '../rest.ts';
import { wordsFor } from '../words.ts';
import type { AppFaces } from './appFaces.ts';

/** What an app of the chat needs. */
export interface ChatAppPorts extends AppAtServer {
  readonly faces: AppFaces;
  /** Called with the owner's defaults when a conversation begins with them: all its turns have them then, whatever the owner changes. */
  readonly began: (inputs: Fields) => void;
}

/** The app as a conversation needs it. */
export function chatAppOf(ports: ChatAppPorts): ChatApp {
  return { ...keptAtServer(ports), ask: (question, signal) => askInTurn(ports, question, signal) };
}

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
  // The files of a run are among its inputs.
  const beside = canChat(app()) ? files.map(({ mapping }) => mapping) : [];
  const request = { query, inputs: sent, conversationId, files: beside, version: app().pinnedVersion };
  yield* ask(generate(client, app(), request, signal), wordsFor(app()), undefined, Date.now);
}

/** What the work gives, or `undefined` as soon as the signal is aborted. */
function unlessAborted<T>(work: Promise<T>, signal: AbortSignal): Promise<T | undefined> {
  return new Promise((resolve, reject) => {
    const onAbort = (): void => resolve(undefined);
    signal.addEventListener('abort', onAbort, { once: true });
    work.then(resolve, reject).finally(() => signal.removeEventListener('abort', onAbort));
  });
}
