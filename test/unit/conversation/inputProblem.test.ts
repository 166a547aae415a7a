import assert from 'node:assert/strict';
import { countedOf, refusedInput, typingProblem } from '../../../src/conversation/inputProblem.ts';
import { DifyError } from '../../../src/dify/errors.ts';
import { readInputControl, type InputControl } from '../../../src/dify/inputForm.ts';
import { t } from '../../support/english.ts';

const form: readonly InputControl[] = [
  { 'text-input': { variable: 'topic', label: 'Topic', required: true, max_length: 5 } },
  { number: { variable: 'n', label: 'Count' } },
].flatMap(readInputControl);
const [topic] = form;

describe('The words for a field', () => {
  it('do not hurry a person who has typed nothing yet', () => {
    assert.ok(topic !== undefined);
    assert.equal(typingProblem(topic, '', t), '');
    assert.equal(typingProblem(topic, 'Boats!', t), 'Too long by 1 character.');
    assert.equal(typingProblem(topic, '      ', t), 'Too long by 1 character.');
  });

  it('count as the server counts', () => {
    assert.ok(topic !== undefined);
    assert.equal(countedOf(topic, '😀你好'), '3 / 5');
  });

  it('name the field that a server refuses all the same by its label', () => {
    const told = (detail: string, kind: 'rejected' | 'network' = 'rejected'): string | undefined =>
      refusedInput(form, new DifyError(kind, 'x', { detail }), t);

    assert.equal(
      told('n in input form must be a valid number'),
      'The app did not take “Count”: n in input form must be a valid number',
    );
    assert.match(told('topic is required in input form') ?? '', /“Topic”/);
    assert.match(told("(type 'text-input') topic in input form must be a string") ?? '', /“Topic”/);
    assert.equal(told('Too many requests'), undefined);
    assert.equal(told('n in input form must be a valid number', 'network'), undefined);
  });
});
