import assert from 'node:assert/strict';
import { languageName } from '../../../../src/webview/markdown/languages.ts';

describe('languageName', () => {
  for (const [info, name] of [
    ['', ''],
    ['ts', 'TypeScript'],
    [' TS title="a.ts"', 'TypeScript'],
    ['python{1,2}', 'Python'],
    ['text', ''],
    ['elixir', 'Elixir'],
    ['constructor', 'Constructor'],
    ['__proto__', '__proto__'],
  ] as const) {
    it(`calls ${JSON.stringify(info)} ${JSON.stringify(name)}`, () => {
      assert.equal(languageName(info), name);
    });
  }
});
