import type { Fields } from '../../dify/json.ts';
import type { Uri } from 'vscode';
import type { FieldFile } from '../../conversation/inputForm.ts';
import { attachFile as attach, type FilePlace } from '../files/attachFile.ts';
import { askInVscode } from './inputs/askInVscode.ts';
import { changeInputs as change } from './inputs/changeInputs.ts';
import { completeInputs as complete, type Completed, type FormRequest } from './inputs/completeInputs.ts';
import { localFileAt } from '../files/localFiles.ts';
import { uploadedAgain as uploadAgain, type Uploads } from '../files/uploads.ts';

export { isLostUpload, uploadsTo, type Uploads } from '../files/uploads.ts';
export type { Completed, FormRequest } from './inputs/completeInputs.ts';

/** {@link complete} in VS Code. */
export async function completeInputs(request: FormRequest): Promise<Completed | undefined> {
  return await complete(request, askInVscode);
}

/** {@link change} in VS Code. */
export async function changeInputs(
  request: Omit<FormRequest, 'filled'> & { readonly inputs: Fields },
): Promise<Completed | undefined> {
  return await change(request, askInVscode);
}

/** {@link attach} in VS Code. */
export async function attachFile(uri: Uri, place: FilePlace, uploads: Uploads): Promise<FieldFile | undefined> {
  const file = await localFileAt(uri);
  return file === undefined ? undefined : await attach(file, place, askInVscode, uploads);
}

/** {@link uploadAgain} in VS Code. */
export async function uploadedAgain(inputs: Fields, uploads: Uploads): Promise<Fields | undefined> {
  return await uploadAgain(inputs, askInVscode, uploads);
}
