import type { Control, FormEntry } from './apps.ts';
import { internalServerError, invalidParam } from './errors.ts';
import { lengthOf, repr } from './python.ts';
import type { Inputs } from './store.ts';

/**
 * The inputs that the app's form knows, checked control by control in the form's order; others are dropped.
 *
 * @throws {ApiError} 400 `invalid_param` for the first that is refused; 500 for a list or object sent as a number, as the server does.
 */
export function checkedInputs(form: readonly FormEntry[], sent: Inputs): Inputs {
  const controls = form.flatMap((entry) => Object.entries(entry)).filter(([type]) => type !== 'external_data_tool');
  const inputs = Object.fromEntries(
    controls.map(([type, control]) => [control.variable, withoutNul(checked(type, control, sent[control.variable]))]),
  );
  const nested = Object.keys(inputs).filter((variable) => isPlainObject(inputs[variable]));
  if (nested.length > 0) throw invalidParam(`Invalid input type for ${repr(nested)}`);
  return inputs;
}

function checked(type: string, control: Control, value: unknown): unknown {
  if (value === undefined || value === null) {
    if (control.required) throw invalidParam(`${control.variable} is required in input form`);
    // Basic apps keep no default on the server: the client fills it in.
    return null;
  }
  switch (type) {
    case 'text-input':
    case 'paragraph':
      return checkedText(type, control, value);
    case 'select':
      return checkedChoice(type, control, value);
    case 'number':
      return checkedNumber(control, value);
    case 'checkbox':
      return checkedFlag(value);
    default:
      return value;
  }
}

function checkedText(type: string, control: Control, value: unknown): string {
  const text = asString(type, control, value);
  if (control.max_length !== undefined && control.max_length > 0 && lengthOf(text) > control.max_length) {
    // Dify says "less than" and means "at most".
    throw invalidParam(`${control.variable} in input form must be less than ${control.max_length} characters`);
  }
  return text;
}

function checkedChoice(type: string, control: Control, value: unknown): string {
  const text = asString(type, control, value);
  const options = control.options ?? [];
  if (!options.includes(text)) {
    throw invalidParam(`${control.variable} in input form must be one of the following: ${repr(options)}`);
  }
  return text;
}

function asString(type: string, control: Control, value: unknown): string {
  if (typeof value === 'string') return value;
  throw invalidParam(`(type '${type}') ${control.variable} in input form must be a string`);
}

function checkedNumber(control: Control, value: unknown): unknown {
  if (typeof value === 'number' || typeof value === 'boolean') return value;
  if (typeof value !== 'string') throw internalServerError();
  if (value.trim() === '') return null;
  // Python reads a text with a point as a float, any other as an integer.
  const number = value.includes('.') ? /^[+-]?(?:\d+\.\d*|\.\d+)(?:e[+-]?\d+)?$/i : /^[+-]?\d+$/;
  if (number.test(value.trim())) return Number(value);
  throw invalidParam(`${control.variable} in input form must be a valid number`);
}

function checkedFlag(value: unknown): unknown {
  if (value === 1) return true;
  if (value === 0) return false;
  if (typeof value !== 'string') return value;
  const word = value.trim().toLowerCase();
  if (['true', '1', 'yes', 'on'].includes(word)) return true;
  if (['false', '0', 'no', 'off'].includes(word)) return false;
  return value;
}

function withoutNul(value: unknown): unknown {
  return typeof value === 'string' ? value.replaceAll('\u0000', '') : value;
}

function isPlainObject(value: unknown): boolean {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
