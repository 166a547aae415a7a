import assert from 'node:assert/strict';
import { settingsReadIn } from '../../support/settingsRead.ts';

describe('settingsReadIn', () => {
  for (const [what, source, names] of [
    ['a chained read', `workspace.getConfiguration('a.b', uri(x)).get<string>('c', '')`, ['a.b.c']],
    ['a full name', `vscode.workspace.getConfiguration().inspect('a.b')?.globalValue`, ['a.b']],
    [
      'reads by a constant',
      `const settings = vscode.workspace.getConfiguration('a');\nsettings.get('b'); f(settings.inspect<T>('c')); other.get('d')`,
      ['a.b', 'a.c'],
    ],
    ['a read that is given to a constant', `const b = workspace.getConfiguration('a').get('b'); b.get('c')`, ['a.b']],
    ['nothing elsewhere', `map.get('a'); // getConfiguration('a').get('b')`, []],
  ] as const) {
    it(`finds ${what}`, () => {
      assert.deepEqual(settingsReadIn(source), names);
    });
  }
});
