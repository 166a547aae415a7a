import assert from 'node:assert/strict';
import { l10nKeysIn } from '../../support/l10nKeys.ts';

describe('l10nKeysIn', () => {
  for (const [what, source, keys] of [
    ['a string', `l10n.t('Stop')`, ['Stop']],
    ['a function given the name t', `const a = t("It's {0}", name);`, ["It's {0}"]],
    ['a backticked string with nothing filled in', 'vscode.l10n.t(`Ask $5`)', ['Ask $5']],
    ['strings joined over lines', `t(\n  'One, ' +\n    // two\n    'two',\n)`, ['One, two']],
    ['what escapes stand for', String.raw`t('It\'s\n\u00fc\u{1F600}')`, ["It's\nü😀"]],
    [
      'a message with a comment',
      `l10n.t({ message: 'Run', args: [x], comment: ['a verb', 'short'] })`,
      ['Run/a verbshort'],
    ],
    ['two calls, one in the other', `t('Outer {0}', t('Inner'))`, ['Outer {0}', 'Inner']],
    [
      'calls after quotes in comments and regular expressions',
      `// don't\nx.replace(/'/g, ''); 1 / 2; t('Here') / 3`,
      ['Here'],
    ],
    ['a call inside a filled-in string', 'const a = `${t("In")} of ${b}`;', ['In']],
    [
      'calls after quotes in filled-in strings',
      'const a = `It\'s ${{ b: `"${c}"` }.b} or isn\'t`; t("Here"); `${a}`',
      ['Here'],
    ],
    ['nothing in comments and strings', `/* t('No') */ "t('No')" // l10n.t('No')`, []],
    [
      'nothing in other functions',
      `at('No'); list.t('No'); function t(message: string) {}; interface T { t(m?: string): string }`,
      [],
    ],
  ] as const) {
    it(`finds ${what}`, () => {
      assert.deepEqual(l10nKeysIn(source), { keys, unreadable: [] });
    });
  }

  it('tells where a message is not written out', () => {
    assert.deepEqual(l10nKeysIn('\nl10n.t(`${a}`);\nt(message);').unreadable, [
      'line 2: l10n.t(`${a}`);',
      'line 3: t(message);',
    ]);
  });
});
