import * as v from 'valibot';
import { outputs, type Recipe } from '../../../conversation/recipe.ts';
import { t } from '../../words.ts';

/** What `language` says where the language is asked for each time. */
const asks = 'ask';

/** An element of the setting: a recipe of the person, or by its id what is changed of a shipped one. */
const entrySchema = v.strictObject({
  id: v.optional(v.pipe(v.string(), v.minLength(1), v.maxLength(80))),
  name: v.optional(v.pipe(v.string(), v.trim(), v.minLength(1), v.maxLength(80))),
  app: v.optional(v.pipe(v.string(), v.maxLength(200))),
  instruction: v.optional(v.pipe(v.string(), v.maxLength(4000))),
  output: v.optional(v.picklist(outputs)),
  language: v.optional(v.pipe(v.string(), v.maxLength(80))),
  inputs: v.optional(v.record(v.string(), v.pipe(v.string(), v.maxLength(4000)))),
});

type Entry = v.InferOutput<typeof entrySchema>;

/** What the setting says, and in words what is wrong with the rest of it. */
export interface ReadSetting {
  /** The shipped recipes, as they were changed, then the person's own. */
  readonly recipes: readonly Recipe[];
  readonly problems: readonly string[];
}

/** @param setting whatever was written there */
export function readRecipes(setting: unknown, shipped: readonly Recipe[]): ReadSetting {
  const recipes = new Map(shipped.map((recipe) => [recipe.id, recipe]));
  if (setting !== undefined && !Array.isArray(setting)) {
    return { recipes: shipped, problems: [t('The setting is no list of recipes.')] };
  }
  const list: readonly unknown[] = setting ?? [];
  const seen = new Set<string>();
  const problems = list.flatMap((written, index) => {
    const entry = v.safeParse(entrySchema, written);
    const problem = entry.success ? problemOf(entry.output, recipes, seen) : sentenceFor(entry.issues[0]);
    if (entry.success && problem === undefined) {
      const id = idOf(entry.output);
      seen.add(id);
      recipes.set(id, recipeFrom(entry.output, recipes.get(id) ?? newRecipe(id, entry.output.name ?? id)));
    }
    return problem === undefined ? [] : [t('Recipe {n}: {problem}', { n: index + 1, problem })];
  });
  return { recipes: [...recipes.values()], problems };
}

/** A recipe that says no more than its name. */
export function newRecipe(id: string, title: string): Recipe {
  return {
    id,
    title,
    resultTitle: `${title}: {file}`,
    instruction: '',
    targetLanguage: undefined,
    output: 'show',
    inputs: {},
    app: undefined,
  };
}

/** The id of a recipe that is known by its name. */
export function ownId(name: string): string {
  return `own:${name}`;
}

export function isOwn(recipe: Recipe, shipped: readonly Recipe[]): boolean {
  return !shipped.some(({ id }) => id === recipe.id);
}

/**
 * The setting with this recipe in it: of a shipped one only what differs. What else is written there stays as it is, also what is
 * wrong.
 *
 * @param before the id that it had, if it is there already
 */
export function withRecipe(
  setting: unknown,
  recipe: Recipe,
  shipped: readonly Recipe[],
  before = recipe.id,
): readonly unknown[] {
  const original = shipped.find(({ id }) => id === recipe.id);
  const id = idIn(setting, before);
  const named = id === undefined ? { name: recipe.title } : { id, name: recipe.title };
  const entry = original === undefined ? { ...named, ...saidOf(recipe, newRecipe('', '')) } : changed(recipe, original);
  const list: readonly unknown[] = Array.isArray(setting) ? setting : [];
  const isThere = list.some((written) => isEntryOf(written, before));
  return isThere ? list.map((written) => (isEntryOf(written, before) ? entry : written)) : [...list, entry];
}

/** The setting without the recipe; a shipped one is as it was shipped. */
export function withoutRecipe(setting: unknown, id: string): readonly unknown[] {
  return Array.isArray(setting) ? setting.filter((written) => !isEntryOf(written, id)) : [];
}

function problemOf(entry: Entry, known: ReadonlyMap<string, Recipe>, seen: ReadonlySet<string>): string | undefined {
  const id = idOf(entry);
  if (entry.name === undefined && !known.has(id)) {
    return entry.id === undefined ? t('It has no name.') : t('There is no recipe “{id}” to change.', { id });
  }
  return seen.has(id) ? t('There is another one called “{name}”.', { name: entry.name ?? id }) : undefined;
}

function idOf({ id, name = '' }: Entry): string {
  return id ?? ownId(name);
}

function recipeFrom(entry: Entry, base: Recipe): Recipe {
  const { name, app, instruction, output, language, inputs } = entry;
  const title = name === undefined ? {} : { title: name };
  return {
    ...base,
    ...title,
    app: app ?? base.app,
    instruction: instruction ?? base.instruction,
    output: output ?? base.output,
    targetLanguage: language === undefined ? base.targetLanguage : languageFrom(language),
    inputs: inputs ?? base.inputs,
  };
}

function languageFrom(written: string): string | undefined {
  if (written.trim() === '') return undefined;
  return written.trim() === asks ? '' : written.trim();
}

/** What the recipe says beyond the other. */
function saidOf(recipe: Recipe, other: Recipe): Partial<Entry> {
  const { app, instruction, output, targetLanguage, inputs } = recipe;
  return {
    ...(app === undefined || app === other.app ? {} : { app }),
    ...(instruction === other.instruction ? {} : { instruction }),
    ...(output === other.output ? {} : { output }),
    ...(targetLanguage === other.targetLanguage
      ? {}
      : { language: targetLanguage === '' ? asks : (targetLanguage ?? '') }),
    ...(Object.keys(inputs).length === 0 ? {} : { inputs }),
  };
}

function changed(recipe: Recipe, original: Recipe): Entry {
  const name = recipe.title === original.title ? {} : { name: recipe.title };
  return { id: original.id, ...name, ...saidOf(recipe, original) };
}

function isEntryOf(written: unknown, id: string): boolean {
  const entry = v.safeParse(entrySchema, written);
  return entry.success && idOf(entry.output) === id;
}

/** The id that stands in the setting itself, for a recipe that has one. */
function idIn(setting: unknown, id: string): string | undefined {
  const list: readonly unknown[] = Array.isArray(setting) ? setting : [];
  const written = list.find((each) => isEntryOf(each, id));
  return written === undefined ? undefined : v.parse(entrySchema, written).id;
}

/** What is wrong, and what could stand there. */
function sentenceFor(issue: v.InferIssue<typeof entrySchema> | undefined): string {
  const key: unknown = issue?.path?.[0]?.key;
  const field = typeof key === 'string' ? key : '';
  switch (field) {
    case '':
      return t('It is no object with a name.');
    case 'output':
      return t('“output” is one of {outputs}.', { outputs: outputs.join(', ') });
    case 'inputs':
      return t('“inputs” is an object with a text for each input of the app.');
    case 'id':
    case 'name':
    case 'app':
    case 'instruction':
    case 'language':
      return t('“{field}” is a text, and not too long.', { field });
    default:
      return t('“{field}” is not known.', { field });
  }
}
