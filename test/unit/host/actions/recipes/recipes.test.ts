import assert from 'node:assert/strict';
import { glob, readFile } from 'node:fs/promises';
import path from 'node:path';
import { readRecipes } from '../../../../../src/host/actions/recipes/recipeSetting.ts';
import {
  commandOf,
  commandTitles,
  languages,
  recipeOf,
  shippedRecipes,
  type ShippedRecipe,
} from '../../../../../src/host/actions/recipes/recipes.ts';
import { variablesIn } from '../../../../../src/conversation/template.ts';
import { root } from '../../../../vscode/paths.ts';

interface Manifest {
  readonly contributes: { readonly commands: readonly { readonly command: string; readonly title: string }[] };
}

async function readManifest(): Promise<Manifest> {
  return JSON.parse(await readFile(path.join(root, 'package.json'), 'utf8')) as Manifest;
}

/** What the table and the commands of package.json do not have in common. */
function missing(rows: readonly ShippedRecipe[], { contributes }: Manifest): readonly string[] {
  const titles = commandTitles('en', rows);
  const contributed = contributes.commands.filter(({ title }) => title.startsWith('%recipe.'));
  const wanted = rows.map((row) => `${commandOf(row)} %recipe.${row.id}%`);
  const there = contributed.map(({ command, title }) => `${command} ${title}`);
  return [
    ...wanted.filter((each) => !there.includes(each)),
    ...there.filter((each) => !wanted.includes(each)),
    ...contributed.map(({ title }) => title.slice(1, -1)).filter((key) => !Object.hasOwn(titles, key)),
  ];
}

describe('The shipped recipes', () => {
  it('have the commands of package.json', async () => {
    assert.deepEqual(missing(shippedRecipes, await readManifest()), []);
  });

  it('need no more for a new one than a row, and a command in package.json', async () => {
    const row: ShippedRecipe = {
      id: 'madeUp',
      title: { en: 'Made Up', 'zh-cn': '虚构', ja: '架空' },
      resultTitle: { en: '{file}, Made Up', 'zh-cn': '{file}（虚构）', ja: '{file}（架空）' },
      instruction: { en: 'Make it up.', 'zh-cn': '虚构一下。', ja: '架空にしてください。' },
      output: 'show',
      keywords: [],
    };
    const { contributes } = await readManifest();
    const command = { command: 'difyCompanion.actions.madeUp', title: '%recipe.madeUp%' };
    const manifest = { contributes: { ...contributes, commands: [...contributes.commands, command] } };
    const rows = [...shippedRecipes, row];

    assert.deepEqual(missing(rows, manifest), []);
    for (const language of languages) assert.equal(commandTitles(language, rows)['recipe.madeUp'], row.title[language]);
    const { recipes } = readRecipes(
      undefined,
      rows.map((each) => recipeOf(each, 'ja')),
    );
    assert.equal(recipes.find(({ id }) => id === 'madeUp')?.instruction, row.instruction.ja);
  });

  it('are named nowhere but in their table', async () => {
    // The others are named where they are more than a row: by the lightbulb, the demo, the walkthrough.
    const plain = ['fixGrammar', 'continueWriting'];
    const files = await Array.fromAsync(glob('src/**/*.{ts,tsx}', { cwd: root }));
    const others = files.filter((file) => !file.endsWith(path.join('recipes', 'recipes.ts')));
    const sources = await Promise.all(others.map((file) => readFile(path.join(root, file), 'utf8')));

    assert.deepEqual(
      plain.filter((id) => sources.some((source) => source.includes(`'${id}'`))),
      [],
    );
  });

  it('speak the display language, and English where we do not', () => {
    const [first] = shippedRecipes;
    assert.ok(first);
    const titles = ['en', 'zh-cn', 'ja', 'de', 'ZH-CN'].map((language) => recipeOf(first, language).title);

    assert.deepEqual(titles, ['Summarize', '总结', '要約', 'Summarize', '总结']);
  });

  it('say the same in every language: where the file and the variables stand', () => {
    for (const { id, resultTitle, instruction } of shippedRecipes) {
      for (const language of languages) {
        assert.ok(resultTitle[language].includes('{file}'), id);
        assert.deepEqual([...variablesIn(instruction[language])], [...variablesIn(instruction.en)], id);
      }
    }
  });
});
