import { env, ThemeIcon, Uri, type QuickPickItem } from 'vscode';
import { canChat, hostOf, isDemo, isUnencrypted, type App } from './app.ts';
import type { AppDetails } from './appDetails.ts';
import type { AppHealth, Health } from './health.ts';
import { t } from './words.ts';

/** What a list tells of apps. */
export interface RowPorts {
  readonly details: Pick<AppDetails, 'icon'>;
  readonly health: Pick<Health, 'of'>;
}

/** An app in a list. */
export interface AppRow extends QuickPickItem {
  readonly app: App;
}

/** @param uses what the app is used for, in words */
export function appRow(app: App, { details, health }: RowPorts, uses: readonly string[] = []): AppRow {
  const icon = details.icon(app);
  const facts = [...uses, healthWords(health.of(app)), isUnencrypted(app.baseUrl) ? t('not encrypted') : ''];
  return {
    app,
    label: icon === undefined && app.emoji !== '' ? `${app.emoji} ${app.name}` : app.name,
    description: [modeWords(app), isDemo(app) ? t('demo') : hostOf(app)].join(' · '),
    detail: facts.filter((fact) => fact !== '').join(' · '),
    ...(icon === undefined ? fallbackIcon(app) : { iconPath: Uri.parse(icon, true) }),
  };
}

/** Dify's own word for the kind of app. */
export function modeWords({ mode }: Pick<App, 'mode'>): string {
  switch (mode) {
    case 'completion':
      return t('Text generator');
    case 'chat':
      return t('Chatbot');
    case 'agent':
    case 'agent-chat':
      return t('Agent');
    case 'advanced-chat':
      return t('Chatflow');
    case 'workflow':
      return t('Workflow');
    default:
      return mode;
  }
}

/** What is wrong with the app, as a label; '' if nothing is, as far as anybody knows. */
export function healthWords({ state, reason, at }: AppHealth): string {
  switch (state) {
    case 'unknown':
    case 'ok':
      return '';
    case 'keyMissing':
      return t('Key missing');
    case 'keyRefused':
      return t('Key not accepted');
    case 'notReached':
      return t('Not reached, {time}', { time: timeOf(at) });
    case 'failed':
      return reason;
  }
}

function timeOf(at: number): string {
  return new Date(at).toLocaleTimeString(env.language, { hour: '2-digit', minute: '2-digit' });
}

/** The emoji is in the label; without one the row says by its icon what can be done with the app. */
function fallbackIcon(app: App): Pick<QuickPickItem, 'iconPath'> {
  if (app.emoji !== '') return {};
  return { iconPath: new ThemeIcon(canChat(app) ? 'comment-discussion' : 'wand') };
}
