import { env, FileSystemError, Uri, UIKind, window, workspace, type ExtensionContext } from 'vscode';
import type { KeyPlace } from './dify/errors.ts';
import type { App } from './host/app.ts';
import { AppDetails } from './host/appDetails.ts';
import { Apps } from './host/apps.ts';
import { Clients } from './host/clients.ts';
import { boundary } from './host/commands.ts';
import { CommonState } from './host/commonState.ts';
import type { Keeping } from './host/conversationFiles.ts';
import { Demo } from './host/demo/demo.ts';
import { InProcessServer, withDemo } from './host/demo/demoServer.ts';
import { GlobalFile } from './host/globalFile.ts';
import { Health } from './host/health.ts';
import { Keys } from './host/keys.ts';
import { Life } from './host/life.ts';
import { Log } from './host/log.ts';
import { loggedFetch } from './host/network/loggedFetch.ts';
import { Network } from './host/network/network.ts';
import { OnDemand } from './host/onDemand.ts';
import { placeOf } from './host/place.ts';
import { offerReadOnlyTexts } from './host/readOnlyText.ts';
import { remoteHint } from './host/remote.ts';
import { ResultFiles } from './host/resultFiles.ts';
import { Running } from './host/running.ts';
import { machineSetting } from './host/settings.ts';
import { t } from './host/words.ts';

export type Core = ReturnType<typeof coreOf>;

/** Constructs what every feature uses: no network, and nothing read from disk. */
export function coreOf(context: ExtensionContext) {
  const { globalState, workspaceState, secrets, extension, globalStorageUri, subscriptions } = context;
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
  const life = new Life();
  const running = new Running();
  const clients = new Clients({ apps, keys, fetch, health });
  const details = new AppDetails({ apps, clients, log });
  subscriptions.push(log, network, changes, shared, apps, keys, health, life, running, details, offerReadOnlyTexts());
  return {
    ...boundary(log),
    log,
    network,
    shared,
    apps,
    demo,
    fetch,
    networkFetch,
    keys,
    health,
    life,
    running,
    clients,
    details,
    ...filesOf(context, log),
  };
}

/** Local copies: those of this workspace, and those of windows without one. */
function filesOf({ storageUri, globalStorageUri }: ExtensionContext, log: Log) {
  const loose = localFilesIn(Uri.joinPath(globalStorageUri, 'none'), log);
  const own = storageUri === undefined ? undefined : localFilesIn(storageUri, log);
  return { ...(own ?? loose), ownFiles: own, looseFiles: loose };
}

function localFilesIn(folder: Uri, log: Log) {
  const files = new OnDemand(async () => {
    const { filesIn } = await import('./host/conversationFiles.ts');
    return filesIn(folder, { log, t, tell, keeping: keepingSetting });
  });
  // Of files of answers that are opened.
  const copies = Uri.joinPath(folder, 'opened');
  const results = new ResultFiles(folder, log, () =>
    workspace.getConfiguration('difyCompanion').get('results.keep', true),
  );
  const remove = async (app: string | undefined): Promise<void> => {
    await (await files.get()).remove(app);
    await results.remove(app);
    if (app === undefined) await removeFolder(copies);
  };
  return { files, results, copies, remove };
}

async function removeFolder(folder: Uri): Promise<void> {
  try {
    await workspace.fs.delete(folder, { recursive: true });
  } catch (error) {
    if (!(error instanceof FileSystemError && error.code === 'FileNotFound')) throw error;
  }
}

function tell(words: string): void {
  void window.showWarningMessage(words);
}

/** What is to be kept of conversations. */
function keepingSetting(): Keeping {
  const settings = workspace.getConfiguration('difyCompanion');
  return {
    keep: settings.get<unknown>('conversations.keep') !== false,
    days: positive(settings.get<unknown>('conversations.keepDays')) ?? 90,
    atMost: positive(settings.get<unknown>('conversations.keepAtMost')) ?? 200,
  };
}

/** Whatever was written there. */
function positive(value: unknown): number | undefined {
  return typeof value === 'number' && value >= 1 ? value : undefined;
}

/** The value of the setting `difyCompanion.user`. */
export function userSetting(): unknown {
  return machineSetting('difyCompanion', 'user');
}

/** Of a remote window it is the local VS Code that keeps the keys. */
function keyPlace(): KeyPlace {
  if (env.uiKind === UIKind.Web) return 'browser';
  return env.remoteName === undefined && process.platform === 'linux' ? 'keyring' : 'system';
}
