import type { Fields } from '../dify/json.ts';
import { isFields } from '../dify/json.ts';
import type { Message, SentFile } from './conversation.ts';
import {
  fieldsOf,
  kindOf,
  nameInAddress,
  valuesOf,
  type FieldFile,
  type FieldValue,
  type FormValues,
  type InputControl,
} from './inputForm.ts';

/**
 * Whether apps of the mode are run by their form and keep no conversation. Each run is a message of a conversation that is ours alone:
 * Dify has no name for it, and remembers nothing from one run to the next.
 */
export function isRunApp(mode: string): boolean {
  return mode === 'completion' || mode === 'workflow';
}

/** One value that an app was run with, as people read it; `true` and `false` of a box that is ticked or not. */
export interface ShownInput {
  readonly label: string;
  readonly value: string | boolean;
}

/** What an app was run with, in the form's order. What was not given is not in it; what the form no longer asks for is. */
export function shownInputs(
  form: readonly InputControl[],
  { inputs = {}, files }: Pick<Message, 'inputs' | 'files'>,
): readonly ShownInput[] {
  const known = new Set(form.map(({ variable }) => variable));
  const values = named(valuesOf(form, inputs), files);
  return [
    ...fieldsOf(form)
      .filter(({ variable }) => Object.hasOwn(inputs, variable))
      .map((control) => ({ label: control.label, value: shown(values[control.variable]) })),
    ...Object.entries(inputs)
      .filter(([variable]) => !known.has(variable))
      .map(([label, value]) => ({ label, value: shownRaw(value, files) })),
  ].filter(({ value }) => value !== '');
}

/** So many characters of a value stand for it in one line. */
const short = 60;

/** What tells runs apart, in one line: "Ada Lovelace, X200 router". A ticked box says its label. '' where nothing was given. */
export function inputsLine(form: readonly InputControl[], run: Pick<Message, 'inputs' | 'files'>): string {
  const parts = shownInputs(form, run).map(({ label, value }) => (value === true ? label : value || ''));
  const lines = parts.map((part) => part.replaceAll(/\s+/g, ' ').trim().slice(0, short).toWellFormed());
  return lines.filter((part) => part !== '').join(', ');
}

/** What stands in the form's fields to run the app again: the inputs of a run, its files with the names that they had here. */
export function runValues(
  form: readonly InputControl[],
  { inputs = {}, files }: Pick<Message, 'inputs' | 'files'>,
): FormValues {
  return named(valuesOf(form, inputs), files);
}

/** The files in the fields of a form, as the message that is sent with them keeps them. */
export function filesIn(form: readonly InputControl[], values: FormValues): readonly SentFile[] {
  const fields = form.filter((control) => kindOf(control) === 'file' || kindOf(control) === 'files');
  return fields.flatMap(({ variable }) => filesOf(values[variable]).map(sentFile));
}

function sentFile({ name, size, mapping }: FieldFile): SentFile {
  const { type } = mapping;
  return { name, type: typeof type === 'string' ? type : 'custom', size, mapping, thumbnail: undefined };
}

function filesOf(value: FieldValue | undefined): readonly FieldFile[] {
  return Array.isArray(value) ? value : [];
}

/** Dify knows an upload by its id only. */
function named(values: FormValues, files: readonly SentFile[]): FormValues {
  if (files.length === 0) return values;
  return Object.fromEntries(
    Object.entries(values).map(([variable, value]) => [
      variable,
      Array.isArray(value) ? value.map((file) => withName(file, files)) : value,
    ]),
  );
}

function withName(file: FieldFile, files: readonly SentFile[]): FieldFile {
  const sent = files.find(({ mapping }) => isSame(mapping, file.mapping));
  return sent === undefined ? file : { ...file, name: sent.name, size: sent.size };
}

/** Whether both name the same upload, or the same address. */
function isSame(one: Fields, other: Fields): boolean {
  return fileId(one) !== undefined && fileId(one) === fileId(other);
}

function fileId({ upload_file_id: upload, url }: Fields): unknown {
  return upload ?? url;
}

function shown(value: FieldValue | undefined): string | boolean {
  if (typeof value === 'boolean') return value;
  if (typeof value === 'string') return value.trim();
  return filesOf(value).map(nameOf).join(', ');
}

function nameOf({ name, mapping: { upload_file_id: id } }: Pick<FieldFile, 'name' | 'mapping'>): string {
  return name || (typeof id === 'string' ? id : '');
}

function isFile(value: unknown): value is Fields {
  return isFields(value) && fileId(value) !== undefined;
}

/** A value that no field of the form has any more. */
function shownRaw(value: unknown, files: readonly SentFile[]): string | boolean {
  if (typeof value === 'boolean' || typeof value === 'string') return value;
  const all: readonly unknown[] = Array.isArray(value) ? value : [value];
  if (all.length === 0 || value === null || value === undefined) return '';
  if (!all.every(isFile)) return JSON.stringify(value, null, 2);
  return all.map((mapping) => nameOf(withName({ name: nameAt(mapping), mapping }, files))).join(', ');
}

function nameAt({ url }: Fields): string {
  return typeof url === 'string' && URL.canParse(url) ? nameInAddress(url) : '';
}
