import assert from 'node:assert/strict';
import { toolAnswer } from '../../../src/demo/text/tools.ts';

const prose =
  'The cheapest can deliver in nine weeks, which is to late. The  dearest mast mast comes in two weeks , and it was a error.';

describe('the text tools of the demo', () => {
  for (const [instruction, answer] of [
    ['Summarize the text in its own language.', /Demo summary/],
    ['用原文的语言总结这段文字。', /Demo summary/],
    ['Translate the text into Deutsch. Answer with the translation only.', /Demo dictionary/],
    ['将这段文字翻译成日本語，只回答译文。', /Demo dictionary/],
    ['Explain this.', /^\*\*The[\s\S]*- mast \(2×\)/],
    ['テキストの続きを同じ言語と文体で書いてください。', /^In short: The/],
    ['Fix the problems in this code.', /repairs no code/],
    ['Sing it.', /no language model\. It can/],
  ] as const) {
    it(`does what "${instruction}" asks`, () => assert.match(toolAnswer(instruction, prose), answer));
  }

  it('corrects what can be told without understanding, and leaves the rest to the byte', () => {
    assert.equal(
      toolAnswer('Correct spelling and grammar, and change nothing else.', prose),
      'The cheapest can deliver in nine weeks, which is too late. The  dearest mast comes in two weeks, and it was an error.',
    );
    assert.equal(
      toolAnswer('只修正拼写和语法。', '今天的的会议,大家都来了。\r\n\t缩进不变\r\n'),
      '今天的会议，大家都来了。\r\n\t缩进不变\r\n',
    );
    assert.equal(toolAnswer('誤字と文法だけを直してください。', '港では船をを借りました。'), '港では船を借りました。');
    assert.equal(toolAnswer('Fix the grammar.', 'وصل القارب القارب اليوم .'), 'وصل القارب اليوم.');
  });

  it('polishes wordy sentences', () => {
    assert.equal(
      toolAnswer('Polish the text.', 'We met in order to talk, due to the fact that it was really late.'),
      'We met to talk, because it was late.',
    );
    assert.equal(toolAnswer('推敲してください。', '予約することができます。'), '予約できます。');
  });

  it('leaves code as it is where it is asked to polish, but for its comments', () => {
    const code = (comment: string): string => `const a = 1;\r\n\t// ${comment}\r\nconst b = 'the the ' + a;\r\n`;

    assert.equal(toolAnswer('Polish the text.', code('Teh the sum')), code('The sum'));
  });
});
