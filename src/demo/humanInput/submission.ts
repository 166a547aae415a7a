import { ApiError } from '../http/errors.ts';
import { repr, typeName } from '../http/python.ts';
import { typeProblem } from '../http/schema.ts';
import type { FileInput, FileListInput, FileRules, Form, FormInput, SelectInput, Submission } from './form.ts';

/** Makes a file of the run out of what the client sends for one, or says what is wrong with it. */
export type ReadFile = (mapping: Readonly<Record<string, unknown>>, rules: FileRules) => FileValue | FileFault;
export type FileValue = { readonly file: object };
export type FileFault = { readonly fault: string };

/**
 * What the person sent, checked as the server does: the action, then that nothing is missing, then value by value. Every input is
 * required for every action; '' counts as given. Texts are not checked: a number passes here and fails the run.
 *
 * @throws {ApiError} 400 `invalid_form_data` for the first thing that is wrong. The form stays open.
 */
export function checkedSubmission(
  form: Form,
  sent: { readonly action: string; readonly inputs: Readonly<Record<string, unknown>> },
  readFile: ReadFile,
  pydantic: string,
): Submission {
  const action = form.definition.actions.find(({ id }) => id === sent.action);
  if (action === undefined) throw invalidFormData(`Invalid action: ${sent.action}`);
  const missing = form.inputs.map(({ output_variable_name: name }) => name).filter((name) => !(name in sent.inputs));
  if (missing.length > 0) throw invalidFormData(`Missing required inputs: ${missing.join(', ')}`);
  const values = form.inputs.map((input) => {
    const name = input.output_variable_name;
    return [name, checkedValue(input, sent.inputs[name], readFile, pydantic)] as const;
  });
  return { action, values: Object.fromEntries(values) };
}

function checkedValue(input: FormInput, value: unknown, readFile: ReadFile, pydantic: string): unknown {
  switch (input.type) {
    case 'paragraph':
      return value;
    case 'select':
      return checkedChoice(input, value);
    case 'file':
      return checkedFile(input, value, readFile);
    case 'file-list':
      return checkedFiles(input, value, readFile, pydantic);
  }
}

/** Options that come from the run are not checked. */
function checkedChoice({ option_source: options, output_variable_name: name }: SelectInput, value: unknown): string {
  if (typeof value !== 'string') throw invalidFormData(`Invalid value for select input '${name}': expected string`);
  if (options.type === 'constant' && !options.value.includes(value)) {
    throw invalidFormData(`Invalid value for select input '${name}': ${value}`);
  }
  return value;
}

function checkedFile(input: FileInput, value: unknown, readFile: ReadFile): object {
  const refuse = (fault: string): ApiError =>
    invalidFormData(`Invalid value for file input '${input.output_variable_name}': ${fault}`);
  if (!isMapping(value)) throw refuse('expected mapping');
  const result = readFile(value, input);
  if ('fault' in result) throw refuse(result.fault);
  return result.file;
}

function checkedFiles(input: FileListInput, value: unknown, readFile: ReadFile, pydantic: string): readonly object[] {
  const refuse = (fault: string): ApiError =>
    invalidFormData(`Invalid value for file list input '${input.output_variable_name}': ${fault}`);
  if (!Array.isArray(value)) throw refuse(noSequence(value, pydantic));
  if (value.length > input.number_limits) {
    throw refuse(`Number of files exceeds the maximum limit ${input.number_limits}`);
  }
  return value.map((each: unknown) => {
    if (!isMapping(each)) throw refuse(`expected mapping, got ${repr(each)}`);
    const result = readFile(each, input);
    if ('fault' in result) throw refuse(result.fault);
    return result.file;
  });
}

function noSequence(value: unknown, pydantic: string): string {
  const type =
    'json-or-python[json=list[dict[str,any]],python=chain[is-instance[Sequence],function-wrap[sequence_validator()]]]';
  const problem = { type: 'is_instance_of', text: 'Input should be an instance of Sequence' };
  return typeProblem(type, problem, value, pydantic);
}

function isMapping(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeName(value) === 'dict';
}

function invalidFormData(message: string): ApiError {
  return new ApiError(400, 'invalid_form_data', message);
}
