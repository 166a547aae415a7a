import {
  FilePermission,
  Range,
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

/** Whether documents there take changes at all. What the person made read-only in VS Code only, an extension cannot see. */
export function takesChanges({ scheme }: Uri): boolean {
  const known = ['untitled', 'vscode-notebook-cell'];
  return known.includes(scheme) || workspace.fs.isWritableFileSystem(scheme) === true;
}

/** Whether its file cannot be written. */
export async function isReadOnly(uri: Uri): Promise<boolean> {
  if (!takesChanges(uri)) return true;
  if (uri.scheme === 'untitled' || uri.scheme === 'vscode-notebook-cell') return false;
  // A file that is not there yet, or no longer, can be written.
  const stat = await Promise.resolve(workspace.fs.stat(uri)).catch(() => undefined);
  return ((stat?.permissions ?? 0) & FilePermission.Readonly) !== 0;
}
