import assert from 'node:assert/strict';
import { newAnswer, type Answer } from '../../../../../src/conversation/result.ts';
import { reduceRun } from '../../../../../src/conversation/reduceRun.ts';
import { newRun, type RunEvent } from '../../../../../src/conversation/run.ts';
import { changedAlike, withChange } from '../../../../../src/host/actions/results/change.ts';
import {
  canRate,
  documentOf,
  firstLineOf,
  markdownOf,
  plainTextOf,
  stateOf,
  usageOf,
} from '../../../../../src/host/actions/results/resultWords.ts';

const request = { inputs: { text: 'a' }, query: '', files: [] };

/** An answer of as many parts as there are lists of events. */
function answerOf(...parts: readonly (readonly RunEvent[])[]): Answer {
  const fresh = newAnswer(
    parts.map(() => request),
    1_000,
  );
  return {
    ...fresh,
    parts: fresh.parts.map((part, at) => ({ ...part, run: (parts[at] ?? []).reduce(reduceRun, newRun) })),
  };
}

const said = (text: string): RunEvent => ({ type: 'textAppended', text });
const usage = { totalTokens: 388, latency: 2.1, totalPrice: '0.0007', currency: 'USD' };
const done: RunEvent = { type: 'answered', usage };
const failed: RunEvent = {
  type: 'failed',
  failure: { fact: 'Dify is busy.', advice: 'Wait.', remedy: 'retry', details: '' },
};
const state = (answer: Answer): string => stateOf(answer, 4_200, 'en');

describe('What a result says of itself', () => {
  it('tells how long it has been answering, and how it ended', () => {
    assert.equal(state(answerOf([said('a')])), 'answering, 3 s');
    const node = { id: 'n', nodeId: 'n', nodeType: 'llm', title: 'Model', container: undefined, length: undefined };
    const second = { type: 'nodeStarted', node: { ...node, id: 'o' } } as const;
    assert.equal(state(answerOf([{ type: 'nodeStarted', node }, second])), 'answering, step 2, 3 s');
    assert.equal(state(answerOf([said('a'), done])), 'done, 2.1 s');
    assert.equal(state(answerOf([said('a'), { type: 'stopped' }])), 'stopped');
    assert.equal(state(answerOf([said('a'), failed])), 'Dify is busy. Wait.');
  });

  it('shows no piece of a tag that hides what the model thinks, however the answer is cut', () => {
    const text = '<think>Hm. a < b</think>\nYes.<think>Or</think> 1 <';
    for (let end = 0; end <= text.length; end++) {
      assert.doesNotMatch(documentOf(answerOf([said(text.slice(0, end))])), /<|Hm|Or/, text.slice(0, end));
    }
    assert.equal(documentOf(answerOf([said(text), done])), 'Yes. 1 <\n\n');
  });

  it('counts the parts, and tells the worst of them', () => {
    assert.equal(state(answerOf([said('a'), done], [said('b')])), '1 of 2 · answering, 3 s');
    assert.equal(state(answerOf([said('a'), done], [failed], [said('c'), done])), '2 of 3 · Dify is busy. Wait.');
    assert.equal(state(answerOf([said('a'), done], [said('b'), done])), 'done, 2.1 s');
  });

  it('tells what it cost, of all parts together, and nothing that the server does not say', () => {
    assert.equal(usageOf(answerOf([said('a'), done]), 'en'), '388 tokens · 2.1 s · $0.0007');
    assert.equal(usageOf(answerOf([said('a'), done], [said('b'), done]), 'en'), '776 tokens · 2.1 s · $0.0014');
    assert.equal(usageOf(answerOf([said('a'), { type: 'answered', usage: undefined }]), 'en'), '');
  });

  it('is rated where it is a message, and not by a workflow', () => {
    const started = {
      type: 'started',
      messageId: 'm',
      conversationId: undefined,
      runId: undefined,
      stoppable: true,
    } as const;
    const app = (mode: string) => ({ app: { id: 'a', name: 'A', mode } });

    assert.ok(canRate(app('completion'), answerOf([started, said('a'), done])));
    assert.ok(!canRate(app('workflow'), answerOf([started, said('a'), done])));
    assert.ok(!canRate(app('chat'), answerOf([said('a'), done])));
  });
});

describe('The text of a result', () => {
  it('has no thoughts, and the parts one under the other', () => {
    const answer = answerOf([said('<think>Hm.</think>\n## One.'), done], [said('Two.'), done], [failed]);

    assert.equal(markdownOf(answer), '## One.\n\n---\n\nTwo.');
    assert.equal(firstLineOf(answer), 'One.');
  });

  it('has two empty last lines once it is whole, and only then', () => {
    assert.equal(documentOf(answerOf([said('One.')])), 'One.');
    assert.equal(documentOf(answerOf([said('One.'), done])), 'One.\n\n');
    assert.equal(documentOf(answerOf([failed])), '');
  });

  it('is plain without what marks it up, but for code', () => {
    const markdown =
      '# Head\n\n> A **bold** [link](https://a.test) and `code`, *so* 2 * 3 * 4.\n\n```ts\na ** b ** c\n```';

    assert.equal(plainTextOf(markdown), 'Head\n\nA bold link and code, so 2 * 3 * 4.\n\na ** b ** c');
  });
});

describe('A change to what was asked', () => {
  it('goes to the question, else to the instruction, else to the longest text', () => {
    assert.equal(withChange({ ...request, query: 'Sum up: a' }, 'Shorter.').query, 'Sum up: a\n\nShorter.');
    const named = { ...request, inputs: { content: 'a long text', instruction: 'Sum up', n: 1 } };
    assert.deepEqual(withChange(named, 'Shorter.').inputs, { ...named.inputs, instruction: 'Sum up\n\nShorter.' });
    const texts = { ...request, inputs: { tone: 'dry', text: 'a long text' } };
    assert.deepEqual(withChange(texts, 'Shorter.').inputs, { tone: 'dry', text: 'a long text\n\nShorter.' });
  });

  it('is made alike to the other parts, which keep their own text', () => {
    const first = { ...request, inputs: { text: 'one', tone: 'dry', n: 1 } };
    const second = { ...request, inputs: { text: 'two', tone: 'dry', n: 1 } };
    const changed = { ...first, inputs: { ...first.inputs, text: 'one\n\nShorter.', tone: 'warm' } };

    assert.deepEqual(changedAlike(first, changed, [first, second]), [
      changed,
      { ...second, inputs: { text: 'two\n\nShorter.', tone: 'warm', n: 1 } },
    ]);
  });
});
