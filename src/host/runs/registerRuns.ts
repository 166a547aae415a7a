import { EventEmitter, window, type Disposable, type Event, type Memento } from 'vscode';
import type { Apps } from '../apps.ts';
import type { ChatRuns, OpenChat } from '../chatRuns.ts';
import type { Clients } from '../clients.ts';
import type { Register } from '../commands.ts';
import type { ConversationFiles } from '../conversationFiles.ts';
import type { Log } from '../log.ts';
import { OnDemand } from '../onDemand.ts';
import type { ResultFiles } from '../resultFiles.ts';
import type { Running } from '../running.ts';
import type { RunsView } from './runsView.ts';
import type { RunNode } from './runTree.ts';

/** What the chat is asked for. */
interface ChatPort {
  readonly onDidChangeActivity: Event<unknown>;
  /** Conversations that are open, if the chat was ever wanted. */
  openChats(): readonly OpenChat[];
  runs(): Promise<ChatRuns>;
}

export interface RunsPorts {
  readonly apps: Apps;
  readonly clients: Clients;
  readonly files: OnDemand<ConversationFiles>;
  readonly results: ResultFiles;
  readonly running: Running;
  readonly chat: ChatPort;
  readonly log: Log;
  /** What this workspace remembers. */
  readonly workspace: Memento;
}

/** What is done with one run; the line of the view is the argument. VS Code itself has a command `difyCompanion.runs.open`. */
const ofOne = [
  'reveal',
  'answer',
  'stop',
  'again',
  'fetchRest',
  'copyAnswer',
  'copyRunId',
  'copyMessageId',
  'copyConversationId',
  'copyInput',
  'copyOutput',
] as const;

const ofAll = ['filter', 'clearFinished', 'refresh', 'history', 'openById', 'showLog'] as const;

/** Registers the view of all runs, and its commands. All of it is loaded when somebody looks at the view or runs a command. */
export function registerRuns(register: Register, ports: RunsPorts): readonly Disposable[] {
  const changed = new EventEmitter<RunNode | undefined>();
  const runs: OnDemand<RunsView> = new OnDemand(async () => {
    const loaded = await import('./runsView.ts');
    return new loaded.RunsView(ports, view, () => changed.fire(undefined));
  });
  const view = window.createTreeView<RunNode>('difyCompanion.runs', {
    showCollapseAll: true,
    treeDataProvider: {
      onDidChangeTreeData: changed.event,
      getChildren: async (parent) => (await runs.get()).tree.getChildren(parent),
      getTreeItem: async (node) => (await runs.get()).tree.getTreeItem(node),
    },
  });
  return [
    view,
    changed,
    { dispose: () => runs.ifWanted((loaded) => loaded.dispose()) },
    ...ofOne.map((name) =>
      register(`difyCompanion.runs.${name}`, async (node) => (await runs.get()).commands[name](node)),
    ),
    ...ofAll.map((name) => register(`difyCompanion.runs.${name}`, async () => (await runs.get()).commands[name]())),
  ];
}
