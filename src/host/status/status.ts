import { hostOf, isDemo, isUnencrypted, type App } from '../app.ts';
import { modeWords } from '../appRows.ts';
import type { AppHealth } from '../health.ts';
import { t } from '../words.ts';

interface Work {
  readonly app: App;
  readonly title: string;
}

/** What goes on in this window. */
export interface Activity {
  /** The answer that runs in the chat, the one that is shown before others. */
  readonly answering: Work | undefined;
  /** The recipes that run. */
  readonly running: readonly Work[];
  /** The runs that wait until the person has filled in a form; `until` in milliseconds since 1970, where Dify says it. */
  readonly waiting: readonly { readonly app: App; readonly until: number | undefined }[];
}

/** All that the status bar item depends on. */
export interface StatusFacts {
  /** The app in use. */
  readonly app: App;
  readonly health: AppHealth;
  readonly activity: Activity;
  /** A moment in words; milliseconds since 1970. */
  readonly moment: (at: number) => string;
}

export type StatusState =
  | 'ready'
  | 'answering'
  | 'running'
  | 'needsYou'
  | 'keyMissing'
  | 'keyRefused'
  | 'notReached'
  | 'notEncrypted'
  | 'demo';

/** What the item shows. */
export interface Status {
  readonly state: StatusState;
  readonly icon: string;
  readonly label: string;
  readonly tooltip: string;
  /** Whether it has the colour of a warning. */
  readonly warns: boolean;
}

/** What the status bar item shows. What passes soonest comes before what stays. */
export function statusOf(facts: StatusFacts): Status {
  const { answering, running, waiting } = facts.activity;
  if (answering !== undefined) {
    const tooltip = t('Answering in “{title}”. Click to open, Esc in the chat stops.', { title: answering.title });
    return status('answering', 'loading~spin', answering.app.name, tooltip);
  }
  const [work] = running;
  if (work !== undefined) {
    const words = { app: work.app.name, title: work.title, n: running.length };
    const tooltip =
      running.length === 1
        ? t('{app}: {title}. Click to stop it.', words)
        : t('{app}: {title}, and {n} recipes run in all. Click to stop them.', words);
    return status('running', 'loading~spin', work.app.name, tooltip);
  }
  return statusOfHealth(facts.app, facts) ?? statusOfWaiting(waiting, facts) ?? statusOfApp(facts.app);
}

function statusOfHealth(app: App, { health, moment }: StatusFacts): Status | undefined {
  const host = hostOf(app);
  switch (health.state) {
    case 'keyMissing': {
      const tooltip = t('The key for {host} is gone from the secret storage. Click to enter it.', { host });
      return { ...status('keyMissing', 'key', t('Key missing'), tooltip), warns: true };
    }
    case 'keyRefused': {
      const tooltip = t('{host} did not accept the key. Click to enter it.', { host });
      return { ...status('keyRefused', 'key', t('Key refused'), tooltip), warns: true };
    }
    case 'notReached': {
      const words = { host, reason: health.reason.replace(/[.。]$/, ''), time: moment(health.at) };
      const tooltip =
        words.reason === ''
          ? t('{host} cannot be reached. Last try {time}. Click to try again.', words)
          : t('{host}: {reason}. Last try {time}. Click to try again.', words);
      return status('notReached', 'debug-disconnect', t('Dify not reached'), tooltip);
    }
    case 'unknown':
    case 'ok':
    case 'failed':
      return undefined;
  }
}

function statusOfWaiting(waiting: Activity['waiting'], { moment }: StatusFacts): Status | undefined {
  const [first] = waiting;
  if (first === undefined) return undefined;
  const n = waiting.length;
  const app = first.app.name;
  const tooltip =
    first.until === undefined
      ? t('{app} waits for your answer.', { app })
      : t('{app} waits for your answer until {time}.', { app, time: moment(first.until) });
  return status('needsYou', 'bell-dot', n === 1 ? t('1 needs you') : t('{n} need you', { n }), tooltip);
}

function statusOfApp(app: App): Status {
  const host = hostOf(app);
  if (isDemo(app)) {
    return status('demo', 'beaker', t('Demo'), t('Demo server on this computer. Click to connect your app.'));
  }
  if (isUnencrypted(app.baseUrl)) {
    const tooltip = t('http://{host}: the key and your text travel unencrypted.', { host });
    return status('notEncrypted', 'unlock', app.name, tooltip);
  }
  const words = { app: app.name, mode: modeWords(app), host };
  return status('ready', 'comment-discussion', app.name, t('{app}, {mode} at {host}. Click to switch.', words));
}

function status(state: StatusState, icon: string, label: string, tooltip: string): Status {
  return { state, icon, label, tooltip, warns: false };
}

/** The longest label: the status bar belongs to others too. */
const longest = 40;

/** The item's text: an icon and the label. An app's name may hold line breaks, and what VS Code would draw as an icon. */
export function textOf({ icon, label }: Status): string {
  const line = label.replaceAll(/\s+/g, ' ').trim();
  const short = line.length <= longest ? line : `${line.slice(0, longest - 1).trimEnd()}…`;
  return `$(${icon}) ${short.replaceAll(/\$\((?=[a-z0-9])/gi, '$\u200B(')}`;
}

/** The item in words, for a screen reader. */
export function spokenOf({ label, tooltip }: Status): string {
  return `Dify, ${label}: ${tooltip}`;
}
