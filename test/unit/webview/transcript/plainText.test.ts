import assert from 'node:assert/strict';
import { plainText } from '../../../../src/webview/transcript/plainText.ts';

describe('plainText', () => {
  for (const [what, markdown, plain] of [
    [
      'emphasis, code and strikes',
      '**Bold**, *slanted*, `code`, ~~gone~~ and 2 \\* 3',
      'Bold, slanted, code, gone and 2 * 3',
    ],
    ['headings and paragraphs', '# One\n\nTwo\nthree\n\n## Four\nFive', 'One\n\nTwo\nthree\n\nFour\n\nFive'],
    [
      'lists in lists',
      '- one\n- two\n  1. first\n  2. second\n- three',
      '- one\n- two\n  1. first\n  2. second\n- three',
    ],
    ['a list that begins elsewhere', '3. three\n4. four\n\nAfter', '3. three\n4. four\n\nAfter'],
    ['items with code', '- run:\n\n  ```sh\n  npm ci\n  ```\n- done', '- run:\n  npm ci\n- done'],
    ['code', 'Do:\n\n```ts\nconst a = 1;\n\n  b();\n```\n\nDone', 'Do:\n\nconst a = 1;\n\n  b();\n\nDone'],
    [
      'links',
      '[notes](https://example.com/x) and https://example.com',
      'notes (https://example.com/x) and https://example.com',
    ],
    ['quotations', '> One\n> two\n\nThree', '> One\n> two\n\nThree'],
    ['tables', '| A | B |\n|---|---|\n| 1 | **2** |\n\nAfter', 'A\tB\n1\t2\n\nAfter'],
    ['pictures', 'See ![a plan](https://example.com/p.png)', 'See a plan'],
    ['what only looks like Markdown', 'snake_case_name and <b>tags</b>', 'snake_case_name and <b>tags</b>'],
    ['nothing', '', ''],
  ] as const) {
    it(`says ${what}`, () => {
      assert.equal(plainText(markdown), plain);
    });
  }
});
