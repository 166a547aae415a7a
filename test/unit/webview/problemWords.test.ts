import assert from 'node:assert/strict';
import { readFile } from 'node:fs/promises';
import path from 'node:path';
import { problemWords } from '../../../src/webview/form/problemWords.ts';
import { translator } from '../../../src/webview/strings.ts';
import { t as english } from '../../support/english.ts';
import { l10nKeysIn } from '../../support/l10nKeys.ts';
import { root } from '../../vscode/paths.ts';

/** Said by the host only. */
const ofTheHost = [
  'The app did not take “{field}”: {reason}',
  '{file} is {size}. The limit is {limit}.',
  'up to {n}',
  '{size} each',
  'up to {size}',
];

const values = { value: 'a', a: 'a', b: 'b', n: 3, example: 'b', line: 7, near: '"c"', file: 'd.exe', types: 'e' };

describe('What the page says of a field', () => {
  for (const language of ['en', 'zh-cn', 'ja'] as const) {
    it(`is what the host says of it in ${language}`, async () => {
      const sources = await Promise.all(
        ['inputProblem', 'fileProblem'].map((name) => readFile(path.join(root, `src/conversation/${name}.ts`), 'utf8')),
      );
      const sentences = sources.flatMap((source) => l10nKeysIn(source).keys).filter((key) => !ofTheHost.includes(key));
      const file = path.join(root, `l10n/bundle.l10n.${language}.json`);
      const bundle: Record<string, string> =
        language === 'en' ? {} : (JSON.parse(await readFile(file, 'utf8')) as Record<string, string>);
      const page = problemWords(translator(language));
      assert.ok(sentences.length > 15);

      for (const sentence of new Set(sentences)) {
        assert.equal(page(sentence, values), english(bundle[sentence] ?? sentence, values), sentence);
      }
    });
  }
});
