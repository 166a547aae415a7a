import {
  fieldsOf,
  firstValue,
  inputsOf,
  isBlank,
  kindOf,
  valuesOf,
  type FieldValue,
  type FormValues,
} from '../../../conversation/inputForm.ts';
import { fieldProblem, formProblems } from '../../../conversation/inputProblem.ts';
import type { InputControl } from '../../../dify/inputForm.ts';
import type { Fields } from '../../../dify/json.ts';
import { t } from '../../words.ts';
import { askField } from './askField.ts';
import type { InputAsks, Row } from '../../files/asks.ts';
import type { Completed, FormRequest } from './completeInputs.ts';
import { lastValues, rememberValues } from './remembered.ts';

/** Lets the person change any field of inputs that were sent, before they are sent again; `undefined` if they give up. */
export async function changeInputs(
  request: Omit<FormRequest, 'filled'> & { readonly inputs: Fields },
  asks: InputAsks,
): Promise<Completed | undefined> {
  const { form, inputs } = request;
  const values = await changeValues(request, { ...valuesOf(form, inputs) }, asks);
  if (values === undefined || values === 'back') return undefined;
  return { type: 'inputs', inputs: inputsOf(form, values) };
}

/** Shows all fields until the person runs them. `back`: there is a step to go back to, and they went. @param values changed in place */
export async function changeValues(
  request: Omit<FormRequest, 'filled'>,
  values: Record<string, FieldValue>,
  asks: InputAsks,
): Promise<FormValues | 'back' | undefined> {
  const { app, form } = request;
  const fields = fieldsOf(form);
  const changed = new Set<InputControl>();
  let active = 'run';
  for (;;) {
    const problems = formProblems(fields, values, t);
    const rows = [runRow(problems.length), ...fields.map((field) => rowOf(field, values[field.variable]))];
    const title = t('{app}: All Fields', { app: app.name });
    const placeholder = t('Choose a field to change it.');
    const said = await asks.choose({ title, canGoBack: true, placeholder, rows, active, hasMore: false });
    if (said === undefined || said === 'back') return said;
    if (said === 'all') continue;
    // Never refused without a word: it leads to what is to be mended.
    const wanted = said.id === 'run' ? problems[0]?.variable : said.id.slice(1);
    const field = fields.find(({ variable }) => variable === wanted);
    if (field === undefined) break;
    active = (await changeField(request, field, values, asks)) ? 'run' : `.${field.variable}`;
    changed.add(field);
  }
  await rememberValues(request, [...changed], values);
  return values;
}

/** Whether a value was given. What was typed stays on the way back, and goes by Esc. */
async function changeField(
  request: Omit<FormRequest, 'filled'>,
  control: InputControl,
  values: Record<string, FieldValue>,
  asks: InputAsks,
): Promise<boolean> {
  const { variable, label } = control;
  const before = values[variable] ?? firstValue(control);
  const title = t('{app}: {field}', { app: request.app.name, field: label });
  const last = lastValues(request)[variable];
  let value = before;
  const keep = (changed: FieldValue): void => {
    value = changed;
  };
  const step = { title, canGoBack: true, control, value: before, last, hasMore: false, changed: keep };
  const said = await askField(step, asks, request.uploads);
  const typed = said === 'back' ? value : before;
  values[variable] = typeof said === 'object' ? said.value : typed;
  return typeof said === 'object';
}

function runRow(problems: number): Row {
  const attention = problems === 1 ? t('1 field needs attention') : t('{n} fields need attention', { n: problems });
  return { id: 'run', label: t('Run'), icon: 'play', description: problems === 0 ? '' : attention };
}

function rowOf(control: InputControl, value: FieldValue = ''): Row {
  const { label, required, variable } = control;
  const problem = fieldProblem(control, value, t);
  const description = isBlank(value) ? (required ? '' : t('Not set')) : shown(value);
  const detail = problem === '' ? {} : { detail: problem };
  return { id: `.${variable}`, label, description, icon: problem === '' ? iconOf(control) : 'warning', ...detail };
}

function shown(value: FieldValue): string {
  if (typeof value === 'boolean') return value ? t('Yes') : t('No');
  if (typeof value !== 'string') return value.map(({ name }) => name || t('Uploaded File')).join(', ');
  const flat = value.trim().replaceAll(/\s+/g, ' ');
  return flat.length > 60 ? `${flat.slice(0, 60)}…` : flat;
}

function iconOf(control: InputControl): string {
  const icons: Readonly<Record<ReturnType<typeof kindOf>, string>> = {
    line: 'symbol-string',
    paragraph: 'list-flat',
    select: 'list-selection',
    number: 'symbol-number',
    checkbox: 'checklist',
    file: 'file',
    files: 'files',
    json: 'json',
  };
  return icons[kindOf(control)];
}
