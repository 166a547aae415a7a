import { Range, window, workspace, type TextDocument, type TextEditor, type Uri } from 'vscode';
import { t } from '../words.ts';

/** One selection, and what stood there when it was read. */
export interface SourcePart {
  readonly range: Range;
  readonly text: string;
}

/** The text that an action works on, and where it stands. */
export interface Source {
  readonly uri: Uri;
  readonly languageId: string;
  /** One for each selection, from top to bottom; at least one. */
  readonly parts: readonly SourcePart[];
  /** Name of the file, without its folder. */
  readonly file: string;
  /** Path in the workspace with line numbers, like `docs/notes.md:3-9`, for people. */
  readonly place: string;
}

/** The selection of the active editor; without one the person chooses how much. `undefined` if they give up. */
export async function readSource(): Promise<Source | undefined> {
  const editor = window.activeTextEditor;
  if (editor === undefined) {
    void window.showInformationMessage(t('Open a file and select some text first.'));
    return undefined;
  }
  const range = editor.selection.isEmpty ? await chooseRange(editor) : editor.selection;
  if (range === undefined) return undefined;
  const text = editor.document.getText(range);
  if (text.trim() === '') {
    void window.showInformationMessage(t('There is no text to work on here.'));
    return undefined;
  }
  const { uri, languageId } = editor.document;
  const parts = [{ range, text }];
  return { uri, languageId, parts, file: nameOf(editor.document), place: placeOf(editor.document, range) };
}

async function chooseRange({ document, selection }: TextEditor): Promise<Range | undefined> {
  const paragraph = paragraphAt(document, selection.active.line);
  const whole = new Range(0, 0, document.lineCount, 0);
  const choices = [
    ...(paragraph === undefined
      ? []
      : [{ label: t('Current Paragraph'), description: linesOf(paragraph), range: paragraph }]),
    { label: t('Whole File'), description: linesOf(document.validateRange(whole)), range: whole },
  ];
  return (await window.showQuickPick(choices, { title: t('Nothing is selected. Work on what?') }))?.range;
}

/** The lines around this one up to the next blank lines; `undefined` on a blank line. */
function paragraphAt(document: TextDocument, line: number): Range | undefined {
  const isBlank = (at: number): boolean => document.lineAt(at).isEmptyOrWhitespace;
  if (isBlank(line)) return undefined;
  let first = line;
  while (first > 0 && !isBlank(first - 1)) first--;
  let last = line;
  while (last < document.lineCount - 1 && !isBlank(last + 1)) last++;
  return new Range(first, 0, last, document.lineAt(last).text.length);
}

function nameOf({ uri }: TextDocument): string {
  return uri.path.slice(uri.path.lastIndexOf('/') + 1) || uri.scheme;
}

function placeOf(document: TextDocument, range: Range): string {
  return `${workspace.asRelativePath(document.uri)}:${linesOf(document.validateRange(range))}`;
}

function linesOf({ start, end }: Range): string {
  return start.line === end.line ? `${start.line + 1}` : `${start.line + 1}-${end.line + 1}`;
}
