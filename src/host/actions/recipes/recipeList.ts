import { ThemeIcon, window, type Memento, type QuickPickItem } from 'vscode';
import { variables, type Recipe } from '../../../conversation/recipe.ts';
import { fillTemplate } from '../../../conversation/template.ts';
import { askChoice } from '../../quickPick.ts';
import { t } from '../../words.ts';
import type { AppChoice } from '../apps/appChoice.ts';
import { outputWords, variableWords } from './mappingWords.ts';
import { allRecipes, asShipped, deleteRecipe } from './ownRecipes.ts';
import { isOwn } from './recipeSetting.ts';

const lastUsedKey = 'recipes:lastUsed';

/** Remembers that the recipe was run. */
export async function noteUse(recipe: Recipe, remembered: Memento): Promise<void> {
  const others = lastUsed(remembered).filter((id) => id !== recipe.id);
  await remembered.update(lastUsedKey, [recipe.id, ...others].slice(0, 20));
}

/** What was chosen in the list. */
export type ListChoice =
  | { readonly type: 'run' | 'change'; readonly recipe: Recipe }
  | { readonly type: 'new' }
  | undefined;

/** All recipes, the last used first; what is to be done with one. A deleted one is gone from the list that follows. */
export async function askRecipe(choice: AppChoice, remembered: Memento): Promise<ListChoice> {
  const change = { iconPath: new ThemeIcon('settings-gear'), tooltip: t('Change…') };
  const remove = { iconPath: new ThemeIcon('trash'), tooltip: t('Delete') };
  const shipped = asShipped();
  const rows = byUse(allRecipes(), lastUsed(remembered)).map((recipe) => ({
    label: recipe.title,
    description: [choice.boundTo(recipe)?.name ?? t('no app yet'), outputWords(recipe.output)].join(' · '),
    detail: readable(recipe.instruction.split('\n')[0] ?? ''),
    buttons: isOwn(recipe, shipped) ? [change, remove] : [change],
    recipe,
  }));
  const fresh = { label: `$(add) ${t('New Recipe…')}`, description: '', detail: '', recipe: undefined };
  const pressed = await askChoice<QuickPickItem & { readonly recipe: Recipe | undefined }>({
    title: t('Run a Recipe'),
    placeholder: t('Choose what is done with the text'),
    rows: [...rows, fresh],
  });
  if (pressed === undefined || pressed === 'back') return undefined;
  const recipe = pressed.row?.recipe;
  if (recipe === undefined) return { type: 'new' };
  if (pressed.button === remove) {
    await confirmDelete(recipe);
    return await askRecipe(choice, remembered);
  }
  return { type: pressed.button === change ? 'change' : 'run', recipe };
}

/** Variables by the words for them. */
function readable(instruction: string): string {
  const words = Object.fromEntries(variables.map((variable) => [variable, `[${variableWords(variable)}]`]));
  return fillTemplate(instruction, words);
}

async function confirmDelete(recipe: Recipe): Promise<void> {
  const remove = t('Delete');
  const detail = t('It is taken out of your settings.');
  const question = t('Delete the recipe {recipe}?', { recipe: recipe.title });
  const pressed = await window.showWarningMessage(question, { modal: true, detail }, remove);
  if (pressed === remove) await deleteRecipe(recipe.id);
}

function byUse(recipes: readonly Recipe[], used: readonly string[]): readonly Recipe[] {
  const place = ({ id }: Recipe): number => (used.includes(id) ? used.indexOf(id) : used.length);
  return recipes.toSorted((a, b) => place(a) - place(b));
}

function lastUsed(remembered: Memento): readonly string[] {
  const stored = remembered.get<unknown>(lastUsedKey);
  return Array.isArray(stored) ? stored.filter((id) => typeof id === 'string') : [];
}
