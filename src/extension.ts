import { workspace, type ExtensionContext, type Memento } from 'vscode';
import { fitsActions } from './host/actions/apps/fits.ts';
import { offerLightbulb } from './host/actions/lightbulb.ts';
import { allRecipes } from './host/actions/recipes/ownRecipes.ts';
import { registerActions } from './host/actions/registerActions.ts';
import type { Answered } from './host/activity.ts';
import type { App } from './host/app.ts';
import type { Apps } from './host/apps.ts';
import { LateChat } from './host/chat/lateChat.ts';
import type { LoadPorts } from './host/chat/loadChat.ts';
import { registerChat } from './host/chat/registerChat.ts';
import { Connecting, registerConnect } from './host/connect/connect.ts';
import { coreOf, userSetting, type Core } from './core.ts';
import { registerDemo } from './host/demo/registerDemo.ts';
import { registerDiagnostics } from './host/diagnostics/registerDiagnostics.ts';
import { Erasures } from './host/manage/erasures.ts';
import type { PinPorts } from './host/manage/pinVersion.ts';
import { registerManage } from './host/manage/registerManage.ts';
import { repairNetwork, type NetworkRemedy } from './host/networkRemedies.ts';
import { OnDemand } from './host/onDemand.ts';
import { registerRuns } from './host/runs/registerRuns.ts';
import { registerStatus } from './host/status/registerStatus.ts';

let ending: (() => Promise<unknown>) | undefined;

/** Constructs, registers, decides nothing: no network, and nothing read from disk. */
export function activate(context: ExtensionContext): void {
  const { globalState: everywhere, workspaceState, extension } = context;
  const core = coreOf(context);
  const { apps, demo, life, network, register } = core;
  const connecting = connectingOf(core, everywhere);
  const repair = connecting.repair.bind(connecting);
  const test = connecting.testConnection.bind(connecting);
  const connect = () => connecting.connect('chat');
  const edits = new OnDemand(async () => new (await import('./host/edits/edits.ts')).Edits());
  const chat = chatOf(context, { ...core, connect, repair, edits, recipes: allRecipes });
  life.onDidErase((app) => chat.tell((loaded) => loaded.forget(app)));
  const close = (app: string | undefined): void => life.erase(app);
  const erasures = new Erasures({ ...core, workspace: workspaceState, everywhere, close });

  ending = () => {
    const kept = Promise.all([life.end(), chat.end()]);
    return Promise.race([kept.then(() => core.clients.settled()), after(4_000)]);
  };
  context.subscriptions.push(
    { dispose: () => edits.ifWanted((loaded) => loaded.dispose()) },
    ...registerDemo(register, demo),
    ...registerConnect(register, connecting),
    offerLightbulb(apps),
    ...registerActions(register, {
      ...core,
      everywhere,
      edits,
      connect: () => connecting.connect('selection'),
      repair,
      continueInChat: continueIn(chat, { connect, apps }),
    }),
    ...registerManage(register, {
      ...core,
      connect: () => connecting.connect(),
      repair,
      erasures,
      recipes: allRecipes,
      fitsActions,
      bindActions: bindLater(apps),
      pinVersion: pinLater({ ...core, connect: () => connecting.connect() }),
      userSetting,
      test,
      forgetTyped: () => connecting.forgetTyped(),
    }),
    ...registerChat(register, { ...core, connect, chat }),
    ...registerRuns(register, { ...core, workspace: workspaceState, chat }),
    ...registerStatus(register, { ...core, repair, test, chat }),
    ...registerDiagnostics(register, { ...core, extension, transports: network }),
    workspace.onDidGrantWorkspaceTrust(() => chat.tell((loaded) => loaded.catchUp())),
  );
}

/** Lets the person talk about an answer that was given outside the chat. */
function continueIn(
  chat: ReturnType<typeof chatOf>,
  ports: { readonly connect: () => Promise<App | undefined>; readonly apps: Apps },
): (answered: Answered) => Promise<void> {
  return async (answered) => {
    const { continueInChat } = await import('./host/chat/continueInChat.ts');
    await continueInChat(answered, { ...(await chat.get()), ...ports });
  };
}

function connectingOf(core: Core, everywhere: Memento): Connecting {
  const { apps, network: transports } = core;
  const networkRepair = (remedy: NetworkRemedy): Promise<boolean> => repairNetwork(remedy, transports);
  const actions = { fits: fitsActions, bind: bindLater(apps) };
  return new Connecting({ ...core, everywhere, transports, actions, networkRepair });
}

/** The chat of this window: loaded when it is first wanted. */
function chatOf(
  { extensionUri }: ExtensionContext,
  ports: Core & Pick<LoadPorts, 'connect' | 'repair' | 'edits' | 'recipes'>,
) {
  return new LateChat(async () => {
    const [{ loadChat }, files] = await Promise.all([import('./host/chat/loadChat.ts'), ports.files.get()]);
    return loadChat({ ...ports, files, extensionUri });
  });
}

/** Lets the person say which recipes an app serves. */
function bindLater(apps: Apps): (app: App) => Promise<void> {
  return async (app) => (await import('./host/actions/apps/bindActions.ts')).bindActions(app, apps);
}

/** Lets the person say which version of an app is run. */
function pinLater(ports: PinPorts): (app?: App) => Promise<void> {
  return async (app) => (await import('./host/manage/pinVersion.ts')).pinVersion(ports, app);
}

/** VS Code waits for this: what is shown is written, and Dify is told to stop what nobody will read. */
export async function deactivate(): Promise<void> {
  await ending?.();
}

function after(ms: number): Promise<void> {
  return new Promise((resolve) => setTimeout(resolve, ms));
}
