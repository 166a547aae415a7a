import { fileProblem, waysOf } from '../../conversation/fileProblem.ts';
import { kindOf, type FieldFile } from '../../conversation/inputForm.ts';
import { takesFile, type FileRules, type FileUpload } from '../../dify/fileUpload.ts';
import type { InputControl } from '../../dify/inputForm.ts';
import type { Fields } from '../../dify/json.ts';
import { t } from '../words.ts';
import type { InputAsks, LocalFile } from './asks.ts';
import { uploadLocal, type Uploads } from './uploads.ts';

/** Where a file goes: into an input of the form, or beside the question, where the app takes files there. */
export interface FilePlace {
  readonly control: InputControl | undefined;
  readonly rules: FileRules | undefined;
}

/** The place that takes a file of this name; `undefined` if none does. @param beside what may go with the question */
export function placeForFile(
  name: string,
  form: readonly InputControl[],
  beside: FileUpload | undefined,
): FilePlace | undefined {
  const takes = (rules: FileRules): boolean =>
    waysOf(rules).upload && (rules.allowedFileTypes.length === 0 || takesFile(rules, name));
  const control = form.find(
    (each) => ['file', 'files'].includes(kindOf(each)) && each.files !== undefined && takes(each.files),
  );
  if (control !== undefined) return { control, rules: control.files };
  return beside?.enabled === true && takes(beside) ? { control: undefined, rules: beside } : undefined;
}

/** Uploads the file; `undefined` if it is too large, which is told, or the person cancels. @throws {DifyError} */
export async function attachFile(
  file: LocalFile,
  { rules }: FilePlace,
  asks: Pick<InputAsks, 'working' | 'warn'>,
  uploads: Uploads,
): Promise<FieldFile | undefined> {
  const problem = fileProblem({ files: rules }, file, uploads.limits, t);
  if (problem === '') return await uploadLocal(file, rules?.allowedFileTypes, asks, uploads);
  asks.warn(problem);
  return undefined;
}

/** The request with the file in its place. */
export function withFile<T extends { readonly inputs: Fields; readonly files: readonly Fields[] }>(
  request: T,
  { control }: FilePlace,
  { mapping }: FieldFile,
): T {
  if (control === undefined) return { ...request, files: [...request.files, mapping] };
  const value = kindOf(control) === 'files' ? [mapping] : mapping;
  return { ...request, inputs: { ...request.inputs, [control.variable]: value } };
}
