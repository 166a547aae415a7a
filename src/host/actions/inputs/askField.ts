import { kindOf, type FieldFile, type FieldValue } from '../../../conversation/inputForm.ts';
import { countedOf, fieldProblem, typingProblem } from '../../../conversation/inputProblem.ts';
import type { InputControl } from '../../../dify/inputForm.ts';
import { t } from '../../words.ts';
import { askFiles } from './askFiles.ts';
import type { InputAsks, LineQuestion, Row, RowQuestion, Said, Sheet } from '../../files/asks.ts';
import type { Uploads } from '../../files/uploads.ts';

/** Where the question stands, and what is known of the answer. */
export interface FieldStep {
  readonly title: string;
  readonly canGoBack: boolean;
  readonly control: InputControl;
  readonly value: FieldValue;
  /** What was given the last time. */
  readonly last: FieldValue | undefined;
  /** Whether the other fields can be looked at. */
  readonly hasMore: boolean;
  readonly changed: (value: FieldValue) => void;
}

/** The answer in an object, so that it is told from a step back. */
export interface Given {
  readonly value: FieldValue;
}

/** Asks for one field with the box that its kind of control calls for. */
export async function askField(step: FieldStep, asks: InputAsks, uploads: Uploads): Promise<Said<Given>> {
  const { control, value } = step;
  switch (kindOf(control)) {
    case 'select':
      return await askOption(step, asks);
    case 'checkbox':
      return await askYesOrNo(step, asks);
    case 'file':
    case 'files': {
      const files: readonly FieldFile[] = typeof value === 'object' ? value : [];
      return given(await askFiles({ ...step, files }, asks, uploads));
    }
    case 'paragraph':
    case 'json':
      return await askLines(step, asks);
    case 'line':
    case 'number':
      return await askLine(step, asks);
  }
}

async function askLine(step: FieldStep, asks: InputAsks): Promise<Said<Given>> {
  const said = await asks.line(lineQuestion(step, undefined));
  return typeof said === 'object' ? { value: said.text } : said;
}

function lineQuestion(step: FieldStep, editor: Sheet | undefined): LineQuestion {
  const { title, canGoBack, control, value, hasMore, changed } = step;
  const several = editor === undefined ? [] : [t('For several lines there is a button above.')];
  return {
    title,
    canGoBack,
    prompt: [control.hint ?? '', ...(control.required ? [] : [t('(optional)')]), ...several].filter(Boolean).join(' '),
    placeholder: placeholderOf(control),
    value: typeof value === 'string' ? value : '',
    typing: (text) => typingProblem(control, text, t),
    problem: (text) => fieldProblem(control, text, t),
    counted: (text) => countedOf(control, text),
    editor,
    hasMore,
    changed,
  };
}

function placeholderOf(control: InputControl): string {
  const kind = kindOf(control);
  return kind === 'number' ? '12' : kind === 'json' ? '{"name": "Ada"}' : '';
}

/** A box holds one line and drops the ends of others, so text of several never enters one. */
async function askLines(step: FieldStep, asks: InputAsks): Promise<Said<Given>> {
  let value = typeof step.value === 'string' ? step.value : '';
  for (;;) {
    const ask = value.includes('\n') ? askSeveralLines : askFirstLines;
    const said = await ask({ ...step, value }, asks);
    if (typeof said !== 'object' || said.isDone) return said;
    value = said.value;
    step.changed(value);
  }
}

/** Text, and whether it is the answer; else it is shown as it is now. */
interface Written {
  readonly value: string;
  readonly isDone: boolean;
}

async function askFirstLines(step: FieldStep, asks: InputAsks): Promise<Said<Written>> {
  const said = await asks.line(lineQuestion(step, sheetOf(step)));
  if (typeof said !== 'object') return said;
  const { text } = said;
  return { value: text, isDone: fieldProblem(step.control, text, t) === '' };
}

