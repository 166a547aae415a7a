import assert from 'node:assert/strict';
import { translator } from '../../../src/webview/strings.ts';

describe('translator', () => {
  for (const [language, text] of [
    ['en', 'Retry'],
    ['de', 'Retry'],
    ['zh-cn', '重试'],
    ['zh-Hans-CN', '重试'],
    ['zh', '重试'],
    ['zh-tw', 'Retry'],
    ['ja', '再試行'],
    ['ja-JP', '再試行'],
  ] as const) {
    it(`says ${text} in ${language}`, () => {
      assert.equal(translator(language)('retry'), text);
    });
  }

  it('fills in values, numbers as the language writes them', () => {
    assert.equal(translator('en')('tokens', { n: 1208 }), '1,208 tokens');
    assert.equal(translator('en')('tokens', { n: 1 }), '1 token');
    assert.equal(translator('ja')('tokens', { n: 1 }), '1 トークン');
    assert.equal(translator('en')('chatWith', { app: '{n} $& |' }), 'Chat with {n} $& |');
  });
});
