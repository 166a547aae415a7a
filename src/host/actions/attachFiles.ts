import { ProgressLocation, window, workspace, type Uri } from 'vscode';
import type { DifyClient } from '../../dify/client.ts';
import { localFile, uploadFile } from '../../dify/files.ts';
import { takesFile } from '../../dify/fileUpload.ts';
import type { InputControl } from '../../dify/inputForm.ts';
import type { Fields } from '../../dify/json.ts';
import type { App } from '../app.ts';
import { withAbortSignal } from '../cancellation.ts';
import { t } from '../words.ts';
import { nameOf } from './placeOf.ts';

/** The input of the form that takes the file; `undefined` if none does. */
export function inputForFile(file: Uri, form: readonly InputControl[]): InputControl | undefined {
  const name = nameOf(file);
  return form.find(
    ({ type, files }) =>
      (type === 'file' || type === 'file-list') &&
      files !== undefined &&
      (files.allowedFileTypes.length === 0 || takesFile(files, name)),
  );
}

/**
 * Uploads the file, and gives the value of the input that takes it. `undefined` if the person cancels.
 *
 * @throws {DifyError}
 */
export async function attachFile(
  client: DifyClient,
  app: App,
  file: Uri,
  { variable, type, files }: InputControl,
): Promise<Fields | undefined> {
  const name = nameOf(file);
  const title = t('Uploading {file} to {app}…', { file: name, app: app.name });
  return await window.withProgress({ location: ProgressLocation.Notification, title, cancellable: true }, (_, token) =>
    withAbortSignal(token, async (signal) => {
      const content = await workspace.fs.readFile(file);
      const upload = { name, type: 'application/octet-stream', size: content.length, content };
      const uploaded = await uploadFile(client, upload, () => {}, signal);
      if (signal.aborted) return undefined;
      const mapping = localFile({ id: uploaded.id, name }, files?.allowedFileTypes);
      return { [variable]: type === 'file' ? mapping : [mapping] };
    }),
  );
}
