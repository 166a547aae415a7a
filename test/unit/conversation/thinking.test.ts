import assert from 'node:assert/strict';
import { ThinkingSplitter, withoutThinking } from '../../../src/conversation/thinking.ts';

interface Case {
  readonly name: string;
  readonly text: string;
  readonly thinking: string;
  readonly answer: string;
}

const cases: readonly Case[] = [
  { name: 'no thinking', text: 'Just an answer, 1 < 2.', thinking: '', answer: 'Just an answer, 1 < 2.' },
  { name: 'a block before the answer', text: '<think>\nHm.\n</think>\n\nYes.', thinking: 'Hm.', answer: '\n\nYes.' },
  { name: 'a closing tag glued to the answer', text: '<think>Hm.</think>Yes.', thinking: 'Hm.', answer: 'Yes.' },
  {
    name: 'an opening tag with attributes',
    text: '<think class="x" open>Hm.</think>Yes.',
    thinking: 'Hm.',
    answer: 'Yes.',
  },
  { name: 'only a closing tag', text: 'Hm.\n</think>\nYes.', thinking: 'Hm.', answer: '\nYes.' },
  { name: 'thinking that never ends', text: '<think>Hm, a < b', thinking: 'Hm, a < b', answer: '' },
  { name: 'an empty block', text: '<think>\n\n</think>\n\nYes.', thinking: '', answer: '\n\nYes.' },
  { name: 'two blocks', text: '<think>A\n</think>One. <think>B</think>Two.', thinking: 'A\n\nB', answer: 'One. Two.' },
  {
    name: 'the fold of Dify 0.15',
    text: '<details style="color:gray;padding: 8px;" open> <summary> Thinking... </summary>\nHm, a < b </think>\n</details>\n\nYes.',
    thinking: 'Hm, a < b </think>',
    answer: '\n\nYes.',
  },
  {
    name: 'another fold',
    text: '<details open><summary>Thinks of</summary>x</details> <details> y',
    thinking: '',
    answer: '<details open><summary>Thinks of</summary>x</details> <details> y',
  },
  { name: 'text before the block', text: 'Well: <think>Hm.</think>Yes.', thinking: 'Hm.', answer: 'Well: Yes.' },
  { name: 'other tags', text: '<thinker> </thin> <b>', thinking: '', answer: '<thinker> </thin> <b>' },
  { name: 'the end of a tag cut off', text: 'Yes. </thi', thinking: '', answer: 'Yes. </thi' },
  {
    name: 'a tag in a fence',
    text: '```\n<think>x</think>\n```\ny',
    thinking: '',
    answer: '```\n<think>x</think>\n```\ny',
  },
  { name: 'a tag after a fence', text: '~~~\na\n~~~\n<think>x</think>y', thinking: 'x', answer: '~~~\na\n~~~\ny' },
  { name: 'a tag in code', text: 'The `<think>` tag', thinking: '', answer: 'The `<think>` tag' },
  {
    name: 'the beginning of an indented answer',
    text: '<think>x</think>\n\n    code',
    thinking: 'x',
    answer: '\n\n    code',
  },
];

/** A splitter and what it has handed on. */
function collect() {
  const parts = { thinking: '', answer: '' };
  const splitter = new ThinkingSplitter({
    answer: (text) => (parts.answer += text),
    thinking: (text) => (parts.thinking += text),
    retractAnswer: () => (parts.answer = ''),
  });
  return { splitter, parts };
}

describe('ThinkingSplitter', () => {
  for (const { name, text, thinking, answer } of cases) {
    it(`parts ${name}, wherever the text is cut`, () => {
      for (let at = 0; at <= text.length; at++) {
        const { splitter, parts } = collect();
        splitter.append(text.slice(0, at));
        splitter.append(text.slice(at));
        splitter.end();

        assert.deepEqual(parts, { thinking, answer }, `cut at ${at}`);
      }
    });

    it(`parts ${name}, character by character`, () => {
      const { splitter, parts } = collect();
      for (const character of text) splitter.append(character);
      splitter.end();

      assert.deepEqual(parts, { thinking, answer });
    });
  }

  it('hands on no piece of a tag while it may still become one', () => {
    const { splitter, parts } = collect();
    splitter.append('Yes <thi');

    assert.deepEqual(parts, { thinking: '', answer: 'Yes ' });
  });

  it('says whether the model thinks', () => {
    const { splitter } = collect();
    splitter.append('<think>Hm');
    assert.equal(splitter.isThinking, true);

    splitter.append('</think>');
    assert.equal(splitter.isThinking, false);
  });
});

describe('withoutThinking', () => {
  it('gives the answer alone', () => {
    assert.equal(withoutThinking('<think>Hm.</think>\n\n  Yes.\n'), '  Yes.');
  });
});
