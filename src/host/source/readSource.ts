import { Range, Uri, window, workspace, type TextDocument, type TextEditor } from 'vscode';
import { isFields } from '../../dify/json.ts';
import { t } from '../words.ts';
import { chooseRange } from './chooseRange.ts';
import { nameOf, placeOf, relativeFile } from './placeOf.ts';
import type { Source } from './source.ts';

/** So many selections, or files, are worked on without asking: each is a request of its own. */
const unasked = 10;

/** What this extension shows itself: nothing that a person would work on. */
const ownSchemes = ['dify-result', 'dify-proposal'];

/**
 * What the person means: the place that the caller names, else the selections of the active editor, which may be one in a notebook or on
 * either side of a diff, else as much as they choose. `undefined` if they give up.
 *
 * @param where what VS Code, or a code action, gave to the command
 */
export async function readSource(where: unknown): Promise<Source | undefined> {
  const named = placeIn(where);
  if (named !== undefined) return sourceOf(await workspace.openTextDocument(named.uri), [named.range]);
  const editor = window.activeTextEditor;
  if (editor === undefined || ownSchemes.includes(editor.document.uri.scheme)) {
    void window.showInformationMessage(t('Open a file and select some text first.'));
    return undefined;
  }
  // A document goes on living while the person is asked.
  const ranges = rangesOf(editor) ?? (await chosen(editor));
  if (ranges === undefined) return undefined;
  const source = sourceOf(editor.document, ranges);
  const n = source?.parts.length ?? 0;
  return (await meansAll(n, t('Each of the {n} selections is sent by itself.', { n }))) ? source : undefined;
}

/** The whole text of a file, or the file itself where it is no text. `undefined` if it is empty, which is told. */
export async function readFile(uri: Uri): Promise<Source | undefined> {
  const document = await textOf(uri);
  if (document !== undefined) return sourceOf(document, [new Range(0, 0, document.lineCount, 0)]);
  const nowhere = new Range(0, 0, 0, 0);
  const parts = [{ range: nowhere, text: '' }];
  return { uri, languageId: '', parts, file: nameOf(uri), place: relativeFile(uri), attached: [uri] };
}

/** Opens no editor. */
async function textOf(uri: Uri): Promise<TextDocument | undefined> {
  try {
    return await workspace.openTextDocument(uri);
  } catch {
    // VS Code says no more than that it is binary, or too large to be a document.
    await workspace.fs.stat(uri);
    return undefined;
  }
}

/** From top to bottom, without those that hold no text; `undefined` if nothing is selected. */
function rangesOf({ selections, document }: TextEditor): readonly Range[] | undefined {
  const selected = selections.filter(({ isEmpty }) => !isEmpty);
  if (selected.length === 0) return undefined;
  const full = selected.filter((range) => document.getText(range).trim() !== '');
  return full.toSorted((one, other) => one.start.compareTo(other.start)).map(({ start, end }) => new Range(start, end));
}

async function chosen(editor: TextEditor): Promise<readonly Range[] | undefined> {
  const range = await chooseRange(editor);
  return range === undefined ? undefined : [range];
}

function sourceOf(document: TextDocument, ranges: readonly Range[]): Source | undefined {
  const valid = ranges.map((range) => document.validateRange(range));
  const parts = valid
    .map((range) => ({ range, text: document.getText(range) }))
    .filter(({ text }) => text.trim() !== '');
  if (parts.length === 0) {
    void window.showInformationMessage(t('There is no text to work on here.'));
    return undefined;
  }
  const { uri, languageId } = document;
  return { uri, languageId, parts, file: nameOf(uri), place: placeOf(document, valid), attached: [] };
}

/** Whether the person means that many. */
export async function meansAll(n: number, detail: string): Promise<boolean> {
  if (n <= unasked) return true;
  const run = t('Run {n} Times', { n });
  return (await window.showWarningMessage(t('Run this {n} times?', { n }), { modal: true, detail }, run)) === run;
}

/** The place that a code action names. */
function placeIn(where: unknown): { readonly uri: Uri; readonly range: Range } | undefined {
  if (!isFields(where)) return undefined;
  const { uri, range } = where;
  return uri instanceof Uri && range instanceof Range ? { uri, range } : undefined;
}
