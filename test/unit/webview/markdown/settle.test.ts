import assert from 'node:assert/strict';
import { parseBlocks } from '../../../../src/webview/markdown/parser.ts';
import { lineOffset, settle } from '../../../../src/webview/markdown/settle.ts';

/** The text up to which nothing changes any more. */
function settledText(text: string): string {
  return text.slice(0, settle(text, parseBlocks(text).tokens).offset);
}

describe('settle', () => {
  for (const [text, settled] of [
    ['', ''],
    ['one', ''],
    ['one\n', ''],
    ['one\n\n', ''],
    ['one\n\ntwo', ''],
    ['one\n\ntwo\n', 'one\n\n'],
    ['one\n\ntwo\n\nthree', 'one\n\n'],
    ['one\n\ntwo\n\nthree\n', 'one\n\ntwo\n\n'],
    ['# one\ntwo\n', '# one\n'],
    ['1. a\n\n2', ''],
    ['1. a\n\n2. b\n', ''],
    ['1. a\n\n2\n', '1. a\n\n'],
    ['- a\n- b\n\n  c\n', ''],
    ['- a\n* b\n', '- a\n'],
    ['> a\nb\n', ''],
    ['```\na\n\nb\n', ''],
    ['```\na\n```\nb\n', '```\na\n```\n'],
    ['| a |\n|---|\n| b |\n', ''],
    ['| a |\n|---|\n| b |\n\nc\n', '| a |\n|---|\n| b |\n\n'],
    ['[a]: https://example.com\n\none\n\ntwo\n', '[a]: https://example.com\n\none\n\n'],
  ] as const) {
    it(`settles ${JSON.stringify(settled)} of ${JSON.stringify(text)}`, () => {
      assert.equal(settledText(text), settled);
    });
  }

  it('settles nothing that more text would change', () => {
    const text =
      '# h\n\n- a\n\n- b\n  c\n\n1. x\n2. y\n\npara\n===\n\n| a |\n|---|\n| b |\n\n```\nq\n```\n\n> z\nlazy\n\nend\n';
    const starts = settledStarts(text);

    for (let length = 0; length <= text.length; length++) {
      const offset = settledText(text.slice(0, length)).length;
      assert.ok(offset === 0 || starts.has(offset), `${offset} of the first ${length} characters`);
    }
  });
});

describe('lineOffset', () => {
  it('finds where a line begins, and the end of the text for a line that is not there', () => {
    assert.deepEqual(
      [0, 1, 2, 3].map((line) => lineOffset('a\nbc\nd', line)),
      [0, 2, 5, 6],
    );
  });
});

/** Where the blocks of the whole text begin. */
function settledStarts(text: string): Set<number> {
  const tops = parseBlocks(text).tokens.filter((token) => token.level === 0 && token.nesting !== -1);
  return new Set(tops.map((token) => lineOffset(text, token.map?.[0] ?? 0)));
}
