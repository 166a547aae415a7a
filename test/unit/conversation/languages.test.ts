import assert from 'node:assert/strict';
import { languageNames, languagesToOffer, namesLanguage, sameLanguage } from '../../../src/conversation/languages.ts';
import { sameCodeLanguage } from '../../../src/conversation/codeLanguages.ts';

describe('A language', () => {
  const choices = [
    ['German', ['English', 'Deutsch'], 'Deutsch'],
    ['Deutsch', ['en', 'de'], 'de'],
    ['German', ['en-US', 'de-DE'], 'de-DE'],
    ['德语', ['English', 'German'], 'German'],
    ['ドイツ語', ['英语', '德语'], '德语'],
    ['German', ['🇬🇧 English', '🇩🇪 German (Deutsch)'], '🇩🇪 German (Deutsch)'],
    ['日本語', ['Japanese', 'Chinese'], 'Japanese'],
    ['简体中文', ['English', 'Chinese (Simplified)', 'Chinese (Traditional)'], 'Chinese (Simplified)'],
    ['繁體中文', ['中文（简体）', '中文（繁体）'], '中文（繁体）'],
    ['简体中文', ['中文', 'English'], '中文'],
    ['繁體中文', ['zh_CN', 'zh_TW'], 'zh_TW'],
    ['English', ['English (UK)', 'Ukrainian'], 'English (UK)'],
    ['Chinese', ['zh-Hans', 'ja'], 'zh-Hans'],
    ['Portuguese', ['pt-BR', 'es'], 'pt-BR'],
    ['french', ['FRENCH', 'GERMAN'], 'FRENCH'],
    ['German', ['English', 'French'], undefined],
    ['繁體中文', ['中文', 'English'], undefined],
    ['Klingon', ['English', 'Klingon'], 'Klingon'],
    ['Klingon', ['English'], undefined],
  ] as const;

  for (const [wanted, options, expected] of choices) {
    it(`${wanted} among ${options.join(', ')} is ${expected ?? 'none'}`, () => {
      assert.equal(sameLanguage(wanted, options), expected);
    });
  }

  it('is known from what is none', () => {
    for (const name of ['Español', 'es', 'Spanish / Español', 'スペイン語'])
      assert.equal(namesLanguage(name), true, name);
    for (const name of ['formal', 'Python', 'short', '正式', '']) assert.equal(namesLanguage(name), false, name);
  });

  it('of the display comes first where all are offered', () => {
    assert.deepEqual(languageNames('ja').slice(0, 3), ['日本語', 'English', '简体中文']);
    assert.equal(languageNames('de')[0], 'Deutsch');
    assert.equal(languageNames('xx')[0], 'English');
    assert.equal(new Set(languageNames('zh-tw')).size, languageNames('en').length);
  });
});

describe('The languages that are offered', () => {
  it('begin with that of the last time, then that of the display, in the words of the app', () => {
    const choices = ['English', 'German', 'Japanese'];

    assert.deepEqual(languagesToOffer(choices, undefined, 'ja').offered, ['Japanese', 'English', 'German']);
    assert.deepEqual(languagesToOffer(choices, 'Deutsch', 'ja'), {
      offered: ['German', 'Japanese', 'English'],
      last: 'German',
    });
    assert.deepEqual(languagesToOffer(choices, 'Klingon', 'fr'), { offered: choices, last: undefined });
  });

  it('are all where the app takes any, and what was typed last', () => {
    assert.deepEqual(languagesToOffer([], 'Latin', 'ja').offered.slice(0, 2), ['Latin', '日本語']);
  });
});

describe('A programming language', () => {
  it('is found by the names that others give it', () => {
    assert.equal(sameCodeLanguage('csharp', ['Java', 'C#']), 'C#');
    assert.equal(sameCodeLanguage('typescriptreact', ['JavaScript', 'TypeScript']), 'TypeScript');
    assert.equal(sameCodeLanguage('shellscript', ['Bash']), 'Bash');
    assert.equal(sameCodeLanguage('ruby', ['Python']), undefined);
  });
});
