import type { QuickPickItem } from 'vscode';
import { proposeMapping, type Mapping } from '../../../conversation/inputMapping.ts';
import { variables, type Recipe } from '../../../conversation/recipe.ts';
import { variablesIn } from '../../../conversation/template.ts';
import type { InputControl } from '../../../dify/inputForm.ts';
import type { App } from '../../app.ts';
import { askText, type Answer } from '../../quickInput.ts';
import { askChoice } from '../../quickPick.ts';
import { t } from '../../words.ts';
import { templateWords, variableWords } from './mappingWords.ts';

interface Editing {
  readonly title: string;
  readonly recipe: Recipe;
  readonly app: App;
  readonly form: readonly InputControl[];
}

/** Templates by variable, as a recipe has them. */
type Inputs = Readonly<Record<string, string>>;

/** Shows what goes into each input, and lets the person change it. What they leave alone is proposed anew each time, as ever. */
export async function editMapping(editing: Editing): Promise<Answer<Inputs>> {
  let { inputs } = editing.recipe;
  let last: InputControl | undefined;
  for (;;) {
    const pressed = await askRow(editing, inputs, last);
    if (pressed === undefined || pressed === 'back') return pressed;
    if (pressed === 'done') return inputs;
    if (pressed === 'fact') continue;
    last = pressed;
    inputs = await changed(editing, inputs, pressed);
  }
}

async function askRow(
  { title, recipe, app, form }: Editing,
  inputs: Inputs,
  last: InputControl | undefined,
): Promise<Answer<InputControl | 'fact' | 'done'>> {
  const mapping = proposeMapping({ ...recipe, inputs }, app.mode, form);
  const rows = form.map((control) => ({
    label: control.label,
    description: goesInto(mapping.inputs[control.variable], control),
    detail: factsOf(control),
    control,
  }));
  const done = { label: `$(check) ${t('Use This Mapping')}`, description: '', detail: '', control: 'done' as const };
  const all = [done, ...factsOfMapping(recipe, mapping), ...rows];
  const pressed = await askChoice<(typeof all)[number]>({
    title: t('{recipe}: What Goes into {app}', { recipe: title, app: app.name }),
    placeholder: t('Choose an input to change it'),
    rows: all,
    active: all.find(({ control }) => control === last && last !== undefined) ?? done,
    back: true,
    stays: true,
  });
  if (pressed === undefined || pressed === 'back') return pressed;
  return pressed.row?.control ?? 'done';
}

/** What follows from the rest, and is not to be changed here. */
function factsOfMapping({ instruction }: Recipe, { inputs, query }: Mapping) {
  const fact = { detail: '', control: 'fact' as const };
  const asked = query === '' ? [] : [{ ...fact, label: t('question'), description: templateWords(query) }];
  const isSent = [...Object.values(inputs), query].some((template) => variablesIn(template).has('instruction'));
  const lost = { ...fact, label: t('instruction'), description: t('not sent: choose the input that takes it') };
  return instruction === '' || isSent ? asked : [...asked, lost];
}

function goesInto(template: string | undefined, { required, initial }: InputControl): string {
  if (template !== undefined) return templateWords(template);
  if (initial !== '') return t('left at “{value}”', { value: initial });
  return required ? t('asked each time') : t('left empty');
}

function factsOf({ type, variable, required, options }: InputControl): string {
  const choices = options.length === 0 ? [] : [options.slice(0, 6).join(', ')];
  return [variable, type, ...(required ? [t('required')] : []), ...choices].join(' · ');
}

/** What an input can be set to. */
interface Source extends QuickPickItem {
  /** `undefined`: as proposed. */
  readonly template: string | undefined;
  readonly typed?: boolean;
}

async function changed(editing: Editing, inputs: Inputs, control: InputControl): Promise<Inputs> {
  const rows = sourcesFor(control);
  const pressed = await askChoice<Source>({
    title: t('What goes into {field}?', { field: control.label }),
    placeholder: '',
    rows,
    active: rows.find(({ template, typed }) => typed !== true && template === inputs[control.variable]),
    back: true,
    stays: true,
  });
  const row = pressed === 'back' ? undefined : pressed?.row;
  if (row === undefined) return inputs;
  const template = row.typed === true ? await askTemplate(editing, inputs, control) : row.template;
  if (row.typed === true && template === undefined) return inputs;
  const others = Object.entries(inputs).filter(([variable]) => variable !== control.variable);
  return Object.fromEntries(template === undefined ? others : [...others, [control.variable, template]]);
}

function sourcesFor({ options, type }: InputControl): readonly Source[] {
  const proposed = { label: t('As proposed'), template: undefined };
  const open = { label: t('Nothing: the app’s default, or asked each time'), template: '' };
  const choices = options.map((option) => ({ label: option, template: option }));
  if (type === 'checkbox') choices.push(...['true', 'false'].map((each) => ({ label: each, template: each })));
  if (type === 'file' || type === 'file-list') return [proposed, open];
  const named = variables.map((variable) => ({
    label: variableWords(variable),
    description: `\${${variable}}`,
    template: `\${${variable}}`,
  }));
  const typed = { label: t('Type a Text…'), template: undefined, typed: true };
  return [proposed, ...choices, ...named, typed, open];
}

async function askTemplate({ title }: Editing, inputs: Inputs, control: InputControl): Promise<string | undefined> {
  const answer = await askText({
    title,
    canGoBack: true,
    prompt: t('A text for {field}. It may name variables, like {example}.', {
      field: control.label,
      example: '${selectedText}',
    }),
    placeholder: '',
    value: inputs[control.variable] ?? '',
    password: false,
    problem: (text) => (text.trim() === '' ? t('Type a text.') : ''),
    hint: () => '',
  });
  return answer === 'back' ? undefined : answer;
}
