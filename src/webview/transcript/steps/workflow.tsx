import type { ComponentChildren, VNode } from 'preact';
import { formatSeconds } from '../../../conversation/format.ts';
import { isEnded, type Run } from '../../../conversation/run.ts';
import type { Actions } from '../../actions.ts';
import { language, t } from '../../locale.ts';
import { useSeconds } from '../useSeconds.ts';
import { Fold } from './fold.tsx';
import { nameOf } from './node.tsx';
import { currentStep, treeOf } from '../../../conversation/nodeTree.ts';
import { cut, done, failed, paused, running, StateIcon, stopped, withName, type StepState } from './stepState.tsx';
import { Tree } from './tree.tsx';

interface Properties {
  readonly run: Run;
  /** Of the message. */
  readonly of: string;
  /** When the run was asked for, in milliseconds since 1970. */
  readonly since: number;
  /** Whether the app's owner wants the steps to be seen. */
  readonly showsSteps: boolean;
  readonly actions: Actions;
}

/** The steps of a workflow: one line, with a tree under it. Open while it runs, and where it failed, unless the reader chose. */
export function Workflow({ run, of, since, showsSteps, actions }: Properties): VNode | null {
  if (run.nodes.length === 0) return null;
  const tree = treeOf(run.nodes);
  const isRunning = !isEnded(run);
  const line = (
    <>
      <StateIcon state={stateOfRun(run)} />
      <span class="cut">{sentence(run, currentStep(tree.top), tree.top.length, showsSteps)}</span>
      {isRunning ? <Elapsed since={since} /> : <Took seconds={run.usage?.latency ?? 0} />}
    </>
  );
  if (!showsSteps) return <p class="step-line">{line}</p>;
  const { type } = run.status;
  return (
    <Fold
      startsOpen={isRunning || type === 'paused' || type === 'failed'}
      summary={line}
      body={() => <Tree tree={tree} of={of} actions={actions} />}
    />
  );
}

function sentence(
  { status }: Run,
  { n, title }: ReturnType<typeof currentStep>,
  steps: number,
  showsSteps: boolean,
): ComponentChildren {
  const isUnderWay = status.type === 'waiting' || status.type === 'answering' || status.type === 'paused';
  if (!isUnderWay) return t('ranSteps', { n: steps });
  return showsSteps ? withName((mark) => t('stepAt', { n, title: mark }), nameOf({ title })) : t('step', { n });
}

function stateOfRun({ status }: Run): StepState {
  switch (status.type) {
    case 'waiting':
    case 'answering':
      return running;
    case 'done':
      return done;
    case 'failed':
      return failed;
    case 'paused':
      return paused;
    case 'stopped':
      return stopped;
    case 'incomplete':
      return cut;
  }
}

function Elapsed({ since }: { readonly since: number }): VNode {
  return <Took seconds={useSeconds(since)} />;
}

function Took({ seconds }: { readonly seconds: number }): VNode {
  return <span class="end-slot num">{seconds < 0.05 ? '' : formatSeconds(seconds, language)}</span>;
}
