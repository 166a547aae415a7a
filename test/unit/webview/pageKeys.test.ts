import assert from 'node:assert/strict';
import { keyOf } from '../../../src/webview/pageKeys.ts';

const plain = { altKey: false, ctrlKey: false, metaKey: false, shiftKey: false };
const idle = { panel: undefined, isBusy: false } as const;

describe('A key anywhere in the page', () => {
  for (const modifier of ['ctrlKey', 'metaKey'] as const) {
    it(`finds and sets the font size with ${modifier}`, () => {
      const press = (key: string) => keyOf({ ...plain, key, [modifier]: true }, idle);

      assert.deepEqual(['f', '=', '+', '-', '0', 'a'].map(press), ['find', 1, 1, -1, 0, undefined]);
      assert.equal(keyOf({ ...plain, key: 'F', [modifier]: true, shiftKey: true }, idle), undefined);
    });
  }

  it('goes from message to message with Alt', () => {
    const press = (key: string) => keyOf({ ...plain, key, altKey: true }, idle);

    assert.deepEqual(['ArrowUp', 'ArrowDown', 'f'].map(press), ['previousMessage', 'nextMessage', undefined]);
  });

  it('closes by Escape what is open, then stops the answer, then does nothing', () => {
    const escape = { ...plain, key: 'Escape' };

    assert.equal(keyOf(escape, { panel: 'find', isBusy: true }), 'close');
    assert.equal(keyOf(escape, { panel: undefined, isBusy: true }), 'stop');
    assert.equal(keyOf(escape, idle), undefined);
  });
});
