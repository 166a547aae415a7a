import assert from 'node:assert/strict';
import { newRun } from '../../../../src/conversation/run.ts';
import { search } from '../../../../src/webview/find/search.ts';
import { someMessage } from '../../../support/conversations.ts';

const done = { type: 'done' } as const;
const message = (key: string, query: string, text: string) =>
  someMessage({ key, query, run: { ...newRun, text, status: done } });

describe('Searching a conversation', () => {
  const found = (query: string, ...messages: ReturnType<typeof message>[]) =>
    search(messages, query).map(({ key, part, nth }) => `${key} ${part} ${nth}`);

  it('finds letters of either case in what is read, from top to bottom, not in marks and addresses', () => {
    const one = message(
      '1',
      'Reset?',
      '**Re**set the [reset](https://reset.example) box `RESET`.\n\n```sh\nreset\n```',
    );

    assert.deepEqual(found('reset', one, message('2', 'No', 'reset')), [
      '1 question 0',
      '1 answer 0',
      '1 answer 1',
      '1 answer 2',
      '1 answer 3',
      '2 answer 0',
    ]);
    assert.deepEqual(found('example', one), []);
  });

  it('takes signs for what they are, and any blank for a blank', () => {
    const text = message('1', 'a.b (c) [d] x*y \\', 'one\ntwo');

    for (const query of ['a.b (c)', '[d]', 'x*y', '\\', 'one   two']) assert.equal(found(query, text).length, 1, query);
    const signs = message('1', '!"#$%&\'()*+,-./:;<=>?@[\\]^_`{|}~', '');
    for (const sign of signs.query) assert.equal(found(sign, signs).length, 1, sign);
    assert.deepEqual(found('a b', text), []);
    assert.deepEqual(found('   ', text), []);
  });

  it('counts a question that was asked again once', () => {
    const again = { ...message('2', 'Why?', 'Because.'), again: '1' };

    assert.deepEqual(found('why', message('1', 'Why?', 'So.'), again), ['1 question 0']);
  });

  it('stops counting at 10,000', () => {
    assert.equal(found('a', message('1', 'a', 'a '.repeat(20_000))).length, 10_000);
  });
});
