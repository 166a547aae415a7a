import { FileType, Uri, window, workspace } from 'vscode';
import { t } from '../words.ts';
import { meansAll, readFile } from './readSource.ts';
import type { Source } from './source.ts';

/**
 * The files that the explorer gave to the command, in its order; folders are left out. `undefined` if there is none with anything in it,
 * or the person gives up.
 *
 * @param clicked the one that the menu was opened on; from the palette there is none, and it is the file of the active editor
 * @param selected all that are selected, the clicked one among them
 */
export async function readFiles(clicked: unknown, selected: unknown): Promise<readonly Source[] | undefined> {
  const files: Uri[] = [];
  for (const uri of given(clicked, selected)) if (await isFile(uri)) files.push(uri);
  if (files.length === 0) {
    void window.showInformationMessage(t('Select a file in the explorer first.'));
    return undefined;
  }
  const n = files.length;
  if (!(await meansAll(n, t('Each of the {n} files is sent by itself.', { n })))) return undefined;
  const sources: Source[] = [];
  for (const uri of files) {
    const source = await readFile(uri);
    if (source !== undefined) sources.push(source);
  }
  return sources.length === 0 ? undefined : sources;
}

function given(clicked: unknown, selected: unknown): readonly Uri[] {
  const one = clicked ?? window.activeTextEditor?.document.uri;
  const all: readonly unknown[] = Array.isArray(selected) && selected.length > 0 ? selected : [one];
  return all.filter((uri): uri is Uri => uri instanceof Uri);
}

/** A file that has no place on a disk, like an untitled one, is one too. */
async function isFile(uri: Uri): Promise<boolean> {
  if (uri.scheme === 'untitled') return true;
  return ((await workspace.fs.stat(uri)).type & FileType.File) !== 0;
}
