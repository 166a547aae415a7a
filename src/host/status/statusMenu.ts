import { t } from '../words.ts';
import type { StatusState } from './status.ts';

/** A row of the menu: a command that it runs; or `enterKey` or `test`, which are for the app in use. */
export interface MenuRow {
  readonly label: string;
  readonly run: 'enterKey' | 'test' | `difyCompanion.${string}`;
  /** What the command is told. */
  readonly about?: string;
}

/** What a click on the item offers. First comes what its tooltip says that the click does. */
export function menuOf(state: StatusState, inDemo: boolean): readonly MenuRow[] {
  const rows = [...firstOf(state), ...common, inDemo ? leaveDemo : test, showLog];
  return rows.map((row) => row()).filter(({ run }, index, all) => all.findIndex((row) => row.run === run) === index);
}

const stop = (): MenuRow => ({ label: `$(debug-stop) ${t('Stop')}`, run: 'difyCompanion.results.stop', about: 'all' });
const openResult = (): MenuRow => ({
  label: `$(history) ${t('Recent Results')}`,
  run: 'difyCompanion.results.openRecent',
});
const openChat = (): MenuRow => ({ label: `$(comment-discussion) ${t('Open Chat')}`, run: 'difyCompanion.chat.show' });
// VS Code makes this command for the view.
const openRuns = (): MenuRow => ({ label: `$(list-tree) ${t('Runs')}`, run: 'difyCompanion.runs.focus' });
const switchApp = (): MenuRow => ({ label: `$(arrow-swap) ${t('Switch App…')}`, run: 'difyCompanion.chat.switchApp' });
const manage = (): MenuRow => ({ label: `$(settings-gear) ${t('Manage Apps…')}`, run: 'difyCompanion.apps.manage' });
const test = (): MenuRow => ({ label: `$(pulse) ${t('Test Connection')}`, run: 'test' });
const showLog = (): MenuRow => ({ label: `$(output) ${t('Show Log')}`, run: 'difyCompanion.diagnostics.showLog' });
const enterKey = (): MenuRow => ({ label: `$(key) ${t('Enter API Key')}`, run: 'enterKey' });
const connect = (): MenuRow => ({ label: `$(plug) ${t('Connect an App')}`, run: 'difyCompanion.apps.connect' });
const leaveDemo = (): MenuRow => ({ label: `$(close) ${t('Leave the Demo')}`, run: 'difyCompanion.demo.leave' });

const common = [openChat, switchApp, openRuns, manage];

function firstOf(state: StatusState): readonly (() => MenuRow)[] {
  switch (state) {
    case 'running':
      return [stop, openResult];
    case 'ready':
      return [switchApp];
    case 'answering':
    case 'needsYou':
    case 'notEncrypted':
      return [openChat];
    case 'keyMissing':
    case 'keyRefused':
      return [enterKey];
    case 'notReached':
      return [test];
    case 'demo':
      return [connect];
  }
}
