import assert from 'node:assert/strict';
import { splitHidden } from '../../../../src/webview/markdown/hidden.ts';

describe('splitHidden', () => {
  it('names what cannot be seen and leaves the rest', () => {
    assert.deepEqual(splitHidden('a\u202Eb\u{E0041}'), [
      { type: 'text', text: 'a' },
      { type: 'hidden', name: 'U+202E' },
      { type: 'text', text: 'b' },
      { type: 'hidden', name: 'U+E0041' },
    ]);
  });

  for (const text of ['tab\tand\nnewline', 'ümlaut 日本語 한국어', '😀', '葛\u{E0100}', 'ไทย']) {
    it(`leaves ${JSON.stringify(text)} as it is`, () => {
      assert.deepEqual(splitHidden(text), [{ type: 'text', text }]);
    });
  }

  for (const code of [
    0, 0x1b, 0x7f, 0x9f, 0xad, 0x61c, 0x200b, 0x200d, 0x200f, 0x202a, 0x202e, 0x2060, 0x2066, 0x2069, 0xfeff, 0xe0001,
    0xe007f,
  ]) {
    it(`marks U+${code.toString(16)}`, () => {
      assert.deepEqual(
        splitHidden(String.fromCodePoint(code)).map((piece) => piece.type),
        ['hidden'],
      );
    });
  }
});
