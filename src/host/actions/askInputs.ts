import { window, type Memento, type QuickPickItem } from 'vscode';
import { inputProblems } from '../../dify/inputCheck.ts';
import type { InputControl } from '../../dify/inputForm.ts';
import type { App } from '../app.ts';
import { t } from '../words.ts';

/** Asks for the inputs that nothing fills yet; `undefined` if the person gives up. */
export async function askInputs(
  app: App,
  form: readonly InputControl[],
  filled: Readonly<Record<string, string>>,
  remembered: Memento,
): Promise<Record<string, string> | undefined> {
  const inputs: Record<string, string> = { ...filled };
  const left = form.filter(({ variable }) => !Object.hasOwn(filled, variable));
  const asked = left.filter(({ required, initial }) => required && initial === '');
  const file = asked.find(({ type }) => type === 'file' || type === 'file-list');
  if (file !== undefined) {
    void window.showWarningMessage(
      t('{app} needs a file ({field}). That cannot be given here yet.', { app: app.name, field: file.label }),
    );
    return undefined;
  }
  for (const control of asked) {
    const key = `input:${app.id}:${control.variable}`;
    const value = await askValue(control, control.options, remembered.get<string>(key));
    if (value === undefined) return undefined;
    await remembered.update(key, value);
    inputs[control.variable] = value;
  }
  for (const { variable, initial } of left) if (initial !== '') inputs[variable] ??= initial;
  return inputs;
}

/** One value: picked where there are choices, else typed. What was given last time comes first. */
async function askValue(
  control: InputControl,
  choices: readonly string[],
  last: string | undefined,
): Promise<string | undefined> {
  if (choices.length === 0) return await typeValue(control, last);
  const known =
    last === undefined || choices.includes(last) || control.options.length > 0 ? choices : [last, ...choices];
  const first = last !== undefined && known.includes(last) ? last : control.initial;
  const ordered = [...known].sort((a, b) => Number(b === first) - Number(a === first));
  const items: QuickPickItem[] = ordered.map((label) => ({ label, description: label === last ? t('last time') : '' }));
  const other = { label: t('Other…') };
  const offered = control.options.length === 0 ? [...items, other] : items;
  const picked = await window.showQuickPick(offered, { title: control.label, ignoreFocusOut: true });
  return picked === other ? await typeValue(control, last) : picked?.label;
}

async function typeValue(control: InputControl, last: string | undefined): Promise<string | undefined> {
  return await window.showInputBox({
    title: control.label,
    value: last ?? control.initial,
    ignoreFocusOut: true,
    validateInput: (value) => problemOf(control, value),
  });
}

/** What the server would refuse is told while it is typed; it takes an empty text for a required input, which is hardly meant. */
function problemOf(control: InputControl, value: string): string | undefined {
  const { required, maxLength = 0, variable } = control;
  if (required && value.trim() === '') return t('The app needs a value here.');
  switch (inputProblems([control], { [variable]: value })[0]?.problem) {
    case 'notANumber':
      return t('Enter a number, for example 12.');
    case 'tooLong':
      return t('Too long by {n} characters.', { n: Array.from(value).length - maxLength });
    default:
      return undefined;
  }
}