async function askSeveralLines(step: FieldStep & Pick<Written, 'value'>, asks: InputAsks): Promise<Said<Written>> {
  const { control, value } = step;
  const said = await asks.choose(linesQuestion(step, value));
  if (typeof said !== 'object') return said;
  if (said.id === 'use') return { value, isDone: true };
  if (said.id === 'clear') return { value: '', isDone: false };
  const written = await asks.write(sheetOf(step), value);
  if (written === undefined) return { value, isDone: false };
  return { value: written, isDone: fieldProblem(control, written, t) === '' };
}

function sheetOf({ control }: FieldStep): Sheet {
  return { name: control.label, language: kindOf(control) === 'json' ? 'json' : 'plaintext' };
}

function linesQuestion({ title, canGoBack, control, hasMore }: FieldStep, value: string): RowQuestion {
  const problem = fieldProblem(control, value, t);
  const counted = countedOf(control, value);
  const about = [t('{n} lines', { n: value.split('\n').length }), counted].filter((word) => word !== '').join(' · ');
  const use: Row = { id: 'use', label: t('Use This Text'), icon: 'check', description: about, detail: begin(value) };
  return {
    title,
    canGoBack,
    placeholder: problem,
    rows: [
      ...(problem === '' ? [use] : []),
      { id: 'edit', label: t('Edit in an Editor…'), icon: 'edit' },
      { id: 'clear', label: t('Start Over'), icon: 'clear-all' },
    ],
    active: problem === '' ? 'use' : 'edit',
    hasMore,
  };
}

function begin(text: string): string {
  const flat = text.trim().replaceAll(/\s+/g, ' ');
  return flat.length > 90 ? `${flat.slice(0, 90)}…` : flat;
}

async function askOption(step: FieldStep, asks: InputAsks): Promise<Said<Given>> {
  const { control, value, last } = step;
  // What was given last time comes first.
  const ordered = control.options.toSorted((a, b) => Number(b === last) - Number(a === last));
  const rows: readonly Row[] = ordered.map((option, index) => ({
    id: String(index),
    label: option,
    ...(option === last ? { description: t('last time') } : {}),
  }));
  const none: readonly Row[] = control.required ? [] : [{ id: 'none', label: t('Not set'), icon: 'circle-slash' }];
  const stands = typeof value === 'string' ? ordered.indexOf(value) : -1;
  const active = stands >= 0 ? String(stands) : none[0]?.id;
  const placeholder = typeof value === 'string' ? typingProblem(control, value, t) || hintOf(control) : '';
  const said = await asks.choose({ ...placeOf(step), placeholder, rows: [...none, ...rows], active });
  if (typeof said !== 'object') return said;
  return { value: said.id === 'none' ? '' : (ordered[Number(said.id)] ?? '') };
}

async function askYesOrNo(step: FieldStep, asks: InputAsks): Promise<Said<Given>> {
  const { control, value, last } = step;
  const row = (id: 'yes' | 'no', label: string, means: boolean): Row => ({
    id,
    label,
    icon: means ? 'check' : 'close',
    ...(last === means ? { description: t('last time') } : {}),
  });
  const rows = [row('yes', t('Yes'), true), row('no', t('No'), false)];
  const active = value === true ? 'yes' : 'no';
  const said = await asks.choose({ ...placeOf(step), placeholder: hintOf(control), rows, active });
  return typeof said === 'object' ? { value: said.id === 'yes' } : said;
}

function placeOf({ title, canGoBack, hasMore }: FieldStep): Pick<RowQuestion, 'title' | 'canGoBack' | 'hasMore'> {
  return { title, canGoBack, hasMore };
}

function hintOf({ hint = '', required }: InputControl): string {
  return hint !== '' || required ? hint : t('(optional)');
}

function given(said: Said<readonly FieldFile[]>): Said<Given> {
  return typeof said === 'object' ? { value: said } : said;
}
