import { env, Uri, UIKind, window, workspace, type ExtensionContext, type Memento } from 'vscode';
import type { KeyPlace } from './dify/errors.ts';
import { fitsActions } from './host/actions/fits.ts';
import { offerLightbulb } from './host/actions/lightbulb.ts';
import { allRecipes } from './host/actions/ownRecipes.ts';
import { registerActions } from './host/actions/registerActions.ts';
import type { App } from './host/app.ts';
import { AppDetails } from './host/appDetails.ts';
import { Apps } from './host/apps.ts';
import { Chat } from './host/chat/chat.ts';
import type { ChatPorts } from './host/chat/chatPorts.ts';
import { ChatView, type ChatViewPorts } from './host/chat/chatView.ts';
import { reach } from './host/chat/reach.ts';
import { registerChat } from './host/chat/registerChat.ts';
import { Clients } from './host/clients.ts';
import { boundary } from './host/commands.ts';
import { Connecting, registerConnect } from './host/connect/connect.ts';
import { ConversationFiles } from './host/conversationFiles.ts';
import { Demo } from './host/demo/demo.ts';
import { InProcessServer, withDemo } from './host/demo/demoServer.ts';
import { registerDemo } from './host/demo/registerDemo.ts';
import { registerDiagnostics } from './host/diagnostics/registerDiagnostics.ts';
import { GlobalFile } from './host/globalFile.ts';
import { Health } from './host/health.ts';
import { Keys } from './host/keys.ts';
import { Log } from './host/log.ts';
import { Erasures } from './host/manage/erasures.ts';
import { registerManage } from './host/manage/registerManage.ts';
import { loggedFetch } from './host/network/loggedFetch.ts';
import { Network } from './host/network/network.ts';
import { repairNetwork, type NetworkRemedy } from './host/networkRemedies.ts';
import { placeOf } from './host/place.ts';
import { remoteHint } from './host/remote.ts';
import { machineSetting } from './host/settings.ts';
import { CommonState } from './host/commonState.ts';
import { registerStatus } from './host/status/registerStatus.ts';

let ending: (() => Promise<unknown>) | undefined;

/** Constructs, registers, decides nothing: no network, and nothing read from disk. */
export function activate(context: ExtensionContext): void {
  const { globalState: everywhere, workspaceState, extension } = context;
  const core = coreOf(context);
  const { apps, demo, health, log, network, register } = core;
  const connecting = connectingOf(core, everywhere);
  const repair = connecting.repair.bind(connecting);
  const test = connecting.testConnection.bind(connecting);
  const { files, ownFiles, looseFiles } = filesOf(context, log);
  const connectToChat = () => connecting.connect('chat');
  const talk = { connect: connectToChat, ...chatOf(context, { ...core, connect: connectToChat, repair, files }) };
  const { chat } = talk;
  const state = { shared: core.shared, workspace: workspaceState, everywhere };
  const erasures = new Erasures({ ...state, files: ownFiles, looseFiles, close: (app) => chat.forget(app) });

  ending = () => Promise.race([chat.end().then(() => core.clients.settled()), after(4_000)]);
  context.subscriptions.push(
    ...registerDemo(register, demo),
    ...registerConnect(register, connecting),
    offerLightbulb(apps),
    ...registerActions(register, {
      ...core,
      everywhere,
      files,
      connect: () => connecting.connect('selection'),
      repair,
    }),
    ...registerManage(register, {
      ...core,
      connect: () => connecting.connect(),
      repair,
      erasures,
      recipes: allRecipes,
      fitsActions,
      bindActions: bindLater(apps),
      userSetting,
      test,
      forgetTyped: () => connecting.forgetTyped(),
    }),
    ...registerChat(register, { ...core, ...talk }),
    ...registerStatus(register, {
      ...core,
      repair,
      test,
      chat,
      running: () => [],
      changes: [apps.onDidChange, health.onDidChange],
    }),
    ...registerDiagnostics(register, { ...core, extension, transports: network, files }),
    workspace.onDidGrantWorkspaceTrust(() => chat.catchUp()),
  );
}

function connectingOf(core: Core, everywhere: Memento): Connecting {
  const { apps, network: transports } = core;
  const networkRepair = (remedy: NetworkRemedy): Promise<boolean> => repairNetwork(remedy, transports);
  const actions = { fits: fitsActions, bind: bindLater(apps) };
  return new Connecting({ ...core, everywhere, transports, actions, networkRepair });
}

/** The chat of this window, and its view. */
function chatOf(
  { workspaceState, extensionUri }: ExtensionContext,
  ports: Core & Pick<ChatPorts, 'files' | 'repair'> & Pick<ChatViewPorts, 'connect'>,
) {
  const chat = new Chat({ ...ports, workspace: workspaceState, readsUnasked: () => workspace.isTrusted });
  const view = new ChatView(extensionUri, chat, {
    ...ports,
    changeAddress: (app) => ports.repair(app, 'editAddress'),
    reach: (app) => reach(app, ports),
    showLog: () => ports.log.show(),
  });
  return { chat, view };
}

/** Lets the person say which recipes an app serves. */
function bindLater(apps: Apps): (app: App) => Promise<void> {
  return async (app) => (await import('./host/actions/bindActions.ts')).bindActions(app, apps);
}

/** VS Code waits for this: what is shown is written, and Dify is told to stop what nobody will read. */
export async function deactivate(): Promise<void> {
  await ending?.();
}

type Core = ReturnType<typeof coreOf>;

/** What every feature uses. */
function coreOf({
  globalState,
  workspaceState,
  secrets,
  extension,
  globalStorageUri,
  subscriptions,
}: ExtensionContext) {
  const log = new Log(window.createOutputChannel('Dify', { log: true }));
  const network = new Network();
  const changes = new GlobalFile(globalStorageUri, 'changed', log);
  const shared = new CommonState(globalState, changes);
  const apps = new Apps(shared, workspaceState, userSetting);
  const demoServer = new InProcessServer(() => import('./demo.cjs'));
  const demo = new Demo(apps, demoServer);
  const hint = (): string => remoteHint('network', placeOf(extension));
  const networkFetch = loggedFetch(network.fetch, log, hint);
  const fetch = loggedFetch(withDemo(network.fetch, demoServer), log, hint);
  const demoKey = (app: App): Promise<string | undefined> => demoServer.key(app);
  const keys = new Keys({ secrets, shared, place: keyPlace(), demoKey, hide: (key) => log.hide(key) });
  const health = new Health();
  const clients = new Clients({ apps, keys, fetch, health });
  const details = new AppDetails({ apps, clients, log });
  subscriptions.push(log, network, changes, shared, apps, keys, health, details);
  return { ...boundary(log), log, network, shared, apps, demo, fetch, networkFetch, keys, health, clients, details };
}

/** Local copies: those of this workspace, and those of windows without one. */
function filesOf({ storageUri, globalStorageUri }: ExtensionContext, log: Log) {
  const looseFiles = new ConversationFiles(Uri.joinPath(globalStorageUri, 'none'), log);
  const ownFiles = storageUri === undefined ? undefined : new ConversationFiles(storageUri, log);
  return { files: ownFiles ?? looseFiles, ownFiles, looseFiles };
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
