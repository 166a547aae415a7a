import type { DifyError } from '../dify/errors.ts';
import { inputProblems } from '../dify/inputCheck.ts';
import type { InputControl } from '../dify/inputForm.ts';
import { isFields, parseJson } from '../dify/json.ts';
import type { Translate } from './failure.ts';
import { inputsOf, isBlank, kindOf, numberIn, type FieldValue, type FormValues } from './inputForm.ts';
import { jsonFault, type JsonFault } from './jsonFault.ts';

/** What is wrong with a field, in words. */
export interface FieldProblem {
  readonly variable: string;
  readonly label: string;
  readonly sentence: string;
}

/** All that is to be mended before the form can be sent, in the form's order. Nothing of it ever reaches a server. */
export function formProblems(form: readonly InputControl[], values: FormValues, t: Translate): readonly FieldProblem[] {
  return form.flatMap((control) => {
    const { variable, label } = control;
    const sentence = fieldProblem(control, values[variable] ?? '', t);
    return sentence === '' ? [] : [{ variable, label, sentence }];
  });
}

/** What is wrong with a field that the person leaves, or ''. */
export function fieldProblem(control: InputControl, value: FieldValue, t: Translate): string {
  if (control.required && isBlank(value)) return t('The app needs a value here.');
  return typingProblem(control, value, t);
}

/** What is wrong with what stands there so far, or '': an empty field is still to be filled. */
export function typingProblem(control: InputControl, value: FieldValue, t: Translate): string {
  if (isBlank(value)) return tooLongBy(control, value, t);
  const kind = kindOf(control);
  if (typeof value === 'string' && kind === 'number') return numberProblem(value, t);
  if (typeof value === 'string' && kind === 'json') return jsonProblem(value, t);
  return problemAtServer(control, value, t);
}

function numberProblem(text: string, t: Translate): string {
  return numberIn(text) === undefined ? t('Enter a number, for example 12.') : '';
}

/** What the server would say, before it is asked. */
function problemAtServer(control: InputControl, value: FieldValue, t: Translate): string {
  const { variable, maxLength = 0 } = control;
  const [found] = inputProblems([control], inputsOf([control], { [variable]: value }));
  switch (found?.problem) {
    case undefined:
      return '';
    case 'tooLong':
      return tooLongBy(control, value, t);
    case 'notAnOption':
      return t('The app does not offer “{value}”. Choose another.', { value: typeof value === 'string' ? value : '' });
    case 'tooManyFiles':
      return t('The app takes {n} files at most.', { n: maxLength });
    default:
      return t('The app takes no such value here.');
  }
}

/** Characters as the server counts them: by code point. */
export function charactersIn(text: string): number {
  let count = 0;
  for (const _ of text) count++;
  return count;
}

function tooLongBy({ maxLength, type }: InputControl, value: FieldValue, t: Translate): string {
  const isLimited = maxLength !== undefined && !['number', 'json_object', 'select', 'file', 'file-list'].includes(type);
  const over = isLimited && typeof value === 'string' ? charactersIn(value) - maxLength : 0;
  if (over <= 0) return '';
  return over === 1 ? t('Too long by 1 character.') : t('Too long by {n} characters.', { n: over });
}

/** "12 / 48" for a text with a limit, else ''. */
export function countedOf(control: InputControl, value: FieldValue): string {
  const kind = kindOf(control);
  const { maxLength } = control;
  if (maxLength === undefined || typeof value !== 'string' || (kind !== 'line' && kind !== 'paragraph')) return '';
  return `${charactersIn(value)} / ${maxLength}`;
}

function jsonProblem(text: string, t: Translate): string {
  const fault = jsonFault(text);
  if (fault !== undefined) return faultSentence(fault, t);
  return isFields(parseJson(text)) ? '' : t('Enter an object, for example {example}.', { example: '{"name": "Ada"}' });
}

function faultSentence({ line, problem, near }: JsonFault, t: Translate): string {
  switch (problem) {
    case 'comma':
      return t('Line {line}: a comma is missing before {near}.', { line, near });
    case 'colon':
      return t('Line {line}: a colon is missing before {near}.', { line, near });
    case 'openText':
      return t('Line {line}: the text {near} does not end there, or has signs that JSON writes with a backslash.', {
        line,
        near,
      });
    case 'unknown':
      return t('Line {line}: {near} cannot stand here.', { line, near });
    case 'end':
      return t('Line {line}: the end is missing.', { line });
  }
}

/** The variable of the field that the server complains of, in the details of a failure; `undefined` if it is about something else. */
export function refusedVariable(details: string): string | undefined {
  return /(\S+) (?:is required )?in input form\b/.exec(details)?.[1];
}

/**
 * Which field the server complains of, told by its label; `undefined` if it is about something else. The server's only trace of the
 * field is its variable at the beginning of the message.
 */
export function refusedInput(form: readonly InputControl[], error: DifyError, t: Translate): string | undefined {
  const detail = error.detail ?? '';
  const refused = error.kind === 'rejected' || error.kind === 'runFailed';
  const said = detail.replace(/^\(type '[^']*'\) /, '');
  const control = form.find(({ variable }) =>
    [`${variable} in input form `, `${variable} is required in input form`].some((words) => said.startsWith(words)),
  );
  if (!refused || control === undefined) return undefined;
  return t('The app did not take “{field}”: {reason}', { field: control.label, reason: detail });
}
