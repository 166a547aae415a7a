import { FileType, Uri, window, workspace } from 'vscode';
import { fileTypesIn } from '../../conversation/fileProblem.ts';
import { kindOf } from '../../conversation/inputForm.ts';
import { findSecrets } from '../../conversation/secrets.ts';
import { isSensitiveFile } from '../../conversation/sensitiveFile.ts';
import { extensionsOf } from '../../dify/fileUpload.ts';
import type { InputControl } from '../../dify/inputForm.ts';
import { t } from '../words.ts';
import { nameOf } from '../source/placeOf.ts';
import type { LocalFile } from './asks.ts';

/** Files of this computer, by the editor's own dialog, which shows those that the field takes. */
export async function openFiles(
  control: Pick<InputControl, 'type' | 'label' | 'files'>,
): Promise<readonly LocalFile[] | undefined> {
  const { files, label } = control;
  const extensions = files === undefined ? [] : extensionsOf(files);
  const uris = await window.showOpenDialog({
    title: label,
    openLabel: t('Choose'),
    canSelectMany: kindOf(control) === 'files',
    ...(files === undefined || extensions.length === 0
      ? {}
      : { filters: { [fileTypesIn(files, t)]: [...extensions] } }),
  });
  return uris === undefined ? undefined : await localFilesAt(uris);
}

/** Files up to this size are searched for secrets, in bytes: larger ones are hardly written by hand. */
const searched = 1024 * 1024;

/** Most files that are listed. */
const most = 2_000;

/** Files of the workspace that the field takes, to be picked from a list. */
export async function workspaceFiles(control: InputControl): Promise<readonly LocalFile[] | undefined> {
  const { files, label } = control;
  const extensions = files === undefined ? [] : extensionsOf(files);
  const pattern = extensions.length === 0 ? '**/*' : `**/*.{${extensions.join(',')}}`;
  const found = await workspace.findFiles(pattern, '**/node_modules/**', most);
  const rows = found
    .map((uri) => ({ label: nameOf(uri), description: workspace.asRelativePath(uri), uri }))
    .toSorted((a, b) => (a.description < b.description ? -1 : 1));
  const options = {
    title: label,
    placeHolder: t('Files of the workspace that this field takes'),
    matchOnDescription: true,
  };
  if (kindOf(control) === 'files') {
    const picked = await window.showQuickPick(rows, { ...options, canPickMany: true });
    return picked === undefined ? undefined : await localFilesAt(picked.map(({ uri }) => uri));
  }
  const picked = await window.showQuickPick(rows, options);
  return picked === undefined ? undefined : await localFilesAt([picked.uri]);
}

/** Files that were dropped on the chat; they are uploaded when the person says once more that they mean it: a page cannot drop by itself. */
export async function droppedFiles(uris: string, host: string): Promise<readonly LocalFile[]> {
  const chosen = uris
    .split(/\r?\n/)
    .filter((line) => line.trim() !== '' && !line.startsWith('#'))
    .map((line) => Uri.parse(line.trim()));
  if (chosen.length === 0) return [];
  const upload = t('Upload');
  const files = chosen.map(nameOf).join(', ');
  const question = t('Upload {files} to {host}?', { files, host });
  const pressed = await window.showInformationMessage(question, { modal: true }, upload);
  return pressed === upload ? await localFilesAt(chosen) : [];
}

/** Those that the person means: they are asked where a file may hold secrets. Folders are none. */
export async function localFilesAt(chosen: readonly Uri[]): Promise<readonly LocalFile[]> {
  const uris = await meant(chosen);
  const files = await Promise.all(uris.map(localFileAt));
  return files.filter((file) => file !== undefined);
}

/** `undefined` if it is a folder. @throws if there is none */
export async function localFileAt(uri: Uri): Promise<LocalFile | undefined> {
  const { size, type } = await workspace.fs.stat(uri);
  const read = async (): Promise<Uint8Array> => await workspace.fs.readFile(uri);
  return (type & FileType.File) === 0 ? undefined : { name: nameOf(uri), size, uri: uri.toString(), read };
}

async function mayHoldSecrets(uri: Uri): Promise<boolean> {
  if (isSensitiveFile(uri.path)) return true;
  const { size, type } = await workspace.fs.stat(uri);
  if ((type & FileType.File) === 0 || size > searched) return false;
  return findSecrets(new TextDecoder().decode(await workspace.fs.readFile(uri))).length > 0;
}

/** Files that hold secrets, as it seems, are asked about once more. */
async function meant(uris: readonly Uri[]): Promise<readonly Uri[]> {
  const looks = await Promise.all(uris.map(mayHoldSecrets));
  const secret = uris.filter((_, index) => looks[index]);
  if (secret.length === 0) return uris;
  const question = t('{files} may hold secrets, which the app would get.', { files: secret.map(nameOf).join(', ') });
  const send = t('Send Anyway');
  const pressed = await window.showWarningMessage(question, { modal: true }, send);
  return pressed === send ? uris : uris.filter((uri) => !secret.includes(uri));
}
