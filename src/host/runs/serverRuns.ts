import { env, ProgressLocation, ThemeIcon, window, type QuickPickItem } from 'vscode';
import { describe } from '../../conversation/failure.ts';
import { formatSeconds } from '../../conversation/format.ts';
import { DifyError } from '../../dify/errors.ts';
import { getLogs, getRun, type WorkflowLog } from '../../dify/runs.ts';
import type { App } from '../app.ts';
import { withAbortSignal } from '../cancellation.ts';
import { askChoice } from '../quickPick.ts';
import { openReadOnly } from '../readOnlyText.ts';
import { sentenceOf } from '../sentence.ts';
import { t, wordsFor } from '../words.ts';
import type { RunsPorts } from './registerRuns.ts';
import { runDetailText } from './runDetailText.ts';

interface LogRow extends QuickPickItem {
  readonly log: WorkflowLog | undefined;
}

const uuid = /^[\da-f]{8}(?:-[\da-f]{4}){3}-[\da-f]{12}$/i;

/** Runs of workflows as the server keeps them: also those of other windows and computers of this person. */
export class ServerRuns {
  readonly #ports: Pick<RunsPorts, 'apps' | 'clients' | 'log'>;

  constructor(ports: Pick<RunsPorts, 'apps' | 'clients' | 'log'>) {
    this.#ports = ports;
  }

  /** Lists what this person ran of a workflow app, and opens what they choose. */
  async history(): Promise<void> {
    const app = await this.#chooseApp(({ mode }) => mode === 'workflow', t('Run History'));
    if (app === undefined) return;
    // An app's key opens the log of everybody: only what this person ran is asked for.
    const user = await this.#ports.clients.user(app);
    const logs: WorkflowLog[] = [];
    for (let page = 1, hasMore = true; hasMore; page++) {
      const read = await this.#reading(app, (signal) =>
        getLogs(this.#ports.clients.of(app), { page, created_by_end_user_session_id: user }, signal),
      );
      if (read === undefined) return;
      logs.push(...read.logs);
      ({ hasMore } = read);
      const picked = await this.#pick(app, logs, hasMore);
      if (picked !== 'more') {
        if (picked !== undefined) await this.#open(app, picked.workflow_run.id);
        return;
      }
    }
  }

  /** Opens a run by its id, which Dify's own pages and logs tell. */
  async openById(): Promise<void> {
    const app = await this.#chooseApp(({ mode }) => mode === 'workflow' || mode === 'advanced-chat', t('Open a Run'));
    if (app === undefined) return;
    const id = await window.showInputBox({
      title: t('Open a Run'),
      prompt: t('The id of a run of {app}, as Dify’s logs show it.', { app: app.name }),
      placeHolder: '00000000-0000-0000-0000-000000000000',
      ignoreFocusOut: true,
      // Dify fails on what is no id.
      validateInput: (text) => (uuid.test(text.trim()) ? undefined : t('This is not the id of a run.')),
    });
    if (id !== undefined) await this.#open(app, id.trim());
  }

  async #open(app: App, id: string): Promise<void> {
    const run = await this.#reading(app, (signal) => getRun(this.#ports.clients.of(app), id, signal));
    if (run === undefined) return;
    const content = runDetailText(run, app.name, { t, language: env.language });
    await openReadOnly(`${app.name}.md`, content);
  }

  async #pick(app: App, logs: readonly WorkflowLog[], hasMore: boolean): Promise<WorkflowLog | 'more' | undefined> {
    if (logs.length === 0) {
      void window.showInformationMessage(t('You have not run {app} yet.', { app: app.name }));
      return undefined;
    }
    const rows = logs.map((log): LogRow => logRow(log, env.language));
    const more: LogRow = { label: t('More…'), iconPath: new ThemeIcon('chevron-down'), log: undefined };
    const pressed = await askChoice<LogRow>({
      title: t('Runs of {app}', { app: app.name }),
      placeholder: t('Which run?'),
      rows: hasMore ? [...rows, more] : rows,
    });
    if (pressed === undefined || pressed === 'back') return undefined;
    return pressed.row?.log ?? 'more';
  }

  async #chooseApp(fits: (app: App) => boolean, title: string): Promise<App | undefined> {
    const fitting = this.#ports.apps.list().filter(fits);
    if (fitting.length === 0) {
      void window.showInformationMessage(t('No workflow app is connected.'));
      return undefined;
    }
    if (fitting.length === 1) return fitting[0];
    const rows = fitting.map((app) => ({ label: app.name, description: new URL(app.baseUrl).host, app }));
    return (await window.showQuickPick(rows, { title, placeHolder: t('Of which app?') }))?.app;
  }

  /** What is read, with progress; `undefined` if the person cancels or it fails, which is told. */
  async #reading<T>(app: App, read: (signal: AbortSignal) => Promise<T>): Promise<T | undefined> {
    const options = {
      location: ProgressLocation.Notification,
      title: t('Reading the runs of {app}…', { app: app.name }),
      cancellable: true,
    };
    try {
      return await window.withProgress(options, (_, token) => withAbortSignal(token, read));
    } catch (error) {
      if (!(error instanceof DifyError)) return undefined;
      this.#ports.log.warn('Reading runs at the server', error);
      void window.showErrorMessage(sentenceOf(describe(error, wordsFor(app))));
      return undefined;
    }
  }
}

const icons: Readonly<Record<string, string>> = {
  succeeded: 'check',
  'partial-succeeded': 'warning',
  failed: 'error',
  stopped: 'circle-slash',
  paused: 'debug-pause',
};

function logRow(log: WorkflowLog, language: string): LogRow {
  const { status, elapsed_time: seconds, total_tokens: tokens, id, error } = log.workflow_run;
  const at = new Date(log.created_at * 1000).toLocaleString(language, { dateStyle: 'medium', timeStyle: 'short' });
  const words = [
    status,
    seconds === undefined ? '' : formatSeconds(seconds, language),
    tokens === undefined || tokens === 0 ? '' : t('{n} tokens', { n: new Intl.NumberFormat(language).format(tokens) }),
  ];
  return {
    label: at,
    description: words.filter((word) => word !== '').join(' · '),
    detail: error ?? id,
    iconPath: new ThemeIcon(icons[status] ?? 'circle-outline'),
    log,
  };
}
