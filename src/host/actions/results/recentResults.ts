import { env, ThemeIcon, window, type QuickPickItem } from 'vscode';
import { titleOf, type Result } from '../../../conversation/result.ts';
import { askChoice } from '../../quickPick.ts';
import type { ResultFiles } from '../../resultFiles.ts';
import { t } from '../../words.ts';
import { firstLineOf } from './resultWords.ts';

interface Row extends QuickPickItem {
  readonly result: Result;
}

/** Lets the person pick one of the results that are kept, or delete some; `undefined` if they give up. */
export async function pickRecent(files: ResultFiles): Promise<Result | undefined> {
  for (;;) {
    const results = await files.list();
    if (results.length === 0) {
      void window.showInformationMessage(t('Results of actions appear here.'));
      return undefined;
    }
    const clear = { iconPath: new ThemeIcon('clear-all'), tooltip: t('Clear All') };
    const pressed = await askChoice<Row>({
      title: t('Recent Results'),
      placeholder: t('Which result?'),
      rows: results.map(rowOf),
      buttons: [clear],
    });
    if (pressed === undefined || pressed === 'back') return undefined;
    const { row, button } = pressed;
    if (button === undefined) return row?.result;
    if (row !== undefined) await files.remove(row.result.app.id, row.result.id);
    else if (!(await clearAll(files))) return undefined;
  }
}

function rowOf(result: Result): Row {
  const answer = result.answers.at(-1);
  const at = new Date(answer?.askedAt ?? 0).toLocaleString(env.language, { dateStyle: 'short', timeStyle: 'short' });
  return {
    label: titleOf(result),
    description: `${result.app.name} · ${at}`,
    detail: firstLineOf(answer),
    buttons: [{ iconPath: new ThemeIcon('trash'), tooltip: t('Delete') }],
    result,
  };
}

async function clearAll(files: ResultFiles): Promise<boolean> {
  const detail = t('The answers are deleted on this computer. What Dify keeps stays there.');
  const pressed = await window.showWarningMessage(
    t('Delete all results of this workspace?'),
    { modal: true, detail },
    t('Clear All'),
  );
  if (pressed === undefined) return false;
  await files.remove(undefined);
  return true;
}
