import { window, type Disposable } from 'vscode';
import type { Register } from '../commands.ts';
import type { Edits } from '../edits/edits.ts';
import { OnDemand } from '../onDemand.ts';
import type { ActionPorts } from './actions.ts';
import { commandOf, shippedRecipes } from './recipes/recipes.ts';
import { isResultTab, registerResults } from './results/registerResults.ts';

/** Registers a command for each recipe, and those of the results. What they do is loaded when the first of them is run. */
export function registerActions(
  register: Register,
  { edits, ...ports }: ActionPorts & { readonly edits: OnDemand<Edits> },
): readonly Disposable[] {
  const actions = new OnDemand(async () => {
    const [loaded, loadedEdits] = await Promise.all([import('./actions.ts'), edits.get()]);
    return new loaded.Actions(ports, loadedEdits);
  });
  const load = actions.get.bind(actions);
  // Where VS Code opens a result again with the window, its text is asked for at once.
  if (window.tabGroups.all.some(({ tabs }) => tabs.some(isResultTab))) void load();
  return [
    { dispose: () => actions.ifWanted((loaded) => loaded.dispose()) },
    ...shippedRecipes.map((row) => register(commandOf(row), async (where) => (await load()).run(row.id, where))),
    register('difyCompanion.actions.runRecipe', async (where) => (await load()).runRecipe(where)),
    register('difyCompanion.actions.newRecipe', async () => (await load()).newRecipe()),
    register('difyCompanion.actions.runApp', async (where) => (await load()).runApp(where)),
    register('difyCompanion.actions.runAppOnFile', async (clicked, selected) =>
      (await load()).runAppOnFile(clicked, selected),
    ),
    register('difyCompanion.actions.chooseApp', async () => (await load()).chooseApp()),
    register('difyCompanion.actions.trySample', async () => (await load()).trySample()),
    register('difyCompanion.edits.accept', async (uri) => (await load()).edits.accept(uri)),
    register('difyCompanion.edits.reject', async (uri) => (await load()).edits.reject(uri)),
    ...registerResults(register, async () => (await load()).results),
  ];
}
