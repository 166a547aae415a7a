import type { VNode } from 'preact';
import type { NodeRun } from '../../../conversation/steps.ts';
import type { Actions } from '../../actions.ts';
import { t } from '../../locale.ts';
import { memo } from '../../memo.ts';
import { Log } from './log.tsx';
import { Opening } from './opening.tsx';
import { stateOf } from './stepState.tsx';
import { Values } from './values.tsx';

export interface NodeProperties {
  readonly node: NodeRun;
  /** Of the message. */
  readonly of: string;
  /** What is in an iteration or a loop. */
  readonly inside: (() => VNode) | undefined;
  readonly actions: Actions;
}

/** One execution of a node. What is in it is open while it works; what it got and gave once the reader opens it. */
export const Node = memo(function Node({ node, of, inside, actions }: NodeProperties): VNode {
  const { id, inputs, outputs, error, seconds, tokens, log, status } = node;
  const hasValues = inputs !== undefined || outputs !== undefined;
  const hasParts = inside !== undefined || log.length > 0;
  const values = [
    { label: t('stepInput'), preview: inputs, at: { key: of, step: id, what: 'input' } },
    { label: t('stepOutput'), preview: outputs, at: { key: of, step: id, what: 'output' } },
  ] as const;
  return (
    <Opening
      state={stateOf(node)}
      title={nameOf(node)}
      tags={tagsOf(node)}
      seconds={seconds}
      more={tokens === undefined || tokens === 0 ? '' : t('stepTokens', { n: tokens })}
      error={error}
      startsOpen={hasParts && (status === 'running' || status === 'failed')}
      body={
        hasValues || hasParts
          ? (isChosen) => (
              <>
                {inside?.()}
                {log.length > 0 && (
                  <Log log={log} title={nameOf(node)} isRunning={status === 'running'} actions={actions} />
                )}
                {hasValues && (isChosen || !hasParts) && <Values values={values} actions={actions} />}
              </>
            )
          : undefined
      }
    />
  );
});

/** Its title, which its owner may have left empty. */
export function nameOf({ title, nodeType = '' }: { readonly title: string; readonly nodeType?: string }): string {
  return title.trim() || nodeType || '…';
}

function tagsOf({ branch, retries, rounds, length, status }: NodeRun): readonly string[] {
  return [
    branch === undefined || branch.trim() === '' ? '' : caseOf(branch),
    retries === 0 ? '' : t('retried', { n: retries }),
    rounds === 0
      ? ''
      : status === 'running' && length !== undefined
        ? t('roundOf', { n: rounds, of: length })
        : t('rounds', { n: rounds }),
  ].filter((tag) => tag !== '');
}

const longestTag = 40;

/** The case of a condition as Dify's editor calls it: its id says nothing to anybody, unless somebody gave it one. */
function caseOf(branch: string): string {
  if (branch === 'true') return 'IF';
  if (branch === 'false') return 'ELSE';
  if (/^[\da-f]{8}(?:-[\da-f]{4}){3}-[\da-f]{12}$/i.test(branch)) return 'ELIF';
  return branch.length > longestTag ? `${branch.slice(0, longestTag)}…` : branch;
}
