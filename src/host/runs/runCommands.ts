import { env, window, type TreeView } from 'vscode';
import { wholeOf } from '../../conversation/preview.ts';
import { t } from '../words.ts';
import type { RunsPorts } from './registerRuns.ts';
import type { RunActs } from './runActs.ts';
import type { RunEntry } from './runEntry.ts';
import type { RunState } from './runRow.ts';
import { ServerRuns } from './serverRuns.ts';
import type { RunNode, RunTree } from './runTree.ts';

interface CommandPorts extends Pick<RunsPorts, 'apps' | 'clients' | 'log' | 'workspace'> {
  readonly tree: RunTree;
  readonly view: TreeView<RunNode>;
  readonly acts: RunActs;
  readonly refresh: () => void;
}

/** Where this workspace remembers when finished runs were cleared. */
const clearedKey = 'runs.clearedAt';

/** The commands of the view. Those of one run take its line; from the palette they take what is chosen in the view. */
export function runCommands(ports: CommandPorts) {
  const { acts, tree, view, workspace, log, refresh } = ports;
  const server = new ServerRuns(ports);
  const chosen = (node: unknown): RunNode | undefined => (isNode(node) ? node : view.selection[0]);
  const withRun = (work: (entry: RunEntry) => unknown) => async (node: unknown) => {
    const line = chosen(node);
    if (line === undefined || line.type === 'earlier') return;
    await work(line.entry);
  };
  const copyOfStep = (what: 'inputs' | 'outputs') => async (node: unknown) => {
    const line = chosen(node);
    const value = line?.type === 'step' ? line.node[what] : undefined;
    if (value !== undefined) await env.clipboard.writeText(wholeOf(value));
  };
  tree.clear(workspace.get(clearedKey, 0));
  return {
    reveal: withRun((entry) => acts.open(entry)),
    // What a run waits for stands in its answer.
    answer: withRun((entry) => acts.open(entry)),
    stop: withRun((entry) => acts.stop(entry)),
    again: withRun((entry) => acts.again(entry)),
    fetchRest: withRun((entry) => acts.fetchRest(entry)),
    copyAnswer: withRun((entry) => acts.copyAnswer(entry)),
    copyRunId: withRun(({ run }) => acts.copyId(run.runId)),
    copyMessageId: withRun(({ run }) => acts.copyId(run.messageId)),
    copyConversationId: withRun(({ conversationId }) => acts.copyId(conversationId)),
    copyInput: copyOfStep('inputs'),
    copyOutput: copyOfStep('outputs'),
    filter: async () => {
      const picked = await pickState();
      if (picked === undefined) return;
      tree.filter(picked.state);
      view.description = picked.state === undefined ? '' : picked.label;
      refresh();
    },
    clearFinished: async () => {
      const now = Date.now();
      await workspace.update(clearedKey, now);
      tree.clear(now);
      refresh();
    },
    refresh,
    history: () => server.history(),
    openById: () => server.openById(),
    showLog: () => log.show(),
  };
}

/** Lets the person choose which runs are shown. */
async function pickState(): Promise<{ readonly label: string; readonly state: RunState | undefined } | undefined> {
  const rows: readonly { readonly label: string; readonly state: RunState | undefined }[] = [
    { label: t('All Runs'), state: undefined },
    { label: t('Running'), state: 'running' },
    { label: t('Needs You'), state: 'needsYou' },
    { label: t('Done'), state: 'done' },
    { label: t('Stopped'), state: 'stopped' },
    { label: t('Incomplete'), state: 'incomplete' },
    { label: t('Failed'), state: 'failed' },
  ];
  return await window.showQuickPick([...rows], { title: t('Filter Runs'), placeHolder: t('Which runs?') });
}

/** What VS Code gives a command of the view is its line; another extension may give anything. */
function isNode(node: unknown): node is RunNode {
  return typeof node === 'object' && node !== null && 'type' in node && ('entry' in node || 'entries' in node);
}
