import type { Disposable } from 'vscode';
import type { Register } from '../commands.ts';
import type { ActionPorts, Actions } from './actions.ts';
import { commandOf, shippedRecipes } from './recipes.ts';

/** Registers a command for each recipe, and those of the results. What they do is loaded when the first of them is run. */
export function registerActions(register: Register, ports: ActionPorts): readonly Disposable[] {
  let loading: Promise<Actions> | undefined;
  const load = (): Promise<Actions> => (loading ??= import('./actions.ts').then((loaded) => new loaded.Actions(ports)));
  return [
    { dispose: () => void loading?.then((actions) => actions.dispose()) },
    ...shippedRecipes.map((row) => register(commandOf(row), async (where) => (await load()).run(row.id, where))),
    register('difyCompanion.actions.runRecipe', async (where) => (await load()).runRecipe(where)),
    register('difyCompanion.actions.newRecipe', async () => (await load()).newRecipe()),
    register('difyCompanion.actions.runApp', async (where) => (await load()).runApp(where)),
    register('difyCompanion.actions.runAppOnFile', async (clicked, selected) =>
      (await load()).runAppOnFile(clicked, selected),
    ),
    register('difyCompanion.actions.chooseApp', async () => (await load()).chooseApp()),
    register('difyCompanion.actions.openResult', async () => (await load()).openResult()),
    register('difyCompanion.actions.trySample', async () => (await load()).trySample()),
    register('difyCompanion.actions.stop', async (uri) => (await load()).stop(uri)),
    register('difyCompanion.actions.copyResult', async (uri) => (await load()).copyResult(uri)),
  ];
}
