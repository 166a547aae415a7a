import { workspace, type Range, type TextDocument, type Uri } from 'vscode';
import { t } from '../words.ts';

/** What VS Code shows of a file under another address than the file's: a cell of a notebook, the version in Git. */
const shadows = ['vscode-notebook-cell', 'git'];

/** Name of the file, without its folder. */
export function nameOf({ path, scheme }: Uri): string {
  return path.slice(path.lastIndexOf('/') + 1) || scheme;
}

/** Path in the workspace; of a file outside of it the name only, for its folders are nobody's business. */
export function relativeFile(uri: Uri): string {
  const folder = workspace.workspaceFolders?.[0]?.uri;
  const isShadow = folder !== undefined && shadows.includes(uri.scheme);
  const file = isShadow
    ? uri.with({ scheme: folder.scheme, authority: folder.authority, query: '', fragment: '' })
    : uri;
  return workspace.getWorkspaceFolder(file) === undefined ? nameOf(file) : workspace.asRelativePath(file);
}

/** Like `docs/notes.md:3-9,12`, with the number of the cell in a notebook. */
export function placeOf({ uri }: TextDocument, ranges: readonly Range[]): string {
  const cells = workspace.notebookDocuments.flatMap((notebook) => notebook.getCells());
  const cell = cells.find(({ document }) => document.uri.toString() === uri.toString());
  const lines = ranges.map(linesOf).join(',');
  return cell === undefined
    ? `${relativeFile(uri)}:${lines}`
    : t('{file}, cell {n}:{lines}', { file: relativeFile(uri), n: cell.index + 1, lines });
}

export function linesOf({ start, end }: Range): string {
  return start.line === end.line ? `${start.line + 1}` : `${start.line + 1}-${end.line + 1}`;
}
