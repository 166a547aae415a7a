import type { FileMapping } from '../dify/files.ts';
import type { HumanAction, HumanInput, HumanInputForm } from '../dify/form.ts';
import type { FormValue } from '../dify/humanInput.ts';
import type { Conversation } from './conversation.ts';
import { isBlank, kindOf, type FieldValue, type FormValues, type InputControl } from './inputForm.ts';
import { fieldProblem } from './inputProblem.ts';
import type { Translate } from './failure.ts';
import type { Run, RunForm } from './run.ts';

export type { HumanAction, HumanInputForm };

/** A part of a form: text above, or the field of one of its inputs. */
export type FormPiece =
  | { readonly type: 'text'; /** Markdown. */ readonly text: string }
  | { readonly type: 'field'; readonly control: InputControl };

/** Whether the form may be answered here: one that goes out by e-mail is answered from there, whatever opens it. */
export function isAnsweredHere({ form_token, display_in_ui }: HumanInputForm): boolean {
  return display_in_ui && form_token !== undefined;
}

/** Whether one of the conversation's runs waits until a form is filled in. */
export function waitsForForm({ messages }: Pick<Conversation, 'messages'>): boolean {
  return messages.some(({ run }) => run.status.type === 'paused');
}

/** The forms that a run waits for. */
export function openForms(run: Run): readonly HumanInputForm[] {
  return run.status.type === 'paused' ? run.forms.filter(isOpen).map(({ form }) => form) : [];
}

/** Until when the form may be answered, in milliseconds since 1970; `undefined` where it is not told, or is no date. */
export function deadlineOf({ expiration_time: seconds = Infinity }: HumanInputForm): number | undefined {
  return Math.abs(seconds) <= lastSecond ? seconds * 1_000 : undefined;
}

/** The last that a date of JavaScript can be, in seconds since 1970. */
const lastSecond = 8.64e12;

export function isOpen({ state }: RunForm): boolean {
  return state.type === 'open';
}

/**
 * The form from its top to its end. An input stands where its owner put it, and a line that introduces it, like `Comment:` or a bold one,
 * is its label; one that is nowhere in the text comes below. An input's place that is named again stays empty.
 */
export function piecesOf({
  form_content,
  inputs,
}: Pick<HumanInputForm, 'form_content' | 'inputs'>): readonly FormPiece[] {
  const rest = new Map(inputs.map((input) => [input.output_variable_name, input]));
  const pieces: FormPiece[] = [];
  // Every other part is the name in a placeholder.
  const parts = form_content.split(/\{\{#\$output\.([^{}#]+)#\}\}/);
  for (const [index, part] of parts.entries()) {
    if (index % 2 === 1) continue;
    const name = parts[index + 1] ?? '';
    const input = rest.get(name);
    const { text, label } = input === undefined ? { text: part, label: '' } : introduced(part);
    if (text.trim() !== '') pieces.push({ type: 'text', text });
    if (input !== undefined) pieces.push({ type: 'field', control: controlOf(input, label) });
    rest.delete(name);
  }
  return [...pieces, ...[...rest.values()].map((input) => ({ type: 'field' as const, control: controlOf(input, '') }))];
}

/** Longest line that is a label. */
const longestLabel = 80;

/** The last line of a text apart from it, if it introduces what follows. */
function introduced(text: string): { readonly text: string; readonly label: string } {
  const whole = text.trimEnd();
  const start = whole.lastIndexOf('\n') + 1;
  const line = whole.slice(start).trim();
  const bold = /^(\*\*|__)([^*_]+)\1$/.exec(line)?.[2];
  const plain = /^[^*_#>|`]+[:：]$/.test(line) ? line : undefined;
  const label = (bold ?? plain ?? '').replace(/[:：]$/, '').trim();
  return label === '' || line.length > longestLabel ? { text, label: '' } : { text: whole.slice(0, start), label };
}

/** The fields of a form, in the order in which they are shown. */
export function controlsOf(form: Pick<HumanInputForm, 'form_content' | 'inputs'>): readonly InputControl[] {
  return piecesOf(form).flatMap((piece) => (piece.type === 'field' ? [piece.control] : []));
}

/** Every input has to be sent: of those that may be empty an empty text, or no file, counts as given. */
function controlOf(input: HumanInput, label: string): InputControl {
  const { type, output_variable_name: variable, initial, options, number_limits } = input;
  const isFile = type === 'file' || type === 'file-list';
  return {
    type: type === 'select' || type === 'paragraph' || isFile ? type : 'text-input',
    variable,
    label: label || variable,
    required: type === 'file' || (type === 'select' && options.length > 0),
    initial,
    maxLength: type === 'file-list' ? number_limits : undefined,
    options,
    files: isFile ? rulesOf(input) : undefined,
    jsonSchema: undefined,
    hint: undefined,
    hidden: false,
  };
}

function rulesOf(input: HumanInput): InputControl['files'] {
  return {
    allowedFileTypes: input.allowed_file_types,
    allowedFileExtensions: input.allowed_file_extensions,
    allowedFileUploadMethods: input.allowed_file_upload_methods,
  };
}

/** What is to be mended before the form can be sent, by variable: the same for every action. */
export function answerProblems(
  controls: readonly InputControl[],
  values: FormValues,
  t: Translate,
): Readonly<Record<string, string>> {
  const found = controls.map((control) => [control.variable, fieldProblem(control, values[control.variable] ?? '', t)]);
  return Object.fromEntries(found.filter(([, sentence]) => sentence !== ''));
}

/** The answer as Dify takes it: all inputs, whatever the action, and nothing but texts and files. A number would end the run. */
export function answerInputs(
  controls: readonly InputControl[],
  values: FormValues,
): Readonly<Record<string, FormValue>> {
  return Object.fromEntries(
    controls.map((control) => [control.variable, answerInput(control, values[control.variable])]),
  );
}

function answerInput(control: InputControl, value: FieldValue = ''): FormValue {
  const kind = kindOf(control);
  if (kind !== 'file' && kind !== 'files') return typeof value === 'string' ? value : '';
  const files = typeof value === 'object' && !isBlank(value) ? value : [];
  // oxlint-disable-next-line typescript/no-unsafe-type-assertion -- What stands in a file field is a mapping that was made here.
  const mappings = files.map(({ mapping }) => mapping as unknown as FileMapping);
  return kind === 'files' ? mappings : (mappings[0] ?? '');
}
