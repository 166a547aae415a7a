import assert from 'node:assert/strict';
import type { Message } from '../../../../src/conversation/conversation.ts';
import { newRun, type Usage } from '../../../../src/conversation/run.ts';
import { placesOf } from '../../../../src/webview/transcript/places.ts';
import { someMessage } from '../../../support/conversations.ts';

const asked = (key: string, again?: string): Message => someMessage({ key, again });

const costing = (key: string, usage: Partial<Usage> | undefined): Message => {
  const unknown = { totalTokens: undefined, latency: undefined, totalPrice: undefined, currency: undefined };
  return someMessage({ key, run: { ...newRun, usage: usage && { ...unknown, ...usage } } });
};

const say = ({ totalTokens, totalPrice, currency }: Usage): string =>
  `${totalTokens ?? '-'} ${totalPrice === undefined ? '-' : `${totalPrice} ${currency}`}`;

const totals = (...messages: readonly Message[]) => [...placesOf(messages, 0, say).values()].map(({ total }) => total);

describe('The place of a turn', () => {
  it('is under the answer that it repeats; the earlier ones fold', () => {
    const places = placesOf([asked('a'), asked('b'), asked('c', 'b'), asked('d', 'c')], 0, say);

    assert.deepEqual(
      [...places].map(([key, { isRepeat, folded }]) => [key, isRepeat, folded]),
      [
        ['a', false, undefined],
        ['b', false, 'first'],
        ['c', true, 'earlier'],
        ['d', true, undefined],
      ],
    );
  });

  it('is its own, with its question, where something else was asked between', () => {
    const places = placesOf([asked('a'), asked('b'), asked('c', 'a')], 0, say);

    assert.deepEqual(
      [...places.values()].map(({ isRepeat, folded }) => [isRepeat, folded]),
      [
        [false, 'first'],
        [false, undefined],
        [false, undefined],
      ],
    );
  });

  it('knows what the conversation cost up to there, as far as anybody told', () => {
    const usd = { totalTokens: 1000, totalPrice: '0.002', currency: 'USD' };

    assert.deepEqual(totals(costing('a', undefined), costing('b', usd), costing('c', undefined), costing('d', usd)), [
      '- -',
      '1000 0.002 USD',
      '1000 0.002 USD',
      '2000 0.004 USD',
    ]);
  });

  it('is told from a message on, as the whole conversation has it', () => {
    const usd = { totalTokens: 1000, totalPrice: '0.002', currency: 'USD' };
    const messages = [costing('a', usd), { ...costing('b', usd), again: 'a' }, { ...costing('c', usd), again: 'a' }];

    assert.deepEqual(
      [...placesOf(messages, 1, say)],
      [
        ['b', { isRepeat: true, folded: 'earlier', total: '2000 0.004 USD' }],
        ['c', { isRepeat: true, folded: undefined, total: '3000 0.006 USD' }],
      ],
    );
  });

  it('adds no prices of two currencies', () => {
    const usd = { totalTokens: 1, totalPrice: '1', currency: 'USD' };

    assert.deepEqual(totals(costing('a', usd), costing('b', { ...usd, currency: 'EUR' })), ['1 1 USD', '2 -']);
  });
});
