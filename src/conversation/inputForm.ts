import type { InputControl } from '../dify/inputForm.ts';
import { isFields, parseJson, type Fields } from '../dify/json.ts';

export type { InputControl };

/** A file that was chosen for a field and is ready to be sent. */
export interface FieldFile {
  /** '' where only Dify knows it. */
  readonly name: string;
  /** How `inputs` names it: a `FileMapping`, or what an earlier request had. */
  readonly mapping: Fields;
  /** Bytes; absent where it is not known. */
  readonly size?: number | undefined;
}

/** What stands in a field: a checkbox has a boolean, a file field its files, every other one text; '' and no file is nothing. */
export type FieldValue = string | boolean | readonly FieldFile[];

/** What stands in the fields of a form, by variable. */
export type FormValues = Readonly<Record<string, FieldValue>>;

/** How a field is filled in. Controls that are not known are lines of text. */
export type FieldKind = 'line' | 'paragraph' | 'select' | 'number' | 'checkbox' | 'file' | 'files' | 'json';

const kinds: Readonly<Record<string, FieldKind>> = {
  paragraph: 'paragraph',
  select: 'select',
  number: 'number',
  checkbox: 'checkbox',
  file: 'file',
  'file-list': 'files',
  json_object: 'json',
};

export function kindOf({ type }: Pick<InputControl, 'type'>): FieldKind {
  return kinds[type] ?? 'line';
}

/** The controls that a person fills in, in the owner's order. */
export function fieldsOf(form: readonly InputControl[]): readonly InputControl[] {
  return form.filter(({ hidden, type }) => !hidden && type !== 'external_data_tool');
}

/** What stands in every field at first: the owner's defaults, which text generators and chatbots do not apply themselves. */
export function firstValues(form: readonly InputControl[]): FormValues {
  return Object.fromEntries(form.map((control) => [control.variable, firstValue(control)]));
}

export function firstValue(control: InputControl): FieldValue {
  const { initial, options } = control;
  switch (kindOf(control)) {
    case 'checkbox':
      return initial === 'true';
    case 'select':
      return options.includes(initial) ? initial : '';
    case 'file':
    case 'files':
      return [];
    default:
      return initial;
  }
}

/** Whether nothing was given: the server would miss a required one, or take an empty text that is hardly meant. */
export function isBlank(value: FieldValue): boolean {
  return typeof value === 'string' ? value.trim() === '' : Array.isArray(value) && value.length === 0;
}

/**
 * The values as Dify takes them. What was not given is left out, but for a text: emptied, it goes before a default that the server
 * would put in its place. Broken values go as they are; `formProblems` tells of them before.
 */
export function inputsOf(form: readonly InputControl[], values: FormValues): Fields {
  return Object.fromEntries(
    form.flatMap((control) => {
      if (control.type === 'external_data_tool') return [];
      const value = inputOf(control, values[control.variable] ?? firstValue(control));
      return value === undefined ? [] : [[control.variable, value]];
    }),
  );
}

function inputOf(control: InputControl, value: FieldValue): unknown {
  if (typeof value === 'boolean') return value;
  if (typeof value !== 'string') return filesInput(kindOf(control), value);
  const kind = kindOf(control);
  // Nobody sees a hidden one: empty, it was not given.
  if ((kind === 'line' || kind === 'paragraph') && !control.hidden) return value;
  return isBlank(value) ? undefined : valueIn(kind, value);
}

function valueIn(kind: FieldKind, text: string): unknown {
  switch (kind) {
    case 'number':
      return numberIn(text) ?? text;
    case 'json':
      return parseJson(text) ?? text;
    default:
      return text;
  }
}

function filesInput(kind: FieldKind, files: readonly FieldFile[]): unknown {
  const mappings = files.map(({ mapping }) => mapping);
  if (kind === 'files') return mappings.length === 0 ? undefined : mappings;
  return mappings[0];
}

/** A number as people type it, also in full-width digits; `undefined` if it is none. Not `0x10`, not `1,5`: no server takes these. */
export function numberIn(text: string): number | undefined {
  const plain = text.normalize('NFKC').trim();
  const number = /^[+-]?(?:\d+\.?\d*|\.\d+)(?:e[+-]?\d+)?$/i.test(plain) ? Number(plain) : Number.NaN;
  return Number.isFinite(number) ? number : undefined;
}

/** What stands in the fields after these inputs were sent, to change them; {@link inputsOf} gives the same inputs again. */
export function valuesOf(form: readonly InputControl[], inputs: Fields): FormValues {
  return Object.fromEntries(form.map((control) => [control.variable, valueOf(control, inputs[control.variable])]));
}

function valueOf(control: InputControl, input: unknown): FieldValue {
  switch (kindOf(control)) {
    case 'checkbox':
      return input === true || (typeof input === 'string' && /^(?:true|1|yes|on)$/i.test(input.trim())) || input === 1;
    case 'file':
    case 'files':
      return (Array.isArray(input) ? input : [input]).filter(isFields).map(fileOf);
    case 'json':
      return isFields(input) ? JSON.stringify(input, null, 2) : textOf(input);
    default:
      return textOf(input);
  }
}

function fileOf(mapping: Fields): FieldFile {
  const { url } = mapping;
  return { name: typeof url === 'string' && URL.canParse(url) ? nameInAddress(url) : '', mapping };
}

/** The last part of an address's path, else its host. */
export function nameInAddress(url: string): string {
  const { hostname, pathname } = new URL(url);
  const name = pathname.slice(pathname.lastIndexOf('/') + 1);
  try {
    return decodeURIComponent(name) || hostname;
  } catch {
    // A percent sign that stands for itself.
    return name;
  }
}

function textOf(input: unknown): string {
  return typeof input === 'string' ? input : typeof input === 'number' ? String(input) : '';
}
