import { env, ThemeColor, ThemeIcon, TreeItem, TreeItemCollapsibleState } from 'vscode';
import { canBeFetched } from '../../conversation/result.ts';
import { isEnded } from '../../conversation/run.ts';
import type { NodeRun } from '../../conversation/steps.ts';
import { t } from '../words.ts';
import type { RunEntry } from './runEntry.ts';
import type { RunList } from './runList.ts';
import { nodeRow, rowOf, stateOf, thoughtRow, type Row, type RunState } from './runRow.ts';

/** A line of the view. */
export type RunNode =
  | { readonly type: 'run'; readonly entry: RunEntry }
  | { readonly type: 'step'; readonly entry: RunEntry; readonly node: NodeRun }
  | { readonly type: 'thought'; readonly entry: RunEntry; readonly index: number }
  | { readonly type: 'earlier'; readonly entries: readonly RunEntry[] };

/** So many runs stand in the view; the others are one line, which opens. */
const most = 30;

/** The runs of this workspace as a tree: one line for each, its steps below it. */
export class RunTree {
  readonly #list: RunList;
  readonly #nameOf: (appId: string) => string | undefined;
  #only: RunState | undefined;
  #clearedAt = 0;

  /** @param nameOf what an app is called; `undefined` for one that is not connected any more */
  constructor(list: RunList, nameOf: (appId: string) => string | undefined) {
    this.#list = list;
    this.#nameOf = nameOf;
  }

  /** Shows those in one state only; `undefined`: all. */
  filter(only: RunState | undefined): void {
    this.#only = only;
  }

  /** Hides those that were asked before and have ended. @param at milliseconds since 1970 */
  clear(at: number): void {
    this.#clearedAt = at;
  }

  async getChildren(parent?: RunNode): Promise<RunNode[]> {
    if (parent === undefined) return this.#roots(await this.#list.runs());
    switch (parent.type) {
      case 'run':
        return stepsOf(parent.entry, undefined);
      case 'step':
        return stepsOf(parent.entry, parent.node);
      case 'thought':
        return [];
      case 'earlier':
        return parent.entries.map((entry) => ({ type: 'run', entry }));
    }
  }

  getTreeItem(node: RunNode): TreeItem {
    switch (node.type) {
      case 'run':
        return this.#runItem(node.entry);
      case 'step': {
        const { entry, node: step } = node;
        const hasMore = entry.run.nodes.some(({ container }) => container === step.id);
        return itemOf(nodeRow(step, env.language), `${entry.id} ${step.id}`, 'step', hasMore);
      }
      case 'thought': {
        const thought = node.entry.run.thoughts[node.index];
        const row: Row =
          thought === undefined
            ? { label: '', description: '', icon: { id: 'check' } }
            : thoughtRow(thought, node.entry.run);
        return itemOf(row, `${node.entry.id} thought ${node.index}`, 'thought', false);
      }
      case 'earlier': {
        const row = { label: t('Earlier'), description: String(node.entries.length), icon: { id: 'history' } };
        return itemOf(row, 'earlier', 'earlier', true);
      }
    }
  }

  #roots(all: readonly RunEntry[]): RunNode[] {
    const shown = all.filter((entry) => this.#isShown(entry));
    const runs = shown.slice(0, most).map((entry): RunNode => ({ type: 'run', entry }));
    const entries = shown.slice(most);
    return entries.length === 0 ? runs : [...runs, { type: 'earlier', entries }];
  }

  #isShown({ run, askedAt }: RunEntry): boolean {
    const state = stateOf(run);
    if (this.#only !== undefined && state !== this.#only) return false;
    return askedAt > this.#clearedAt || state === 'running' || state === 'needsYou';
  }

  #runItem(entry: RunEntry): TreeItem {
    const { id, appId, run, place } = entry;
    const app = this.#nameOf(appId) ?? t('An app that is not connected any more');
    const row = rowOf(entry, app, { now: Date.now(), language: env.language });
    // What the menu asks for: the state, whether its rest may be had, where it is shown, and whether Dify knows it by an id.
    const rest = canBeFetched(entry) ? '.rest' : '';
    const ids = [run.messageId === undefined ? '' : '.message', run.runId === undefined ? '' : '.workflow'];
    const context = `run.${stateOf(run)}${rest}.${place.type}${ids.join('')}`;
    const item = itemOf(row, id, context, run.nodes.length > 0 || run.thoughts.length > 0);
    item.command = { command: 'difyCompanion.runs.reveal', title: t('Open'), arguments: [{ type: 'run', entry }] };
    item.tooltip = [row.label, app, row.description, run.runId ?? run.messageId ?? '']
      .filter((line) => line !== '')
      .join('\n');
    if (!isEnded(run)) item.tooltip += `\n${t('The run goes on while this view is closed.')}`;
    return item;
  }
}

/** The nodes in their order: those of the run itself, or those of an iteration or a loop. */
function stepsOf(entry: RunEntry, container: NodeRun | undefined): RunNode[] {
  const { nodes, thoughts } = entry.run;
  const known = new Set(nodes.map(({ id }) => id));
  const isHere = ({ container: of }: NodeRun): boolean =>
    container === undefined ? of === undefined || !known.has(of) : of === container.id;
  const steps = nodes.filter(isHere).map((node): RunNode => ({ type: 'step', entry, node }));
  if (container !== undefined) return steps;
  return [...steps, ...thoughts.map((_, index): RunNode => ({ type: 'thought', entry, index }))];
}

function itemOf({ label, description, icon }: Row, id: string, context: string, hasMore: boolean): TreeItem {
  const item = new TreeItem(label, hasMore ? TreeItemCollapsibleState.Collapsed : TreeItemCollapsibleState.None);
  item.id = id;
  item.description = description;
  item.contextValue = context;
  item.iconPath = new ThemeIcon(icon.id, icon.color === undefined ? undefined : new ThemeColor(icon.color));
  item.accessibilityInformation = { label: [label, description].filter((words) => words !== '').join(', ') };
  return item;
}
