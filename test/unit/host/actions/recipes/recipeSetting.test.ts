import assert from 'node:assert/strict';
import type { Recipe } from '../../../../../src/conversation/recipe.ts';
import {
  isOwn,
  newRecipe,
  readRecipes,
  withoutRecipe,
  withRecipe,
} from '../../../../../src/host/actions/recipes/recipeSetting.ts';
import { recipeOf, shippedRecipes } from '../../../../../src/host/actions/recipes/recipes.ts';

const shipped = shippedRecipes.map((row) => recipeOf(row, 'en'));

function own(setting: unknown): readonly Recipe[] {
  return readRecipes(setting, shipped).recipes.filter((recipe) => isOwn(recipe, shipped));
}

function recipeCalled(id: string, setting: unknown): Recipe {
  const recipe = readRecipes(setting, shipped).recipes.find((each) => each.id === id);
  assert.ok(recipe);
  return recipe;
}

describe('The setting of recipes', () => {
  it('adds recipes to the shipped ones', () => {
    const notes = {
      name: 'Notes',
      app: 'Writer',
      instruction: 'Write.',
      output: 'newFile',
      language: 'ask',
      inputs: { tone: 'dry' },
    };

    const { recipes, problems } = readRecipes([notes, { name: 'Bare' }], shipped);

    assert.deepEqual(problems, []);
    assert.equal(recipes.length, shipped.length + 2);
    assert.deepEqual(recipes.at(-2), {
      id: 'own:Notes',
      title: 'Notes',
      resultTitle: 'Notes: {file}',
      instruction: 'Write.',
      targetLanguage: '',
      output: 'newFile',
      inputs: { tone: 'dry' },
      app: 'Writer',
    });
    assert.deepEqual(recipes.at(-1), newRecipe('own:Bare', 'Bare'));
  });

  it('changes a shipped recipe by its id, in its place, and leaves what it does not name', () => {
    const setting = [{ id: 'translate', output: 'replace', language: 'German' }];
    const { recipes } = readRecipes(setting, shipped);

    const translate = recipeCalled('translate', setting);

    const original = recipeCalled('translate', undefined);
    assert.deepEqual(translate, { ...original, output: 'replace', targetLanguage: 'German' });
    assert.deepEqual(
      recipes.map(({ id }) => id),
      shipped.map(({ id }) => id),
    );
  });

  it('tells what is wrong with an entry, and keeps the others', () => {
    const setting = [
      { name: 'Good' },
      { name: 'x', output: 'shout' },
      'text',
      { instruction: 'no name' },
      { id: 'unknown', output: 'show' },
      { name: 'Good' },
      { name: 'y', inputs: { a: 1 } },
      { name: 'z', instrution: 'typo' },
      { name: ' ' },
      { name: 'Last' },
    ];

    const { problems } = readRecipes(setting, shipped);

    assert.deepEqual(
      own(setting).map(({ title }) => title),
      ['Good', 'Last'],
    );
    assert.deepEqual(problems, [
      'Recipe 2: “output” is one of show, replace, insertBelow, insertAtCursor, newFile, live.',
      'Recipe 3: It is no object with a name.',
      'Recipe 4: It has no name.',
      'Recipe 5: There is no recipe “unknown” to change.',
      'Recipe 6: There is another one called “Good”.',
      'Recipe 7: “inputs” is an object with a text for each input of the app.',
      'Recipe 8: “instrution” is not known.',
      'Recipe 9: “name” is a text, and not too long.',
    ]);
    assert.deepEqual(readRecipes({}, shipped), { recipes: shipped, problems: ['The setting is no list of recipes.'] });
  });

  it('reads what it wrote', () => {
    const recipe = {
      ...newRecipe('own:A', 'A'),
      instruction: 'Do',
      output: 'live',
      targetLanguage: '',
      inputs: { t: '${selectedText}', left: '' },
      app: 'X',
    } as const;

    const setting = withRecipe([], recipe, shipped);

    assert.deepEqual(own(setting), [recipe]);
    assert.deepEqual(setting, [
      {
        name: 'A',
        app: 'X',
        instruction: 'Do',
        output: 'live',
        language: 'ask',
        inputs: { t: '${selectedText}', left: '' },
      },
    ]);
  });

  it('writes of a shipped recipe only what differs, and reads it so', () => {
    const changed = { ...recipeCalled('translate', undefined), targetLanguage: undefined, inputs: { a: 'b' } };

    const setting = withRecipe(undefined, changed, shipped);

    assert.deepEqual(setting, [{ id: 'translate', language: '', inputs: { a: 'b' } }]);
    assert.deepEqual(recipeCalled('translate', setting), changed);
  });

  it('changes, renames and deletes an entry, and leaves the others as they are written, the wrong ones too', () => {
    const setting = [{ name: 'A' }, { wrong: true }, { id: 'b', name: 'B', output: 'replace' }];

    const renamed = withRecipe(setting, { ...newRecipe('own:C', 'C'), instruction: 'i' }, shipped, 'own:A');
    const changed = withRecipe(setting, newRecipe('b', 'B2'), shipped);

    assert.deepEqual(renamed, [{ name: 'C', instruction: 'i' }, setting[1], setting[2]]);
    assert.deepEqual(changed, [setting[0], setting[1], { id: 'b', name: 'B2' }]);
    assert.deepEqual(withoutRecipe(setting, 'b'), [setting[0], setting[1]]);
  });
});
