import { commands, env, Uri } from 'vscode';
import { allowedAddress } from '../../conversation/links.ts';
import type { App } from '../app.ts';
import type { Acts } from './part.ts';
import type { Talk } from './talk.ts';

/** How VS Code names the walkthrough: by the extension and the id in package.json. */
const walkthrough = 'dify-companion.dify-companion#difyCompanion.start';

/** What the page's wishes need that the chat itself does not do. */
export interface ViewActsPorts {
  readonly connect: () => unknown;
  readonly showLog: () => void;
  /** Lets the person change the address of the app. */
  readonly changeAddress: (app: App) => unknown;
  /** Asks the server something that costs nothing: whether it answers shows in the app's health. */
  readonly reach: (app: App) => unknown;
}

type ViewActs = Pick<
  Acts,
  | 'copy'
  | 'openLink'
  | 'connect'
  | 'startDemo'
  | 'leaveDemo'
  | 'howItWorks'
  | 'switchApp'
  | 'manageApps'
  | 'pinVersion'
  | 'changeAddress'
  | 'retryConnection'
  | 'showLog'
>;

/** What a page asks for that neither the chat nor its parts do. */
export function viewActs(talk: Pick<Talk, 'app'>, { connect, showLog, changeAddress, reach }: ViewActsPorts): ViewActs {
  const withApp = async (work: (app: App) => unknown): Promise<void> => {
    if (talk.app !== undefined) await work(talk.app);
  };
  return {
    copy: ({ text }) => env.clipboard.writeText(text),
    openLink: ({ href }) => openLink(href),
    connect,
    startDemo: run('difyCompanion.demo.start'),
    leaveDemo: run('difyCompanion.demo.leave'),
    howItWorks: () => commands.executeCommand('workbench.action.openWalkthrough', walkthrough, false),
    switchApp: run('difyCompanion.chat.switchApp'),
    manageApps: run('difyCompanion.apps.manage'),
    pinVersion: () => withApp(({ id }) => commands.executeCommand('difyCompanion.apps.pinVersion', id)),
    changeAddress: () => withApp(changeAddress),
    retryConnection: () => withApp(reach),
    showLog,
  };
}

function run(command: string): () => Thenable<unknown> {
  return () => commands.executeCommand(command);
}

async function openLink(href: string): Promise<void> {
  const link = allowedAddress(href);
  // VS Code asks before it opens an address that is not trusted.
  if (link !== undefined) await env.openExternal(Uri.parse(link, true));
}
