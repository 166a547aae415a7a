import type { Control, FormEntry } from './apps.ts';
import { type FileCall, inputFile, inputFiles } from './files/mappings.ts';
import { SentFile } from './files/store.ts';
import { internalServerError, invalidParam } from './http/errors.ts';
import { lengthOf, repr, typeName } from './http/python.ts';
import type { Inputs } from './history/store.ts';

/**
 * The inputs that the app's form knows, checked control by control in the form's order; others are dropped. Files are `SentFile`s then.
 *
 * @throws {ApiError} 400 `invalid_param` for the first that is refused; 500 for a list or object sent as a number, as the server does.
 */
export function checkedInputs(call: FileCall, form: readonly FormEntry[], sent: Inputs): Inputs {
  const fields = form
    .flatMap((entry) => Object.entries(entry))
    .filter(([type]) => type !== 'external_data_tool')
    .map(([type, control]): Field => ({ type, control, call }));
  const inputs = Object.fromEntries(
    fields.map((field) => [field.control.variable, withoutNul(checked(field, sent[field.control.variable]))]),
  );
  for (const { control, type } of fields) {
    if (type === 'file' || type === 'file-list')
      inputs[control.variable] = filesIn(call, control, inputs[control.variable]);
  }
  refuseObjects(
    fields.filter(({ type }) => type !== 'json_object').map(({ control }) => control.variable),
    inputs,
  );
  return inputs;
}

interface Field {
  readonly type: string;
  readonly control: Control;
  readonly call: FileCall;
}

function checked({ call, control, type }: Field, sent: unknown): unknown {
  if ((sent ?? null) === null && control.required) throw invalidParam(`${control.variable} is required in input form`);
  const value = sent ?? defaultOf(call, control);
  if (value === null) return null;
  return (checks[type] ?? unchecked)(value, { call, control, type });
}

/** Basic apps keep no default on the server: the client fills it in. */
function defaultOf({ app }: FileCall, control: Control): unknown {
  const keeps = app.mode === 'workflow' || app.mode === 'advanced-chat';
  return keeps && control.default !== '' ? (control.default ?? null) : null;
}

type ValueCheck = (value: unknown, field: Field) => unknown;

const unchecked: ValueCheck = (value) => value;

const checks: Readonly<Record<string, ValueCheck>> = {
  'text-input': checkedText,
  paragraph: checkedText,
  select: checkedChoice,
  number: checkedNumber,
  checkbox: checkedFlag,
  file: checkedFile,
  'file-list': checkedFiles,
  json_object: checkedObject,
};

function filesIn(call: FileCall, control: Control, value: unknown): unknown {
  if (isObjects(value)) return inputFiles(call, control, value);
  return isPlainObject(value) ? inputFile(call, control, value) : value;
}

/** What only a control for JSON may hold. */
function refuseObjects(variables: readonly string[], inputs: Inputs): void {
  const objects = variables.filter((variable) => isRaw(inputs[variable]));
  if (objects.length > 0) throw invalidParam(`Invalid input type for ${repr(objects)}`);
  const lists = variables.filter((variable) => {
    const value = inputs[variable];
    return Array.isArray(value) && value.some(isRaw);
  });
  if (lists.length > 0) throw invalidParam(`Invalid input type for ${repr(lists)}`);
}

function checkedText(value: unknown, { control, type }: Field): string {
  const text = asString(type, control, value);
  if (control.max_length !== undefined && control.max_length > 0 && lengthOf(text) > control.max_length) {
    // Dify says "less than" and means "at most".
    throw invalidParam(`${control.variable} in input form must be less than ${control.max_length} characters`);
  }
  return text;
}

function checkedChoice(value: unknown, { control, type }: Field): string {
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

function checkedNumber(value: unknown, { control }: Field): unknown {
  if (typeof value === 'number' || typeof value === 'boolean') return value;
  if (typeof value !== 'string') {
    const given = `${typeName(value)}'>, value: ${repr(value)}`;
    throw internalServerError(`expected value type int, float or str, got <class '${given}`);
  }
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

/** What an empty picker sends is no file. */
function checkedFile(value: unknown, { control }: Field): unknown {
  if (value === '' && !control.required) return null;
  if (!isPlainObject(value)) throw invalidParam(`${control.variable} in input form must be a file`);
  return value;
}

function checkedFiles(value: unknown, { control }: Field): unknown {
  if (value === '' && !control.required) return null;
  if (!isObjects(value)) throw invalidParam(`${control.variable} in input form must be a list of files`);
  const most = control.max_length ?? 0;
  // Dify says "less than" and means "at most".
  if (most > 0 && value.length > most) {
    throw invalidParam(`${control.variable} in input form must be less than ${most} files`);
  }
  return value;
}

function checkedObject(value: unknown, { call, control }: Field): unknown {
  const fault = call.server.generation.jsonFault(value);
  if (fault !== undefined) throw invalidParam(`${control.variable} in input form must be ${fault}`);
  return value;
}

function withoutNul(value: unknown): unknown {
  return typeof value === 'string' ? value.replaceAll('\u0000', '') : value;
}

function isObjects(value: unknown): value is readonly object[] {
  return Array.isArray(value) && value.every(isPlainObject);
}

function isRaw(value: unknown): boolean {
  return isPlainObject(value) && !(value instanceof SentFile);
}

function isPlainObject(value: unknown): value is object {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
