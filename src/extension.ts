import { Uri, type ExtensionContext } from 'vscode';
import { registerActions } from './host/actions/actions.ts';
import { Apps } from './host/apps.ts';
import { Chat } from './host/chat/chat.ts';
import { ChatView } from './host/chat/chatView.ts';
import { ConversationFiles } from './host/conversationFiles.ts';
import { registerChat } from './host/chat/registerChat.ts';
import { Clients } from './host/clients.ts';
import { boundary } from './host/commands.ts';
import { Connecting, registerConnect } from './host/connect/connect.ts';
import { Consent } from './host/connect/consent.ts';
import { Keys } from './host/keys.ts';
import { Log } from './host/log.ts';
import { loggedFetch } from './host/network/loggedFetch.ts';
import { editorFetch } from './host/network/network.ts';

let ending: (() => Promise<unknown>) | undefined;

/** Constructs, registers, decides nothing: no network, and nothing read from disk. */
export function activate(context: ExtensionContext): void {
  const { globalState, workspaceState, secrets, extensionUri } = context;
  const log = new Log();
  const { register, start } = boundary(log);
  const fetch = loggedFetch(editorFetch, log);
  const apps = new Apps(globalState, workspaceState);
  const keys = new Keys(secrets);
  const clients = new Clients(apps, keys, fetch);
  const connecting = new Connecting({ apps, keys, fetch, start, consent: new Consent(globalState) });
  const repair = connecting.repair.bind(connecting);
  const connect = connecting.connect.bind(connecting);
  const files = new ConversationFiles(context.storageUri ?? Uri.joinPath(context.globalStorageUri, 'none'), log);
  const chat = new Chat({ apps, clients, files, workspace: workspaceState, log, repair });
  const view = new ChatView(extensionUri, chat, connect, start);

  ending = () => Promise.race([chat.end().then(() => clients.settled()), after(4_000)]);
  context.subscriptions.push(
    log,
    apps,
    ...registerConnect(register, connecting),
    ...registerActions(register, { apps, clients, everywhere: globalState, files, connect, repair, start }),
    ...registerChat(register, { chat, view, apps, connect }),
  );
}

/** VS Code waits for this: what is shown is written, and Dify is told to stop what nobody will read. */
export async function deactivate(): Promise<void> {
  await ending?.();
}

function after(ms: number): Promise<void> {
  return new Promise((resolve) => setTimeout(resolve, ms));
}
