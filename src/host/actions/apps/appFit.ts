import { takesText, type Mapping } from '../../../conversation/inputMapping.ts';
import type { Recipe, Variable } from '../../../conversation/recipe.ts';
import { variablesIn } from '../../../conversation/template.ts';
import type { App } from '../../app.ts';

/**
 * - `named`: its name says that it does this
 * - `fits`: it is told what to do
 * - `text`: it takes the text, and does with it what its owner made it for
 * - `none`: no field of its form takes the text
 */
export type Fit = 'named' | 'fits' | 'text' | 'none';

/** How well the app serves the recipe. */
export function fitOf(recipe: Recipe, app: Pick<App, 'name' | 'description'>, mapping: Mapping): Fit {
  if (!takesText(mapping)) return 'none';
  const isTold = takesInstruction(mapping) || choosesTask(mapping);
  const takesLanguage = names(mapping, 'targetLanguage');
  if (recipe.targetLanguage !== undefined && !isTold && !takesLanguage) return 'text';
  if (isNamedFor(recipe, app)) return 'named';
  return isTold || takesLanguage ? 'fits' : 'text';
}

function isNamedFor({ keywords = [], title }: Recipe, app: Pick<App, 'name' | 'description'>): boolean {
  const name = `${app.name} ${app.description}`.toLowerCase();
  return [title.toLowerCase(), ...keywords].some((word) => name.includes(word));
}

/** Whether the app is told what to do: then it can serve every recipe. */
export function takesInstruction(mapping: Mapping): boolean {
  return names(mapping, 'instruction');
}

/** A constant in a choice was put there because it is what the recipe does. */
function choosesTask({ inputs }: Mapping): boolean {
  return Object.values(inputs).some(
    (template) => variablesIn(template).size === 0 && !/auto|自动|自動/i.test(template),
  );
}

function names({ inputs, query }: Mapping, variable: Variable): boolean {
  return [...Object.values(inputs), query].some((template) => variablesIn(template).has(variable));
}
