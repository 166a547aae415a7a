import assert from 'node:assert/strict';
import { glob, readFile } from 'node:fs/promises';
import path from 'node:path';
import { commandTitles, languages as titleLanguages } from '../../src/host/actions/recipes/recipes.ts';
import { l10nKeysIn } from '../support/l10nKeys.ts';
import { root } from '../vscode/paths.ts';

const languages = ['zh-cn', 'ja'];

describe('Every string a person reads', () => {
  let inCode: ReadonlyMap<string, string>;
  let unreadable: readonly string[];

  before(async () => {
    const all = await Array.fromAsync(glob('src/{host,conversation}/**/*.ts', { cwd: root }));
    // This one hands strings on to VS Code, whatever they are.
    const files = all.filter((file) => path.basename(file) !== 'words.ts');
    const found = await Promise.all(
      [...files, 'src/extension.ts', 'src/core.ts'].map(async (file) => ({ file, ...(await keysOf(file)) })),
    );
    inCode = new Map(found.flatMap(({ file, keys }) => keys.map((key) => [key, file])));
    unreadable = found.flatMap(({ file, unreadable: calls }) => calls.map((call) => `${file}, ${call}`));
  });

  it('is written out where it is asked to be translated', () => {
    assert.deepEqual(unreadable, []);
  });

  for (const language of languages) {
    it(`is translated into ${language}, and nothing else is`, async () => {
      const bundle = await readStrings(`l10n/bundle.l10n.${language}.json`);

      const missing = [...inCode].filter(([key]) => !Object.hasOwn(bundle, key));
      const unused = Object.keys(bundle).filter((key) => !inCode.has(key));

      assert.deepEqual({ missing, unused }, { missing: [], unused: [] });
    });

    it(`keeps its placeholders in ${language}`, async () => {
      const bundle = await readStrings(`l10n/bundle.l10n.${language}.json`);

      const broken = Object.entries(bundle).filter(([key, text]) => placeholders(key) !== placeholders(text));

      assert.deepEqual(broken, []);
    });
  }
});

describe('Every %key% of package.json', () => {
  for (const language of titleLanguages) {
    const file = language === 'en' ? 'package.nls.json' : `package.nls.${language}.json`;

    it(`stands in l10n/${file} or among the titles of recipes, and nothing else does`, async () => {
      const manifest = await readFile(path.join(root, 'package.json'), 'utf8');
      const keys = new Set([...manifest.matchAll(/"%([^%"\s]+)%"/g)].map(([, key]) => key));
      const strings = { ...(await readStrings(`l10n/${file}`)), ...commandTitles(language) };

      const missing = [...keys].filter((key) => !Object.hasOwn(strings, key ?? ''));
      const unused = Object.keys(strings).filter((key) => !keys.has(key));

      assert.deepEqual({ missing, unused }, { missing: [], unused: [] });
    });
  }
});

async function keysOf(file: string): Promise<ReturnType<typeof l10nKeysIn>> {
  return l10nKeysIn(await readFile(path.join(root, file), 'utf8'));
}

async function readStrings(file: string): Promise<Readonly<Record<string, string>>> {
  const strings: unknown = JSON.parse(await readFile(path.join(root, file), 'utf8'));
  return strings as Readonly<Record<string, string>>;
}

/** Like `{0} {1}`, in order of their numbers; a key's comment after the slash has none. */
function placeholders(text: string): string {
  return [...new Set(text.match(/\{\w+\}/g))].sort().join(' ');
}
