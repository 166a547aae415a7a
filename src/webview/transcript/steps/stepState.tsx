import type { ComponentChildren, VNode } from 'preact';
import type { NodeRun } from '../../../conversation/steps.ts';
import { t } from '../../locale.ts';

/** How a step stands, as an icon and a word for it. */
export interface StepState {
  readonly icon: string;
  readonly classes: string;
  readonly word: string;
}

export const running: StepState = { icon: 'loading', classes: 'spin', word: t('running') };
export const done: StepState = { icon: 'check', classes: 'ok', word: t('stepDone') };
export const failed: StepState = { icon: 'error', classes: 'error', word: t('failed') };
export const paused: StepState = { icon: 'debug-pause', classes: 'warn', word: t('stepPaused') };
export const stopped: StepState = { icon: 'circle-slash', classes: 'muted', word: t('stepStopped') };
export const cut: StepState = { icon: 'debug-disconnect', classes: 'warn', word: t('stepCut') };
const retried: StepState = { icon: 'warning', classes: 'warn', word: t('stepDoneAfterRetries') };
const handled: StepState = { icon: 'warning', classes: 'warn', word: t('stepHandled') };
const branched: StepState = { icon: 'git-branch', classes: '', word: t('stepBranched') };

const chooses = new Set(['if-else', 'question-classifier']);

/** A newer server's word for it is shown as it is. */
export function stateOf({ status, retries, nodeType }: NodeRun): StepState {
  switch (status) {
    case 'running':
    case 'retry':
      return running;
    case 'succeeded':
      if (retries > 0) return retried;
      return chooses.has(nodeType) ? branched : done;
    case 'failed':
      return failed;
    case 'exception':
      return handled;
    case 'paused':
      return paused;
    case 'stopped':
      return stopped;
    default:
      return { icon: 'circle-outline', classes: 'muted', word: status };
  }
}

/** Of several steps the one that says most of all of them. */
export function stateOfAll(nodes: readonly NodeRun[]): StepState {
  const states = new Set(nodes.map(stateOf));
  return [failed, running, paused, stopped, handled, retried].find((state) => states.has(state)) ?? done;
}

export function StateIcon({ state: { icon, classes, word } }: { readonly state: StepState }): VNode {
  return <i class={`codicon codicon-${icon} s ${classes}`.trimEnd()} role="img" aria-label={word} />;
}

/** A sentence that has a name in it, which is bold. @param sentence with the mark where the name goes */
export function withName(sentence: (mark: string) => string, name: string): ComponentChildren {
  const [before = '', after = ''] = sentence('\0').split('\0');
  return (
    <>
      {before}
      <b>{name}</b>
      {after}
    </>
  );
}
