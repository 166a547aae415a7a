import type { InputControl } from '../dify/inputForm.ts';
import { isBlank, kindOf, type FieldValue, type FormValues } from './inputForm.ts';

const placeholder = /\{\{\s*([^{}\s]+)\s*\}\}/g;

/**
 * The opening statement or a starter with the form's values in the places of their `{{variable}}`s, as Dify's own web app fills them.
 * One without a value shows the label of its field in brackets; what no field is called stays as it is written.
 */
export function fillPlaceholders(text: string, form: readonly InputControl[], values: FormValues): string {
  return text.replace(placeholder, (written, variable: string) => {
    const control = form.find((each) => each.variable === variable);
    if (control === undefined) return written;
    return shownValue(control, values[variable]) ?? `[${control.label}]`;
  });
}

/** Whether a field that the text names is not filled in yet. */
export function hasOpenPlaceholder(text: string, form: readonly InputControl[], values: FormValues): boolean {
  return [...text.matchAll(placeholder)].some(([, variable]) => {
    const control = form.find((each) => each.variable === variable);
    return control !== undefined && shownValue(control, values[control.variable]) === undefined;
  });
}

/** The value as people read it: the names of files; `undefined` where nothing was given, or nothing that a sentence could hold. */
export function shownValue(control: InputControl, value: FieldValue = ''): string | undefined {
  if (typeof value === 'boolean') return undefined;
  if (isBlank(value) || kindOf(control) === 'json') return undefined;
  if (typeof value === 'string') return value.trim();
  const names = value.map(({ name }) => name).filter((name) => name !== '');
  return names.length === 0 ? undefined : names.join(', ');
}
