import assert from 'node:assert/strict';
import {
  canBeFetched,
  cutOf,
  newAnswer,
  restoreResult,
  storeResult,
  titleOf,
  waitingIn,
  withAnswer,
  withEvent,
  withRating,
  type Result,
} from '../../../src/conversation/result.ts';
import { newRun } from '../../../src/conversation/run.ts';
import { runForm } from '../../page/humanInputStates.ts';

const request = { inputs: { query: 'text', n: 3, file: { type: 'image' } }, query: '', files: [] };
const plain: Result = {
  id: 'r-1',
  recipe: {
    id: 'summarize',
    title: 'Summarize',
    resultTitle: 'Summary of {file}',
    instruction: '',
    targetLanguage: undefined,
    output: 'show',
    inputs: { text: '${selectedText}' },
    app: undefined,
  },
  app: { id: 'a', name: 'Text Tools', mode: 'completion' },
  source: {
    uri: 'file:///w/notes.md',
    languageId: 'markdown',
    file: 'notes.md',
    place: 'notes.md:1-3',
    parts: [{ start: { line: 0, character: 0 }, end: { line: 2, character: 4 }, text: 'text' }],
  },
  answers: [newAnswer([request], 5)],
};
const started = { messageId: 'm', conversationId: 'c', runId: undefined, stoppable: true };
const answered = [
  { type: 'started', ...started } as const,
  { type: 'textAppended', text: 'Short.' } as const,
  { type: 'answered', usage: { totalTokens: 7, latency: 2, totalPrice: '0.1', currency: 'USD' } } as const,
].reduce((result, event) => withEvent(result, 0, event), plain);

const t = (text: string): string => text;
const cut = { advice: 'The window was closed.', remedy: 'fetchRest' } as const;
const again = (result: Result, askedAt: number): Result => withAnswer(result, newAnswer([request], askedAt));
const times = ({ answers }: Result): readonly number[] => answers.map(({ askedAt }) => askedAt);

describe('A result', () => {
  it('is called after its recipe and file, whatever is in the name of the file', () => {
    assert.equal(titleOf({ ...plain, source: { ...plain.source, file: '$& $1.md' } }), 'Summary of $& $1.md');
  });

  it('is a question of the chat while its run waits for a form, which is answered there', () => {
    const paused = [
      { type: 'started', ...started, runId: 'r' } as const,
      { type: 'formOpened', form: runForm('f') } as const,
      { type: 'paused' } as const,
    ].reduce((result, event) => withEvent(result, 0, event), plain);
    const [answer] = paused.answers;
    assert.ok(answer !== undefined);
    const { key, inputs, askedAt, run } = waitingIn(answer) ?? {};

    assert.deepEqual([key, inputs, askedAt, run?.forms.length], ['r', request.inputs, 5, 1]);
    assert.equal(waitingIn(newAnswer([request], 5)), undefined);
    assert.equal(waitingIn({ ...answer, parts: [...answer.parts, ...answer.parts] }), undefined, 'several parts');
  });

  it('folds what happens into its newest answer, and remembers the conversation', () => {
    const [part] = answered.answers[0]?.parts ?? [];

    assert.equal(part?.run.text, 'Short.');
    assert.equal(part?.conversationId, 'c');
    assert.equal(withEvent(answered, 1, { type: 'stopped' }), answered);
  });

  it('keeps the last three answers, and none of which nothing came', () => {
    const empty = again(answered, 6);
    assert.deepEqual(times(again(empty, 7)), [5, 7]);

    let result = answered;
    for (const at of [6, 7, 8]) result = withEvent(again(result, at), 0, { type: 'textAppended', text: 'More.' });
    assert.deepEqual(times(result), [6, 7, 8]);
  });

  it('is the same after it was written and read', () => {
    const rated = withRating(answered, 0, 'dislike');

    assert.deepEqual(
      restoreResult(JSON.parse(storeResult(rated)), t, () => cut),
      rated,
    );
  });

  it('is told as incomplete if it was written while it was running', () => {
    const running = withEvent(plain, 0, { type: 'textAppended', text: 'Half' });

    const read = restoreResult(JSON.parse(storeResult(running)), t, () => cut);

    const [part] = read?.answers[0]?.parts ?? [];
    assert.equal(part?.run.text, 'Half');
    assert.equal(part?.run.status.type, 'incomplete');
    assert.ok(read !== undefined && part !== undefined && canBeFetched(part));
    const before = { request, run: { ...newRun, runId: 'r-1' }, conversationId: undefined, rating: undefined };
    assert.deepEqual(cutOf(part, 5, { answers: [{ askedAt: 1, parts: [before] }, ...read.answers] }), {
      query: '',
      inputs: request.inputs,
      askedAt: 5,
      run: part.run,
      conversationId: undefined,
      others: new Set(['r-1']),
    });
  });

  it('is not read from anything else', () => {
    const json = JSON.parse(storeResult(plain)) as object;
    for (const broken of [undefined, 1, {}, { ...json, version: 2 }, { ...json, answers: [] }, { ...json, app: 'a' }]) {
      assert.equal(
        restoreResult(broken, t, () => cut),
        undefined,
      );
    }
  });

  it('takes a rating back', () => {
    const rated = withRating(withRating(answered, 0, 'like'), 0, undefined);

    assert.equal(rated.answers[0]?.parts[0]?.rating, undefined);
    assert.notEqual(answered.answers[0]?.parts[0]?.run, newRun);
  });
});
