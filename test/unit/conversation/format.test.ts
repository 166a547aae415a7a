import assert from 'node:assert/strict';
import type { Usage } from '../../../src/conversation/run.ts';
import { countWords, formatPrice, formatSeconds } from '../../../src/conversation/format.ts';

describe('formatSeconds', () => {
  for (const [seconds, text] of [
    [0.42, '0.4 s'],
    [6, '6 s'],
    [12.4, '12 s'],
    [130, '2 min'],
  ] as const) {
    it(`writes ${seconds} as ${text}`, () => {
      assert.equal(formatSeconds(seconds, 'en'), text);
    });
  }
});

describe('formatPrice', () => {
  for (const [totalPrice, currency, text] of [
    ['0.0031', 'USD', '$0.0031'],
    ['0.0000123', 'USD', '$0.000012'],
    ['1.5', 'USD', '$1.50'],
    ['0.5', 'RMB', 'RMB\u00A00.50'],
    ['0.5', '', '0.50'],
    ['0', 'USD', undefined],
    ['free', 'USD', undefined],
    [undefined, 'USD', undefined],
  ] as const) {
    it(`writes ${totalPrice} ${currency} as ${text}`, () => {
      const usage: Usage = { totalTokens: undefined, latency: undefined, totalPrice, currency };

      assert.equal(formatPrice(usage, 'en'), text);
    });
  }
});

describe('countWords', () => {
  it('counts words, and characters where there are no spaces', () => {
    assert.equal(countWords('**Two** words, don’t they?'), 4);
    assert.equal(countWords('重置 X200。'), 3);
  });
});
