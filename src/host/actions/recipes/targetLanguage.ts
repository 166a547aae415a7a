import { env, window, type Memento, type QuickPickItem } from 'vscode';
import { languageChoices, variablesOf, type Mapping } from '../../../conversation/inputMapping.ts';
import { languagesToOffer } from '../../../conversation/languages.ts';
import type { Recipe } from '../../../conversation/recipe.ts';
import type { InputControl } from '../../../dify/inputForm.ts';
import { t } from '../../words.ts';

/**
 * The recipe with the language of its answer: asked for where it wants one and the app is told of it. The one of the last time comes
 * first, then that of the display; where the app has a choice of languages, those are offered. `undefined` if the person gives up.
 *
 * @param remembered keeps the language by recipe
 */
export async function withLanguage(
  recipe: Recipe,
  mapping: Mapping,
  form: readonly InputControl[],
  remembered: Memento,
): Promise<Recipe | undefined> {
  if (recipe.targetLanguage !== '' || !variablesOf(recipe, mapping).has('targetLanguage')) return recipe;
  const choices = languageChoices(mapping, form);
  const key = `language:${recipe.id}`;
  const language = await askLanguage(recipe.title, choices, remembered.get<string>(key));
  if (language === undefined) return undefined;
  await remembered.update(key, language);
  return { ...recipe, targetLanguage: language };
}

/** @param choices the app's; empty if it takes any */
async function askLanguage(
  recipe: string,
  choices: readonly string[],
  remembered: string | undefined,
): Promise<string | undefined> {
  const { offered, last } = languagesToOffer(choices, remembered, env.language);
  const rows: QuickPickItem[] = offered.map((label) => ({ label, description: label === last ? t('last time') : '' }));
  const other = { label: t('Other…') };
  const title = t('{recipe}: into which language?', { recipe });
  const picked = await window.showQuickPick(choices.length > 0 ? rows : [...rows, other], {
    title,
    ignoreFocusOut: true,
  });
  return picked === other ? await typeLanguage(title, last) : picked?.label;
}

async function typeLanguage(title: string, last = ''): Promise<string | undefined> {
  const typed = await window.showInputBox({ title, value: last, ignoreFocusOut: true });
  return typed === undefined || typed.trim() === '' ? undefined : typed.trim();
}
