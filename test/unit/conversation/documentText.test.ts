import assert from 'node:assert/strict';
import * as fc from 'fast-check';
import { documentText, indentationStep, plainAnswer, type Place } from '../../../src/conversation/documentText.ts';

const place: Place = { before: '', original: 'old', eol: '\n', step: undefined };

interface Case {
  readonly name: string;
  readonly answer: string;
  readonly at?: Partial<Place>;
  readonly text: string;
}

const cases: readonly Case[] = [
  { name: 'an answer as it is', answer: 'New.', text: 'New.' },
  { name: 'no thinking', answer: '<think>\nHm.\n</think>\n\nNew.', text: 'New.' },
  { name: 'no thinking that was not closed', answer: 'New. <think>Hm', text: 'New.' },
  { name: 'nothing while the model thinks', answer: '<think>Hm', text: '' },
  {
    name: 'no thinking in the form of Dify 0.15',
    answer: '<details style="color:gray" open> <summary> Thinking... </summary>\nHm.\n</details>\n\nNew.',
    text: 'New.',
  },
  {
    name: 'nothing of the old form while it grows',
    answer: '<details open><summary>Thinking...</summary>Hm',
    text: '',
  },
  {
    name: 'details that are no thinking',
    answer: '<details><summary>More</summary>x</details>',
    text: '<details><summary>More</summary>x</details>',
  },
  { name: 'no fence around everything', answer: '```ts\nconst a = 1;\n```\n', text: 'const a = 1;' },
  { name: 'no fence that was not closed', answer: '~~~\na', text: 'a' },
  { name: 'a fence in a longer fence', answer: '````md\n```\na\n```\n````', text: '```\na\n```' },
  { name: 'two fences', answer: '```\na\n```\n\n```\nb\n```', text: '```\na\n```\n\n```\nb\n```' },
  { name: 'a fence with words beside it', answer: 'So:\n```\na\n```', text: 'So:\n```\na\n```' },
  { name: 'the fence of a block of code', answer: '```\na\n```', at: { original: '```\nx\n```' }, text: '```\na\n```' },
  { name: 'the final newline of the selection', answer: 'New.', at: { original: 'old\n' }, text: 'New.\n' },
  { name: 'no final newline of its own', answer: 'New.\n\n', text: 'New.' },
  { name: 'blank ends of the selection', answer: 'New.', at: { before: 'x', original: ' old ' }, text: ' New. ' },
  { name: 'blank lines above', answer: 'New.', at: { original: '\n\n  old\n' }, text: '\n\n  New.\n' },
  { name: 'the line ends of the document', answer: 'a\nb\r\nc\n', at: { eol: '\r\n' }, text: 'a\r\nb\r\nc' },
  { name: 'no byte order mark', answer: '\uFEFFNew.', text: 'New.' },
  { name: 'no half of a character', answer: 'Lamp \uD83D', text: 'Lamp' },
  {
    name: 'the indentation of the place',
    answer: 'if (a) {\n  b();\n}',
    at: { original: '    old();\n' },
    text: '    if (a) {\n      b();\n    }\n',
  },
  {
    name: 'the indentation that stands before the selection',
    answer: 'if (a) {\n    b();\n}',
    at: { before: '    ', original: 'old();' },
    text: 'if (a) {\n        b();\n    }',
  },
  {
    name: 'the rest of the indentation where the selection begins inside of it',
    answer: 'a\nb',
    at: { before: '  ', original: '  old' },
    text: '  a\n    b',
  },
  {
    name: 'lines that repeat the indentation',
    answer: 'g() {\n        b();\n    }',
    at: { before: '    ', original: 'f() {\n        a();\n    }' },
    text: 'g() {\n        b();\n    }',
  },
  {
    name: 'an answer that was trimmed',
    answer: 'b = 1\n    c = 2',
    at: { original: '    a = 1\n    a = 2\n' },
    text: '    b = 1\n    c = 2\n',
  },
  {
    name: 'tabs where the document has tabs',
    answer: 'f() {\n    if (a) {\n        b();\n    }\n}',
    at: { original: '\told();', step: '\t' },
    text: '\tf() {\n\t\tif (a) {\n\t\t\tb();\n\t\t}\n\t}',
  },
  {
    name: 'spaces where the document has spaces',
    answer: 'f() {\n\tb();\n}',
    at: { step: '  ' },
    text: 'f() {\n  b();\n}',
  },
  {
    name: 'more lines in the middle of a line',
    answer: 'new\nwords',
    at: { before: '  some ', original: 'old' },
    text: 'new\n  words',
  },
  { name: 'the wide space of a Chinese paragraph', answer: '　　新。', at: { original: '　　旧。' }, text: '　　新。' },
  { name: 'the wide space that the model left out', answer: '新。', at: { original: '　　旧。' }, text: '　　新。' },
];

describe('The text for a document', () => {
  for (const { name, answer, at, text } of cases) {
    it(`has ${name}`, () => {
      assert.equal(documentText(answer, { ...place, ...at }), text);
    });
  }

  it('is the selection itself when the model repeats it, also trimmed', () => {
    const words = fc.stringMatching(/^[a-z一-龠]([a-z 𝔸é.(){}-]{0,8}[a-z.])?$/u);
    const block = fc.record({
      indent: fc.constantFrom('', '  ', '    ', '\t'),
      lines: fc.array(fc.tuple(fc.nat(2), words), { minLength: 1, maxLength: 6 }),
      head: fc.constantFrom('', '\n', '\n\n'),
      tail: fc.constantFrom('', '\n', '\n\n'),
      eol: fc.constantFrom('\n' as const, '\r\n' as const),
    });
    fc.assert(
      fc.property(block, ({ indent, lines, head, tail, eol }) => {
        const step = indent === '\t' ? '\t' : indent === '' ? '  ' : indent;
        const body = lines.map(([depth, text], at) => indent + step.repeat(at === 0 ? 0 : depth) + text).join('\n');
        const original = (head + body + tail).replaceAll('\n', eol);
        const at: Place = { before: '', original, eol, step };

        assert.equal(documentText(original, at), original);
        assert.equal(documentText(`\`\`\`\n${body}\n\`\`\``, at), original);
      }),
      { numRuns: 2000 },
    );
  });
});

describe('A plain answer', () => {
  it('names the language of its only block of code', () => {
    assert.deepEqual(plainAnswer('<think>a</think>```ts title=x\nlet a;\n```'), { content: 'let a;', language: 'ts' });
    assert.deepEqual(plainAnswer('Text'), { content: 'Text', language: '' });
  });
});

describe('The step of indentation', () => {
  for (const [text, step] of [
    ['a\nb', undefined],
    ['a\n\tb', '\t'],
    ['a\n    b\n  c', '  '],
    ['a\n\tb\n\tc\n  d', '\t'],
  ] as const) {
    it(`is ${JSON.stringify(step)} in ${JSON.stringify(text)}`, () => {
      assert.equal(indentationStep(text), step);
    });
  }
});
