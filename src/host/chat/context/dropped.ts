import { Uri, window, workspace } from 'vscode';
import { nameOf } from '../../source/placeOf.ts';
import { t } from '../../words.ts';
import { plainAddress } from './attachments.ts';
import { openDocument } from './readText.ts';

/** So many of one drop are attached. */
const most = 20;

/**
 * The files that a page says were dropped on it. It is not trusted: a file that is neither in the workspace nor open is taken only where
 * the person says so.
 *
 * @param uris one a line, as `text/uri-list` has them
 */
export async function droppedFiles(uris: string): Promise<readonly Uri[]> {
  const all = uris.split(/\r\n|\r|\n/).flatMap((line) => addressOf(line));
  if (all.length > most) void window.showInformationMessage(t('The first {n} files are attached.', { n: most }));
  const files: Uri[] = [];
  for (const uri of all.slice(0, most)) if (await isMeant(uri)) files.push(uri);
  return files;
}

function addressOf(line: string): readonly Uri[] {
  const text = line.trim();
  if (text === '' || text.startsWith('#')) return [];
  try {
    return [plainAddress(Uri.parse(text, true))];
  } catch {
    return [];
  }
}

async function isMeant(uri: Uri): Promise<boolean> {
  if (workspace.getWorkspaceFolder(uri) !== undefined || openDocument(uri) !== undefined) return true;
  const file = nameOf(uri);
  if (!workspace.fs.isWritableFileSystem(uri.scheme)) {
    void window.showWarningMessage(t('{file} is no file that can be read here.', { file }));
    return false;
  }
  const attach = t('Attach');
  const detail = uri.fsPath;
  const question = t('Attach {file}? It is not in this workspace.', { file });
  return (await window.showWarningMessage(question, { modal: true, detail }, attach)) === attach;
}
