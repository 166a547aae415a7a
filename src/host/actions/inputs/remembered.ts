import type { Memento } from 'vscode';
import { kindOf, type FieldValue, type FormValues } from '../../../conversation/inputForm.ts';
import type { Recipe } from '../../../conversation/recipe.ts';
import type { InputControl } from '../../../dify/inputForm.ts';
import type { App } from '../../app.ts';

export type Remembered = Pick<Memento, 'get' | 'update'>;

interface Whose {
  readonly app: Pick<App, 'id'>;
  readonly recipe: Pick<Recipe, 'id'>;
  readonly remembered: Remembered;
}

/** Longest text that is kept, in UTF-16 units: longer ones are no habits. */
const longest = 10_000;

/** What the person gave the recipe's app the last time. */
export function lastValues({ app, recipe, remembered }: Whose): FormValues {
  const kept = remembered.get<FormValues>(keyOf(app, recipe), {});
  if (typeof kept !== 'object' || kept === null) return {};
  return Object.fromEntries(Object.entries(kept).filter(([, value]) => ['string', 'boolean'].includes(typeof value)));
}

/** Remembers what was asked for. No files: their uploads do not last. */
export async function rememberValues(
  whose: Whose,
  asked: readonly InputControl[],
  values: Readonly<Record<string, FieldValue>>,
): Promise<void> {
  const given = asked
    .filter((control) => kindOf(control) !== 'file' && kindOf(control) !== 'files')
    .map(({ variable }) => [variable, values[variable]] as const)
    .filter(([, value]) => typeof value !== 'string' || value.length <= longest);
  if (given.length === 0) return;
  const { app, recipe, remembered } = whose;
  await remembered.update(keyOf(app, recipe), { ...lastValues(whose), ...Object.fromEntries(given) });
}

function keyOf(app: Pick<App, 'id'>, recipe: Pick<Recipe, 'id'>): string {
  return `inputs:${recipe.id}:${app.id}`;
}
