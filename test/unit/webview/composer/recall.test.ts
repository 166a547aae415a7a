import assert from 'node:assert/strict';
import { Recall } from '../../../../src/webview/composer/recall.ts';

describe('Recall', () => {
  const recall = (...questions: string[]): Recall => new Recall(() => questions);

  it('goes back through the questions, each once, and forth to what was typed', () => {
    const questions = recall('one', 'two', 'two', 'three');

    assert.equal(questions.step('earlier', ' '), 'three');
    assert.equal(questions.step('earlier', 'three'), 'two');
    assert.equal(questions.step('earlier', 'two'), 'one');
    assert.equal(questions.step('earlier', 'one'), undefined);
    assert.equal(questions.step('later', 'one'), 'two');
    assert.equal(questions.step('later', 'two'), 'three');
    assert.equal(questions.step('later', 'three'), ' ');
    assert.equal(questions.step('later', ' '), undefined);
  });

  it('leaves alone what the person typed, also into a recalled question', () => {
    const questions = recall('one', 'two');

    assert.equal(questions.step('earlier', 'typed'), undefined);
    assert.equal(questions.step('earlier', ''), 'two');
    assert.equal(questions.step('earlier', 'two, changed'), undefined);
    assert.equal(questions.step('later', 'two, changed'), undefined);
    assert.equal(questions.step('earlier', ''), 'two');
  });

  it('has nothing to recall in a new conversation', () => {
    assert.equal(recall().step('earlier', ''), undefined);
  });
});
