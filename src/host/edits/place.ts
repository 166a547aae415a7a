import {
  FilePermission,
  languages,
  Range,
  RelativePattern,
  window,
  workspace,
  WorkspaceEdit,
  EndOfLine,
  type TextDocument,
  type TextEditor,
  type Uri,
} from 'vscode';
import type { DocumentState, Edit } from './planner.ts';

/** Languages whose paragraphs a blank line parts. */
const prose = new Set(['markdown', 'plaintext', 'latex', 'tex', 'restructuredtext', 'asciidoc']);

export function eolOf({ eol }: TextDocument): '\n' | '\r\n' {
  return eol === EndOfLine.CRLF ? '\r\n' : '\n';
}

export function documentState(document: TextDocument): DocumentState {
  return { text: document.getText(), eol: eolOf(document), isProse: prose.has(document.languageId) };
}

export function rangeOf(document: TextDocument, { start, end }: Edit): Range {
  return new Range(document.positionAt(start), document.positionAt(end));
}

/** All in one undo step; false if VS Code refuses. */
export async function applyEdits(document: TextDocument, edits: readonly Edit[]): Promise<boolean> {
  const all = new WorkspaceEdit();
  for (const edit of edits) all.replace(document.uri, rangeOf(document, edit), edit.text);
  return workspace.applyEdit(all);
}

/** The editor that shows the document; the active one, if several do. */
export function editorOf(document: TextDocument): TextEditor | undefined {
  const editors = [window.activeTextEditor, ...window.visibleTextEditors];
  return editors.find((editor) => editor?.document === document);
}

/** Whether documents there take changes at all. */
export function takesChanges({ scheme }: Uri): boolean {
  return isFileless(scheme) || workspace.fs.isWritableFileSystem(scheme) === true;
}

/** Whether its file cannot be written, or the person's settings say so. VS Code refuses the keyboard then, but not an extension. */
export async function isReadOnly(uri: Uri): Promise<boolean> {
  if (!takesChanges(uri)) return true;
  if (isFileless(uri.scheme)) return false;
  const files = workspace.getConfiguration('files', uri);
  if (isNamed(uri, files.get('readonlyInclude')) && !isNamed(uri, files.get('readonlyExclude'))) return true;
  // A file that is not there yet, or no longer, can be written.
  const stat = await Promise.resolve(workspace.fs.stat(uri)).catch(() => undefined);
  return ((stat?.permissions ?? 0) & FilePermission.Readonly) !== 0;
}

/** Whether a setting of globs has one for it. */
function isNamed(uri: Uri, globs: Readonly<Record<string, boolean>> = {}): boolean {
  const folder = workspace.getWorkspaceFolder(uri);
  const document = workspace.textDocuments.find((open) => open.uri.toString() === uri.toString());
  if (document === undefined) return false;
  const patterns = Object.keys(globs).filter((glob) => globs[glob] === true);
  return patterns.some((glob) => {
    const pattern = folder === undefined || glob.startsWith('/') ? glob : new RelativePattern(folder, glob);
    return languages.match({ pattern }, document) > 0;
  });
}

function isFileless(scheme: string): boolean {
  return scheme === 'untitled' || scheme === 'vscode-notebook-cell';
}
