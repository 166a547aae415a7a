import assert from 'node:assert/strict';
import * as vscode from 'vscode';
import {
  allRecipes,
  asShipped,
  deleteRecipe,
  recipesNow,
  saveRecipe,
} from '../../src/host/actions/recipes/ownRecipes.ts';
import { newRecipe } from '../../src/host/actions/recipes/recipeSetting.ts';

describe('The recipes', () => {
  const settings = (): vscode.WorkspaceConfiguration => vscode.workspace.getConfiguration('difyCompanion');
  const global = vscode.ConfigurationTarget.Global;

  afterEach(async () => {
    await settings().update('recipes', undefined, global);
  });

  it('have commands that are called as the table says', () => {
    const extension = vscode.extensions.getExtension('dify-companion.dify-companion');
    assert.ok(extension);
    const { contributes }: { contributes: { commands: readonly { command: string; title: string }[] } } =
      extension.packageJSON;

    const titles = asShipped().map(({ id }) => {
      const found = contributes.commands.find(({ command }) => command === `difyCompanion.actions.${id}`);
      return found?.title;
    });

    assert.deepEqual(
      titles,
      asShipped().map(({ title }) => title),
    );
  });

  it('are saved to the user settings, changed and deleted there', async () => {
    const recipe = { ...newRecipe('own:Tidy', 'Tidy'), instruction: 'Tidy up.' };

    await saveRecipe(recipe);
    assert.deepEqual(settings().inspect('recipes')?.globalValue, [{ name: 'Tidy', instruction: 'Tidy up.' }]);
    assert.deepEqual(allRecipes().at(-1), recipe);
    await saveRecipe({ ...recipe, id: 'own:Tidier', title: 'Tidier' }, recipe.id);
    assert.deepEqual(settings().inspect('recipes')?.globalValue, [{ name: 'Tidier', instruction: 'Tidy up.' }]);
    await deleteRecipe('own:Tidier');

    assert.equal(settings().inspect('recipes')?.globalValue, undefined);
    assert.deepEqual(allRecipes(), asShipped());
  });

  it('are read from the user settings, and what is wrong there is known', async () => {
    await settings().update('recipes', [{ name: 'Good' }, { name: 'Bad', output: 'nowhere' }], global);

    const { recipes, problems } = recipesNow();

    assert.equal(recipes.at(-1)?.title, 'Good');
    assert.equal(problems.length, 1);
  });

  it('are not those of a workspace', async () => {
    const { Workspace } = vscode.ConfigurationTarget;

    // VS Code itself refuses a setting of this scope there.
    await assert.rejects(async () => settings().update('recipes', [{ name: 'Theirs' }], Workspace));

    assert.deepEqual(allRecipes(), asShipped());
  });
});
