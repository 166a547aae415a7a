import type { InputControl } from './inputForm.ts';
import { isFields, parseJson, type Fields } from './json.ts';

/** Why the server will refuse an input. */
export interface InputProblem {
  readonly variable: string;
  readonly problem:
    | 'missing'
    | 'notText'
    | 'tooLong'
    | 'notAnOption'
    | 'notANumber'
    | 'notAFile'
    | 'notFiles'
    | 'tooManyFiles'
    | 'notAnObject';
}

/**
 * What the server will refuse of the inputs, before they are sent: Dify 1.14 tells it of a chatflow or workflow only in a stream that
 * then stays open for minutes, and each version words it differently. An empty text counts as given, as it does for the server.
 *
 * @param inputs values by variable; those that the form does not name are dropped by the server
 */
export function inputProblems(form: readonly InputControl[], inputs: Fields): readonly InputProblem[] {
  return form.flatMap((control) => {
    const given = Object.hasOwn(inputs, control.variable) ? inputs[control.variable] : undefined;
    const problem = problemOf(control, given);
    return problem === undefined ? [] : [{ variable: control.variable, problem }];
  });
}

function problemOf(control: InputControl, value: unknown): InputProblem['problem'] | undefined {
  if (value === undefined || value === null) return control.required ? 'missing' : undefined;
  switch (control.type) {
    case 'select':
      return typeof value === 'string' && control.options.includes(value) ? undefined : 'notAnOption';
    case 'number':
      return isNumber(value) ? undefined : 'notANumber';
    case 'checkbox':
      return undefined;
    case 'file':
      return problemOfFile(control, value);
    case 'file-list':
      return problemOfFiles(control, value);
    case 'json_object':
      return isFields(typeof value === 'string' ? parseJson(value) : value) ? undefined : 'notAnObject';
    default:
      return problemOfText(control, value);
  }
}

function problemOfText({ maxLength }: InputControl, value: unknown): InputProblem['problem'] | undefined {
  if (typeof value !== 'string') return 'notText';
  // The server counts code points.
  return maxLength !== undefined && Array.from(value).length > maxLength ? 'tooLong' : undefined;
}

function isNumber(value: unknown): boolean {
  if (typeof value === 'boolean') return true;
  if (typeof value === 'number') return Number.isFinite(value);
  return typeof value === 'string' && !Number.isNaN(Number(value));
}

function problemOfFile({ required }: InputControl, value: unknown): InputProblem['problem'] | undefined {
  const unset = value === '' && !required;
  return unset || isFields(value) ? undefined : 'notAFile';
}

function problemOfFiles({ maxLength }: InputControl, value: unknown): InputProblem['problem'] | undefined {
  if (!Array.isArray(value) || !value.every(isFields)) return 'notFiles';
  return maxLength !== undefined && value.length > maxLength ? 'tooManyFiles' : undefined;
}
