import assert from 'node:assert/strict';
import { countHidden } from '../../../src/conversation/hiddenText.ts';

describe('countHidden', () => {
  it('counts what nobody sees: turned order, zero width, tags', () => {
    assert.equal(countHidden('a\u202Eb\u2066c\u200Bd\u{E0041}\u{E0042}'), 5);
  });

  it('counts nothing that scripts and pictures need', () => {
    assert.equal(countHidden('می‌خواهم 👩‍💻 \u{1F3F4}\u{E0067}\u{E0062}\u{E0073}\u{E0063}\u{E0074}\u{E007F} שלום'), 0);
  });
});
