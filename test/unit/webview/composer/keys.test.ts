import assert from 'node:assert/strict';
import { type KeyPress, sends } from '../../../../src/webview/composer/keys.ts';

const enter: KeyPress = {
  key: 'Enter',
  keyCode: 13,
  isComposing: false,
  shiftKey: false,
  ctrlKey: false,
  metaKey: false,
  altKey: false,
  timeStamp: 1000,
};

describe('sends', () => {
  it('is Enter alone', () => {
    assert.equal(sends(enter, -Infinity), true);
  });

  for (const change of [
    { key: 'a' },
    { shiftKey: true },
    { ctrlKey: true },
    { metaKey: true },
    { altKey: true },
    { isComposing: true },
    { keyCode: 229 },
  ]) {
    it(`is not ${JSON.stringify(change)}`, () => {
      assert.equal(sends({ ...enter, ...change }, -Infinity), false);
    });
  }

  it('is not an Enter that comes with the end of a composition', () => {
    assert.equal(sends(enter, 990), false);
    assert.equal(sends(enter, 900), true);
  });
});
