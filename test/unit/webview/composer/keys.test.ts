import assert from 'node:assert/strict';
import {
  compositionEnded,
  isComposing,
  type KeyPress,
  nameOfSendKey,
  type SendKey,
  sends,
} from '../../../../src/webview/composer/keys.ts';

const enter: KeyPress = {
  key: 'Enter',
  keyCode: 13,
  isComposing: false,
  shiftKey: false,
  ctrlKey: false,
  metaKey: false,
  altKey: false,
  timeStamp: 100_000,
};
const sendKeys: readonly SendKey[] = ['enter', 'ctrlEnter', 'shiftEnter'];

/** Modifiers with which Enter sends, by the setting. */
const sending: Readonly<Record<SendKey, readonly string[]>> = {
  enter: [''],
  ctrlEnter: ['ctrlKey', 'metaKey'],
  shiftEnter: ['shiftKey'],
};

describe('sends', () => {
  for (const sendKey of sendKeys) {
    for (const modifier of ['', 'shiftKey', 'ctrlKey', 'metaKey', 'altKey']) {
      const is = sending[sendKey].includes(modifier);
      it(`${is ? 'is' : 'is not'} Enter with ${modifier || 'nothing'} where ${sendKey} is set`, () => {
        assert.equal(sends({ ...enter, ...(modifier === '' ? {} : { [modifier]: true }) }, sendKey), is);
      });
    }
  }

  it('is no other key', () => {
    assert.equal(sends({ ...enter, key: 'a' }, 'enter'), false);
    assert.equal(sends({ ...enter, key: 'Process' }, 'enter'), false);
  });
});

/** What input methods make of the Enter that takes a candidate, in the order in which the browser reports it. */
const orders: Readonly<Record<string, readonly ('end' | Partial<KeyPress>)[]>> = {
  'Chromium: the key while composing, then the end': [{ isComposing: true, keyCode: 229 }, 'end'],
  'Chromium on Linux: the key is told as Process': [{ isComposing: true, keyCode: 229, key: 'Process' }, 'end'],
  'Chromium with Korean: the key twice, the second after the end': [{ isComposing: true, keyCode: 229 }, 'end', {}],
  'Safari: the end, then the key as 229': ['end', { keyCode: 229 }],
  'Firefox: the key while composing without 229': [{ isComposing: true }, 'end'],
  'ibus: the end, then the key like any other': ['end', {}],
  'a second composition that begins at once': ['end', { isComposing: true }, 'end', {}],
};

describe('A key of an input method', () => {
  afterEach(() => compositionEnded({ timeStamp: -Infinity }));

  for (const [name, order] of Object.entries(orders)) {
    for (const sendKey of sendKeys) {
      it(`never sends by ${sendKey} (${name})`, () => {
        let timeStamp = 100_000;
        for (const step of order) {
          timeStamp += 10;
          if (step === 'end') compositionEnded({ timeStamp });
          else {
            const modified = { shiftKey: sendKey === 'shiftEnter', ctrlKey: sendKey === 'ctrlEnter' };
            const event = { ...enter, ...modified, ...step, timeStamp };
            assert.equal(sends(event, sendKey), false);
            assert.equal(isComposing(event), true);
          }
        }
        // And the next Enter of the person does.
        const modified = { shiftKey: sendKey === 'shiftEnter', ctrlKey: sendKey === 'ctrlEnter' };
        assert.equal(sends({ ...enter, ...modified, timeStamp: timeStamp + 100 }, sendKey), true);
      });
    }
  }
});

describe('The name of the key that sends', () => {
  it('is that of the keyboard', () => {
    assert.equal(nameOfSendKey('enter', 'MacIntel'), 'Enter');
    assert.equal(nameOfSendKey('ctrlEnter', 'MacIntel'), '⌘Enter');
    assert.equal(nameOfSendKey('ctrlEnter', 'Win32'), 'Ctrl+Enter');
    assert.equal(nameOfSendKey('shiftEnter', 'Linux x86_64'), 'Shift+Enter');
  });
});
