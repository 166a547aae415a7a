import { formatSeconds, formatTime } from '../../conversation/format.ts';
import { isEnded, type Run, type RunStatus } from '../../conversation/run.ts';
import type { NodeRun, Thought } from '../../conversation/steps.ts';
import type { RunEntry } from './runEntry.ts';
import { t } from '../words.ts';

/** How a run is, in the words of the view; a part of the `viewItem` that its menu asks for. */
export type RunState = 'running' | 'needsYou' | 'incomplete' | 'done' | 'stopped' | 'failed';

/** An icon of VS Code, and the color that it has in every theme. */
export interface RowIcon {
  readonly id: string;
  readonly color?: string;
}

/** A line of the view. */
export interface Row {
  readonly label: string;
  readonly description: string;
  readonly icon: RowIcon;
}

const states: Readonly<Record<RunStatus['type'], RunState>> = {
  waiting: 'running',
  answering: 'running',
  paused: 'needsYou',
  done: 'done',
  stopped: 'stopped',
  incomplete: 'incomplete',
  failed: 'failed',
};

const icons: Readonly<Record<RunState, RowIcon>> = {
  running: { id: 'loading~spin' },
  needsYou: { id: 'bell-dot', color: 'list.warningForeground' },
  incomplete: { id: 'debug-disconnect', color: 'list.warningForeground' },
  done: { id: 'check', color: 'charts.green' },
  stopped: { id: 'circle-slash' },
  failed: { id: 'error', color: 'list.errorForeground' },
};

export function stateOf({ status }: Run): RunState {
  return states[status.type];
}

/** What a row is written with. */
export interface Writing {
  /** Milliseconds since 1970. */
  readonly now: number;
  readonly language: string;
}

/** @param app what the app is called */
export function rowOf(entry: RunEntry, app: string, writing: Writing): Row {
  const { title, run } = entry;
  // The state first: the view is narrow.
  const said = [...wordsOf(entry, writing), title === '' ? '' : app];
  return {
    label: title || app,
    description: said.filter((word) => word !== '').join(' · '),
    icon: icons[stateOf(run)],
  };
}

/** The state, and what is to be known of it. */
function wordsOf({ run, askedAt }: RunEntry, { now, language }: Writing): readonly string[] {
  const { status } = run;
  const at = whenOf(askedAt, now, language);
  switch (status.type) {
    case 'waiting':
    case 'answering':
      return [t('running'), stepOf(run), formatSeconds(Math.max(0, Math.round((now - askedAt) / 1000)), language)];
    case 'paused':
      return [t('needs you'), timeLeftOf(run, now)];
    case 'done':
      return [t('done'), ...costOf(run, language), at];
    case 'stopped':
      return [t('stopped'), at];
    case 'incomplete':
      return [t('incomplete'), at];
    case 'failed':
      return [t('failed'), status.failure.fact, at];
  }
}

/** Like "step 6"; '' before the first one, and for an app without a workflow. */
function stepOf({ nodes }: Run): string {
  return nodes.length === 0 ? '' : t('step {n}', { n: nodes.length });
}

/** Time to the deadline of the form that the run waits for, in its largest unit; '' if there is none. */
function timeLeftOf({ forms }: Run, now: number): string {
  const until = forms.find(({ state }) => state.type === 'open')?.form.expiration_time;
  if (until === undefined) return '';
  const minutes = Math.floor((until * 1000 - now) / 60_000);
  if (minutes < 0) return t('too late');
  if (minutes < 60) return t('{n} min left', { n: minutes });
  return minutes < 48 * 60
    ? t('{n} h left', { n: Math.floor(minutes / 60) })
    : t('{n} days left', { n: Math.floor(minutes / 60 / 24) });
}

function costOf({ usage }: Run, language: string): readonly string[] {
  const { latency, totalTokens } = usage ?? {};
  return [
    latency === undefined ? '' : formatSeconds(latency, language),
    totalTokens === undefined ? '' : t('{n} tokens', { n: new Intl.NumberFormat(language).format(totalTokens) }),
  ];
}

/** The time of today, the day of other days. */
function whenOf(at: number, now: number, language: string): string {
  const date = new Date(at);
  if (date.toDateString() === new Date(now).toDateString()) return formatTime(at, language);
  return date.toLocaleDateString(language, { day: 'numeric', month: 'short' });
}

/** A step: a node of a workflow. */
export function nodeRow(node: NodeRun, language: string): Row {
  const { title, nodeType, status, seconds, retries, rounds, length, error } = node;
  const words = [
    seconds === undefined || seconds === 0 ? '' : formatSeconds(seconds, language),
    retries === 0 ? '' : t('retried {n}×', { n: retries }),
    length === undefined ? '' : t('{n} of {all}', { n: rounds, all: length }),
    error ?? '',
  ];
  return {
    label: title || nodeType || node.id,
    description: words.filter((word) => word !== '').join(' · '),
    icon: nodeIcon(nodeType, status, retries),
  };
}

function nodeIcon(nodeType: string, status: string, retries: number): RowIcon {
  switch (status) {
    case 'running':
      return { id: 'loading~spin' };
    case 'failed':
      return { id: 'error', color: 'list.errorForeground' };
    case 'exception':
      return { id: 'warning', color: 'list.warningForeground' };
    case 'paused':
      return { id: 'debug-pause' };
    case 'stopped':
      return { id: 'circle-slash' };
    default:
      if (retries > 0) return { id: 'warning', color: 'list.warningForeground' };
      return nodeType === 'if-else' ? { id: 'git-branch' } : { id: 'check', color: 'charts.green' };
  }
}

/** A step of an agent: what it did in one round. */
export function thoughtRow({ calls, text }: Thought, run: Run): Row {
  const isDone = isEnded(run) || calls.every(({ result }) => result !== undefined);
  return {
    label: calls.map(({ tool }) => tool).join(', ') || t('Thought'),
    description: calls.length === 0 ? text.trim().replaceAll(/\s+/g, ' ').slice(0, 80) : '',
    icon: isDone ? { id: 'check', color: 'charts.green' } : { id: 'loading~spin' },
  };
}
