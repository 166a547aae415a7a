import { addressProblem, linkedFile } from '../../../conversation/fileProblem.ts';
import {
  firstValues,
  inputsOf,
  kindOf,
  type FieldFile,
  type FieldValue,
  type FormValues,
} from '../../../conversation/inputForm.ts';
import type { SentFile } from '../../../conversation/conversation.ts';
import { runValues } from '../../../conversation/runApps.ts';
import type { AppParameters } from '../../../dify/app.ts';
import type { InputControl } from '../../../dify/inputForm.ts';
import type { Fields } from '../../../dify/json.ts';
import type { App } from '../../app.ts';
import { t } from '../../words.ts';

/** Servers before 1.0 took the inputs of the first question for all that followed. */
export function rereadsInputs({ version }: App): boolean {
  return !/^0\.\d/.test(version);
}

/** All that the app is sent: also what its owner hides, whose defaults no server puts in the place of a required one. */
export function sentBy(parameters: AppParameters | undefined): readonly InputControl[] {
  return parameters === undefined ? [] : [...parameters.userInputForm, ...parameters.hiddenInputs];
}

/**
 * What stands in the fields before the person touches one: what was submitted, else the owner's defaults.
 *
 * @param files those that were sent, which says what they are called
 */
export function valuesBefore(
  form: readonly InputControl[],
  inputs: Fields | undefined,
  files: readonly SentFile[] = [],
): FormValues {
  return inputs === undefined ? firstValues(form) : runValues(form, { inputs, files });
}

/**
 * Of what a page says stands in the form that which can: a page is not trusted to name an upload that was not made here.
 *
 * @param known what stood there before
 */
export function soundValues(form: readonly InputControl[], given: FormValues, known: FormValues): FormValues {
  return Object.fromEntries(
    form.flatMap((control) => {
      const { variable } = control;
      const value = Object.hasOwn(given, variable) ? soundValue(control, given[variable], known[variable]) : undefined;
      return value === undefined ? [] : [[variable, value]];
    }),
  );
}

function soundValue(
  control: InputControl,
  value: FieldValue | undefined,
  known: FieldValue | undefined,
): FieldValue | undefined {
  switch (kindOf(control)) {
    case 'checkbox':
      return typeof value === 'boolean' ? value : undefined;
    case 'file':
    case 'files':
      return isFiles(value)
        ? value.flatMap((file) => soundFile(control, file, isFiles(known) ? known : []))
        : undefined;
    default:
      return typeof value === 'string' ? value : undefined;
  }
}

function soundFile(control: InputControl, { mapping }: FieldFile, known: readonly FieldFile[]): readonly FieldFile[] {
  const same = known.find((file) => isSame(file.mapping, mapping));
  if (same !== undefined) return [same];
  const { url } = mapping;
  return typeof url === 'string' && addressProblem(control, url, t) === '' ? [linkedFile(control, url)] : [];
}

function isSame(a: Fields, b: Fields): boolean {
  const names = Object.keys(a);
  return names.length === Object.keys(b).length && names.every((name) => a[name] === b[name]);
}

export function isFiles(value: FieldValue | undefined): value is readonly FieldFile[] {
  return Array.isArray(value);
}

/**
 * The inputs for the next questions. A conversation with a basic app goes on by the form that it began with: what that asked for and
 * the form does not know any more stays.
 */
export function newInputs(form: readonly InputControl[], values: FormValues, before: Fields | undefined): Fields {
  const variables = new Set(form.map(({ variable }) => variable));
  const others = Object.entries(before ?? {}).filter(([variable]) => !variables.has(variable));
  return { ...Object.fromEntries(others), ...inputsOf(form, values) };
}
