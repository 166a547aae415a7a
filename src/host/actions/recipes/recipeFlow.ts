import { env, window, type QuickPickItem } from 'vscode';
import { languageNames } from '../../../conversation/languages.ts';
import { outputs, type Recipe } from '../../../conversation/recipe.ts';
import type { App } from '../../app.ts';
import type { Apps } from '../../apps.ts';
import { askText, type Answer } from '../../quickInput.ts';
import { askChoice } from '../../quickPick.ts';
import { t } from '../../words.ts';
import type { AppChoice } from '../apps/appChoice.ts';
import { editMapping } from './mappingEditor.ts';
import { outputWords } from './mappingWords.ts';
import { allRecipes, asShipped, saveRecipe } from './ownRecipes.ts';
import { isOwn, newRecipe, ownId } from './recipeSetting.ts';

/** A recipe in the making. */
interface Draft {
  readonly recipe: Recipe;
  /** `undefined`: chosen with the first run. */
  readonly app: App | undefined;
}

export interface FlowPorts {
  readonly apps: Apps;
  readonly choice: AppChoice;
  /** Runs the recipe with this app on what is selected. */
  readonly tryOut: (recipe: Recipe, app: App) => Promise<void>;
}

/** One question; what it gives is the draft with its answer. */
type Step = (draft: Draft, at: Place) => Promise<Answer<Draft>>;

interface Place {
  readonly title: string;
  readonly step: number;
  readonly of: number;
}

/** Leads from a name to a saved recipe, or through one that is there. The back button goes one question back. */
export class RecipeFlow {
  readonly #ports: FlowPorts;

  constructor(ports: FlowPorts) {
    this.#ports = ports;
  }

  async create(): Promise<void> {
    const draft = { recipe: newRecipe('', ''), app: undefined };
    await this.#lead(draft, t('New Recipe'), undefined);
  }

  /** A shipped recipe keeps its name. */
  async change(recipe: Recipe): Promise<void> {
    const draft = { recipe, app: this.#ports.choice.boundTo(recipe) };
    await this.#lead(draft, t('Change {recipe}', { recipe: recipe.title }), recipe);
  }

  async #lead(first: Draft, title: string, before: Recipe | undefined): Promise<void> {
    const naming: readonly Step[] = before === undefined || isOwn(before, asShipped()) ? [this.#askName(before)] : [];
    const told = [askInstruction, askLanguage];
    const mapped = [this.#askApp, this.#askInputs];
    const steps = [...naming, ...told, ...mapped, askOutput, this.#finish(before)];
    let draft = first;
    let direction = 1;
    for (let index = 0; index < steps.length; index += direction) {
      const answer = await steps[index]?.(draft, { title, step: index + 1, of: steps.length });
      if (answer === undefined) return;
      direction = answer === 'back' ? -1 : 1;
      if (answer !== 'back') draft = answer;
      if (index + direction < 0) return;
    }
  }

  #askName(before: Recipe | undefined): Step {
    return async ({ recipe, app }, at) => {
      const taken = new Set(allRecipes().map(({ title }) => title));
      const name = await askText({
        ...at,
        prompt: t('What it is called in menus.'),
        placeholder: t('Release Notes'),
        value: recipe.title,
        password: false,
        problem: (text) => {
          if (text.trim() === '') return t('Type a name.');
          return taken.has(text.trim()) && text.trim() !== before?.title ? t('There is one with this name.') : '';
        },
        hint: () => '',
      });
      if (name === undefined || name === 'back') return name;
      const named = newRecipe(ownId(name.trim()), name.trim());
      return { recipe: { ...recipe, title: named.title, resultTitle: named.resultTitle, id: named.id }, app };
    };
  }

  readonly #askApp: Step = async (draft, at) => {
    const choose = { label: t('Choose an App…'), description: t('shows what goes where'), app: 'choose' as const };
    const kept = draft.app === undefined ? [] : [{ label: draft.app.name, description: '', app: draft.app }];
    const later = { label: t('Later'), description: t('asked with the first run'), app: undefined };
    const rows = [...kept, choose, later];
    const placeholder = t('Which app does it?');
    const pressed = await askChoice<(typeof rows)[number]>({ ...placed(at), placeholder, rows, stays: true });
    if (pressed === undefined || pressed === 'back') return pressed;
    const app = pressed.row?.app;
    if (app !== 'choose') return { ...draft, app };
    const picked = await this.#ports.choice.pickApp(draft.recipe);
    if (picked === undefined) return await this.#askApp(draft, at);
    return { recipe: { ...draft.recipe, inputs: picked.inputs }, app: picked.app };
  };

  /** Where the app is chosen later, what goes where is proposed then. */
  readonly #askInputs: Step = async ({ recipe, app }, at) => {
    if (app === undefined) return { recipe, app };
    const { form } = await this.#ports.choice.chosen(recipe, app);
    const inputs = await editMapping({ title: at.title, recipe, app, form });
    return inputs === undefined || inputs === 'back' ? inputs : { recipe: { ...recipe, inputs }, app };
  };

