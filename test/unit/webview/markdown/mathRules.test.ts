import assert from 'node:assert/strict';
import { parseBlocks, parseInline } from '../../../../src/webview/markdown/parser.ts';

describe('Formulas in a text', () => {
  for (const [text, expected] of [
    ['It is $x^2$.', ['x^2']],
    ['\\(a\\) and \\[b\\] and $$c$$', ['a', 'b', 'c']],
    ['$5 and $10', []],
    ['US$5, CA$10 and 20$', []],
    ['between $5 and 10$', []],
    ['$HOME and $PATH', []],
    ['\\$x$ and `$y$`', []],
    ['I have $5 and x is $y$', ['y']],
  ] as const) {
    it(`finds ${JSON.stringify(expected)} in ${text}`, () => {
      const found = parseInline(text, {})?.filter(({ type }) => type === 'math') ?? [];
      assert.deepEqual(
        found.map(({ content }) => content),
        expected,
      );
    });
  }

  it('takes a block of lines as one, and one that is not closed as text up to the blank line', () => {
    const kinds = (text: string): string[] => parseBlocks(text).tokens.map(({ type }) => type);
    assert.deepEqual(kinds('$$\n- x\n$$'), ['math']);
    assert.deepEqual(kinds('$$\n- x\n\n# y').slice(0, 2), ['math_text', 'heading_open']);
  });
});
