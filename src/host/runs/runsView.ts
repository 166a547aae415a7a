import type { Disposable, TreeView } from 'vscode';
import { RunActs } from './runActs.ts';
import { runCommands } from './runCommands.ts';
import { RunList } from './runList.ts';
import { RunTree, type RunNode } from './runTree.ts';
import type { RunsPorts } from './registerRuns.ts';

/** How often what runs is drawn anew, in milliseconds: its seconds and its step. */
const pace = 1_000;

/** The view of all runs of this workspace, as long as it is looked at. */
export class RunsView implements Disposable {
  readonly tree: RunTree;
  readonly commands: ReturnType<typeof runCommands>;
  readonly #view: Pick<TreeView<RunNode>, 'visible'>;
  readonly #list: RunList;
  readonly #redraw: () => void;
  readonly #listening: readonly Disposable[];
  #ticking: ReturnType<typeof setInterval> | undefined;

  /** @param redraw lets VS Code ask for all lines again */
  constructor(ports: RunsPorts, view: TreeView<RunNode>, redraw: () => void) {
    const { apps, chat, files, results, running } = ports;
    this.#view = view;
    this.#redraw = redraw;
    this.#list = new RunList({
      apps: () => apps.list(),
      conversations: async (appId) => (await files.get()).list(appId),
      results: () => results.list(),
      openChats: () => chat.openChats(),
      openResults: () => running.results(),
    });
    this.tree = new RunTree(this.#list, (appId) => apps.find(appId)?.name);
    this.commands = runCommands({
      ...ports,
      tree: this.tree,
      view,
      acts: new RunActs(() => chat.runs()),
      refresh: () => this.refresh(),
    });
    this.#listening = [
      chat.onDidChangeActivity(() => this.refresh()),
      running.onDidChange(() => this.refresh()),
      apps.onDidChange(() => this.refresh()),
      view.onDidChangeVisibility(() => this.refresh()),
    ];
    this.#tick();
  }

  /** Reads again what is kept, and shows it. */
  refresh(): void {
    this.#list.forget();
    this.#redraw();
    this.#tick();
  }

  dispose(): void {
    clearInterval(this.#ticking);
    for (const one of this.#listening) one.dispose();
  }

  /** While something runs its seconds go on, if anybody sees them. */
  #tick(): void {
    clearInterval(this.#ticking);
    this.#ticking = undefined;
    if (!this.#view.visible || !this.#list.isRunning()) return;
    this.#ticking = setInterval(() => {
      this.#redraw();
      if (!this.#view.visible || !this.#list.isRunning()) this.#tick();
    }, pace);
  }
}
