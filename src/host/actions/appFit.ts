import { takesText, type Mapping } from '../../conversation/inputMapping.ts';
import type { Recipe, Variable } from '../../conversation/recipe.ts';
import { variablesIn } from '../../conversation/template.ts';
import type { App } from '../app.ts';

/**
 * - `fits`: the app is told what to do, or its name says that it does it
 * - `text`: it takes the text, and does with it what its owner made it for
 * - `none`: no field of its form takes the text
 */
export type Fit = 'fits' | 'text' | 'none';

/** How well the app serves the recipe. */
export function fitOf(recipe: Recipe, app: Pick<App, 'name' | 'description'>, mapping: Mapping): Fit {
  if (!takesText(mapping)) return 'none';
  if (takesInstruction(mapping) || choosesTask(mapping)) return 'fits';
  if (recipe.targetLanguage !== undefined) return names(mapping, 'targetLanguage') ? 'fits' : 'text';
  const { keywords = [], title } = recipe;
  const name = `${app.name} ${app.description}`.toLowerCase();
  return [title.toLowerCase(), ...keywords].some((word) => name.includes(word)) ? 'fits' : 'text';
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