  #finish(before: Recipe | undefined): Step {
    return async (draft, at) => {
      const save = { label: `$(save) ${t('Save')}`, description: t('to your settings'), isTry: false };
      const tryOut = { label: `$(play) ${t('Try It on the Selection')}`, description: '', isTry: true };
      const placeholder = t('Try the recipe, or save it');
      const pressed = await askChoice({ ...placed(at), placeholder, rows: [tryOut, save], stays: true });
      if (pressed === undefined || pressed === 'back') return pressed;
      if (pressed.row?.isTry === true) return await this.#finish(before)(await this.#tried(draft), at);
      await this.#save(draft, before);
      return draft;
    };
  }

  /** Nothing is bound or saved for it; the app that is picked for it stays in the draft. */
  async #tried(draft: Draft): Promise<Draft> {
    const { app } = draft;
    const picked = app === undefined ? await this.#ports.choice.pickApp(draft.recipe) : undefined;
    const tried =
      picked === undefined ? draft : { recipe: { ...draft.recipe, inputs: picked.inputs }, app: picked.app };
    if (tried.app !== undefined) await this.#ports.tryOut(tried.recipe, tried.app);
    return tried;
  }

  async #save({ recipe, app }: Draft, before: Recipe | undefined): Promise<void> {
    const { apps } = this.#ports;
    const isShipped = !isOwn(recipe, asShipped());
    // A shipped recipe is bound; of one's own the setting tells the app, for it may be used on another computer too.
    const named = isShipped || apps.inDemo ? recipe : { ...recipe, app: app?.name };
    await saveRecipe(named, before?.id);
    if (before !== undefined && before.id !== recipe.id) await apps.bind(before.id, undefined);
    await apps.bind(recipe.id, app);
    const words = { recipe: recipe.title };
    void window.showInformationMessage(t('{recipe} is saved. It is in “Dify: Run a Recipe…”.', words));
  }
}

const askInstruction: Step = async (draft, at) => {
  const instruction = await askText({
    ...at,
    prompt: t(
      'What the app is to do, in a sentence; leave it empty for an app that knows. It is sent where the form has a field for it, or as the question of a chat.',
    ),
    placeholder: t('Write release notes from these commits.'),
    value: draft.recipe.instruction,
    canGoBack: true,
    password: false,
    problem: () => '',
    hint: () => '',
  });
  if (instruction === undefined || instruction === 'back') return instruction;
  return { ...draft, recipe: { ...draft.recipe, instruction: instruction.trim() } };
};

const askLanguage: Step = async (draft, at) => {
  const none = { label: t('None'), description: t('the app answers as it likes'), language: undefined };
  const ask = { label: t('Ask Each Time'), description: '', language: '' };
  const { targetLanguage } = draft.recipe;
  const names = languageNames(env.language);
  const own =
    targetLanguage === undefined || targetLanguage === '' || names.includes(targetLanguage) ? [] : [targetLanguage];
  const named = [...own, ...names].map((name) => ({ label: name, description: '', language: name }));
  const rows: (QuickPickItem & { readonly language: string | undefined })[] = [none, ask, ...named];
  const active = rows.find(({ language }) => language === targetLanguage);
  const placeholder = t('In which language is the answer?');
  const pressed = await askChoice({ ...placed(at), placeholder, rows, active, stays: true });
  if (pressed === undefined || pressed === 'back') return pressed;
  return { ...draft, recipe: { ...draft.recipe, targetLanguage: pressed.row?.language } };
};

const askOutput: Step = async (draft, at) => {
  const rows = outputs.map((output) => ({ label: outputWords(output), output }));
  const active = rows.find(({ output }) => output === draft.recipe.output);
  const placeholder = t('What becomes of the answer?');
  const pressed = await askChoice({ ...placed(at), placeholder, rows, active, stays: true });
  if (pressed === undefined || pressed === 'back') return pressed;
  return { ...draft, recipe: { ...draft.recipe, output: pressed.row?.output ?? draft.recipe.output } };
};

function placed({ title, step, of }: Place): { readonly title: string; readonly back: boolean } {
  return { title: `${title} (${step}/${of})`, back: step > 1 };
}
