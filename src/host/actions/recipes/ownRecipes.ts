import { ConfigurationTarget, env, workspace } from 'vscode';
import type { Recipe } from '../../../conversation/recipe.ts';
import { machineSetting } from '../../settings.ts';
import { readRecipes, withoutRecipe, withRecipe, type ReadSetting } from './recipeSetting.ts';
import { recipeOf, shippedRecipes } from './recipes.ts';

/** The recipes there are now: the shipped ones as the person changed them, then their own. */
export function allRecipes(): readonly Recipe[] {
  return recipesNow().recipes;
}

/** The same, and what is wrong with the setting. */
export function recipesNow(): ReadSetting {
  return readRecipes(setting(), asShipped());
}

export function asShipped(): readonly Recipe[] {
  return shippedRecipes.map((row) => recipeOf(row, env.language));
}

/** @param before the id that it had, where it was there already */
export async function saveRecipe(recipe: Recipe, before?: string): Promise<void> {
  await write(withRecipe(setting(), recipe, asShipped(), before));
}

/** Deletes one of the person's own; a shipped one is as it was shipped. */
export async function deleteRecipe(id: string): Promise<void> {
  await write(withoutRecipe(setting(), id));
}

function setting(): unknown {
  return machineSetting('difyCompanion', 'recipes');
}

async function write(entries: readonly unknown[]): Promise<void> {
  const written = entries.length === 0 ? undefined : entries;
  await workspace.getConfiguration('difyCompanion').update('recipes', written, ConfigurationTarget.Global);
}
