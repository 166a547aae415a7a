import type { VNode } from 'preact';
import type { LogEntry } from '../../../conversation/steps.ts';
import type { Actions } from '../../actions.ts';
import { t } from '../../locale.ts';
import { Opening } from './opening.tsx';
import { done, failed, running, stopped, type StepState } from './stepState.tsx';
import { Values } from './values.tsx';

interface Properties {
  readonly log: readonly LogEntry[];
  /** Of the node. */
  readonly title: string;
  /** Whether the node works: a line that has not ended ends no more after it. */
  readonly isRunning: boolean;
  readonly actions: Actions;
}

/** What an Agent node did: rounds, and in them thoughts and calls of tools, by the names that its strategy gives them. */
export function Log({ log, title, isRunning, actions }: Properties): VNode {
  const known = new Set(log.map(({ id }) => id));
  const isTop = ({ id, parent }: LogEntry): boolean => parent === undefined || parent === id || !known.has(parent);
  const inside = Map.groupBy(log, (entry) => (isTop(entry) ? undefined : entry.parent));
  const linesOf = (parent: string | undefined): VNode[] =>
    (inside.get(parent) ?? []).map((entry) => {
      const parts = inside.has(entry.id) ? (): VNode => <ul>{linesOf(entry.id)}</ul> : undefined;
      return <Line key={entry.id} entry={entry} parts={parts} isRunning={isRunning} actions={actions} />;
    });
  return <ul aria-label={t('nodeLog', { title })}>{linesOf(undefined)}</ul>;
}

interface LineProperties {
  readonly entry: LogEntry;
  readonly parts: (() => VNode) | undefined;
  readonly isRunning: boolean;
  readonly actions: Actions;
}

function Line({ entry, parts, isRunning, actions }: LineProperties): VNode {
  const { label, status, error, data } = entry;
  const values = [{ label: t('stepResult'), preview: data, at: undefined }];
  return (
    <Opening
      state={stateOf(status, isRunning)}
      title={label}
      seconds={undefined}
      error={error}
      startsOpen={parts !== undefined}
      body={parts ?? (data === undefined ? undefined : () => <Values values={values} actions={actions} />)}
    />
  );
}

function stateOf(status: string, isRunning: boolean): StepState {
  if (status === 'success') return done;
  if (status === 'error') return failed;
  return isRunning ? running : stopped;
}
