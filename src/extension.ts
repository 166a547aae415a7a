import { commands, env, Uri, UIKind, window, workspace, type ExtensionContext } from 'vscode';
import type { KeyPlace } from './dify/errors.ts';
import { registerActions } from './host/actions/actions.ts';
import { recipes } from './host/actions/recipes.ts';
import type { App } from './host/app.ts';
import { AppDetails } from './host/appDetails.ts';
import { Apps } from './host/apps.ts';
import { Chat } from './host/chat/chat.ts';
import { ChatView } from './host/chat/chatView.ts';
import { ConversationFiles } from './host/conversationFiles.ts';
import { registerChat } from './host/chat/registerChat.ts';
import { Clients } from './host/clients.ts';
import { boundary } from './host/commands.ts';
import { Connecting, registerConnect } from './host/connect/connect.ts';
import { Consent } from './host/connect/consent.ts';
import { registerDiagnostics } from './host/diagnostics/registerDiagnostics.ts';
import { GlobalFile } from './host/globalFile.ts';
import { Health } from './host/health.ts';
import { Keys } from './host/keys.ts';
import { Log } from './host/log.ts';
import { Demo } from './host/demo/demo.ts';
import { InProcessServer, withDemo } from './host/demo/demoServer.ts';
import { registerDemo } from './host/demo/registerDemo.ts';
import { loggedFetch } from './host/network/loggedFetch.ts';
import { Network } from './host/network/network.ts';
import { placeOf } from './host/place.ts';
import { remoteHint } from './host/remote.ts';
import { registerStatus } from './host/status/registerStatus.ts';
import { Erasures } from './host/manage/erasures.ts';
import { registerManage } from './host/manage/registerManage.ts';
import { machineSetting } from './host/settings.ts';
import { SharedState } from './host/sharedState.ts';

let ending: (() => Promise<unknown>) | undefined;

/** Constructs, registers, decides nothing: no network, and nothing read from disk. */
export function activate(context: ExtensionContext): void {
  const { globalState, workspaceState, secrets, extension, extensionUri, storageUri, globalStorageUri } = context;
  const log = new Log(window.createOutputChannel('Dify', { log: true }));
  const { register, start } = boundary(log);
  const network = new Network();
  const hide = (key: string): void => log.hide(key);
  const changes = new GlobalFile(globalStorageUri, 'changed', log);
  const shared = new SharedState(globalState, changes);
  const apps = new Apps(shared, workspaceState, userSetting);
  const demoServer = new InProcessServer(() => import('./demo.cjs'));
  const demo = new Demo(apps, demoServer);
  const fetch = loggedFetch(withDemo(network.fetch, demoServer), log, () => remoteHint('network', placeOf(extension)));
  const keys = new Keys({ secrets, shared, place: keyPlace(), demoKey: (app) => demoServer.key(app), hide });
  const health = new Health();
  const clients = new Clients({ apps, keys, fetch, health });
  const details = new AppDetails({ apps, clients, log });
  const connecting = new Connecting({ apps, keys, fetch, start, consent: new Consent(globalState) });
  const repair = connecting.repair.bind(connecting);
  const connect = connecting.connect.bind(connecting);
  const looseFiles = new ConversationFiles(Uri.joinPath(globalStorageUri, 'none'), log);
  const ownFiles = storageUri === undefined ? undefined : new ConversationFiles(storageUri, log);
  const files = ownFiles ?? looseFiles;
  const chat = new Chat({
    apps,
    clients,
    details,
    files,
    workspace: workspaceState,
    log,
    health,
    repair,
    readsUnasked: isTrusted,
  });
  const view = new ChatView(extensionUri, chat, { connect, start, showLog: () => log.show() });
  const state = { shared, workspace: workspaceState, everywhere: globalState };
  const erasures = new Erasures({ ...state, files: ownFiles, looseFiles, close: (app) => chat.forget(app) });
  const ports = { apps, keys, clients, details, health, shared, connect, repair, start };

  ending = () => Promise.race([chat.end().then(() => clients.settled()), after(4_000)]);
  context.subscriptions.push(log, network, changes, shared, apps, keys, health, details);
  context.subscriptions.push(
    ...registerDemo(register, demo),
    ...registerConnect(register, connecting),
    ...registerActions(register, { ...ports, everywhere: globalState, files }),
    ...registerManage(register, { ...ports, erasures, recipes, userSetting, test }),
    ...registerChat(register, { ...ports, chat, view }),
    ...registerStatus(register, { ...ports, chat, changes: [apps.onDidChange, health.onDidChange] }),
    ...registerDiagnostics(register, { ...ports, extension, transports: network, files, log }),
    workspace.onDidGrantWorkspaceTrust(() => chat.catchUp()),
  );
}

/** VS Code waits for this: what is shown is written, and Dify is told to stop what nobody will read. */
export async function deactivate(): Promise<void> {
  await ending?.();
}

function test(app: App): Thenable<unknown> {
  return commands.executeCommand('difyCompanion.apps.testConnection', app);
}

function isTrusted(): boolean {
  return workspace.isTrusted;
}

function userSetting(): unknown {
  return machineSetting('difyCompanion', 'user');
}

/** Of a remote window it is the local VS Code that keeps the keys. */
function keyPlace(): KeyPlace {
  if (env.uiKind === UIKind.Web) return 'browser';
  return env.remoteName === undefined && process.platform === 'linux' ? 'keyring' : 'system';
}

function after(ms: number): Promise<void> {
  return new Promise((resolve) => setTimeout(resolve, ms));
}
