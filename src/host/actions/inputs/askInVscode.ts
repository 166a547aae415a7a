import { ThemeIcon, window } from 'vscode';
import { askText, type TitleButton } from '../../quickInput.ts';
import { askChoice } from '../../quickPick.ts';
import { t } from '../../words.ts';
import type { InputAsks, LineQuestion, Row, RowQuestion, Said, Typed } from '../../files/asks.ts';
import { openFiles, workspaceFiles } from '../../files/localFiles.ts';
import { working } from '../../files/working.ts';
import { writeInEditor } from './writeInEditor.ts';

/** Asks by VS Code's own boxes, lists, dialogs and editors. */
export const askInVscode: InputAsks = {
  line: askLine,
  choose: askRow,
  write: writeInEditor,
  openFiles,
  workspaceFiles,
  working,
  warn: (sentence) => void window.showWarningMessage(sentence),
};

async function askLine(question: LineQuestion): Promise<Said<Typed>> {
  const { title, canGoBack, prompt, placeholder, value, typing, problem, counted, editor, changed } = question;
  let current = value;
  let wantsAll = false;
  const write: TitleButton = {
    iconPath: new ThemeIcon('edit'),
    tooltip: t('Edit in an Editor…'),
    hides: true,
    press: async () => (editor === undefined ? undefined : await writeInEditor(editor, current)),
  };
  const all: TitleButton = {
    ...allButton(),
    ends: true,
    press: async () => {
      wantsAll = true;
      return current;
    },
  };
  const text = await askText({
    title,
    canGoBack,
    prompt,
    placeholder,
    value,
    selected: true,
    password: false,
    typing,
    problem,
    hint: (typed) => [counted(typed)].map((words) => (words === '' ? '' : `${words} ·`)).join(''),
    buttons: [...(editor === undefined ? [] : [write]), ...(question.hasMore ? [all] : [])],
    changed: (typed) => {
      current = typed;
      changed(typed);
    },
  });
  if (wantsAll) return 'all';
  return text === undefined || text === 'back' ? text : { text };
}

async function askRow(question: RowQuestion): Promise<Said<Pick<Row, 'id'>>> {
  const rows = question.rows.map(({ id, label, icon, description = '', detail }) => ({
    id,
    label: icon === undefined ? label : `$(${icon}) ${label}`,
    description,
    ...(detail === undefined ? {} : { detail }),
  }));
  const all = allButton();
  const pressed = await askChoice({
    title: question.title,
    placeholder: question.placeholder,
    rows,
    active: rows.find(({ id }) => id === question.active),
    buttons: question.hasMore ? [all] : [],
    back: question.canGoBack,
    stays: true,
  });
  if (pressed === undefined || pressed === 'back') return pressed;
  return pressed.row ?? 'all';
}

function allButton(): { readonly iconPath: ThemeIcon; readonly tooltip: string } {
  return { iconPath: new ThemeIcon('list-unordered'), tooltip: t('All Fields') };
}
