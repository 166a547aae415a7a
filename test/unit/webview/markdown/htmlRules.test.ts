import assert from 'node:assert/strict';
import { parseBlocks } from '../../../../src/webview/markdown/parser.ts';

/** Types of the blocks on the top level, and the source of those that are HTML. */
function blocksOf(text: string, isGrowing = false): readonly string[] {
  return parseBlocks(text, isGrowing)
    .tokens.filter(({ level, nesting }) => level === 0 && nesting !== -1)
    .map(({ type, content }) => (type === 'html' ? `html ${content}` : type));
}

const button = '<button data-message="a">A</button>';
const form = '<form>\n<input name="a">\n\n<button>Go</button>\n</form>';

describe('HTML among the blocks of an answer', () => {
  for (const [what, text, blocks] of [
    ['a button', button, [`html ${button}`]],
    ['buttons in lines', `${button} ${button}\n${button}`, [`html ${button} ${button}\n${button}`]],
    [
      'a button over lines',
      '<button\n  data-message="a"\n>\nA\n</button>',
      ['html <button\n  data-message="a"\n>\nA\n</button>'],
    ],
    ['a form with a blank line', `${form}\nEnd`, [`html ${form}`, 'paragraph_open']],
    ['a button behind a paragraph', `Choose:\n${button}`, ['paragraph_open', `html ${button}`]],
    ['a button in a line', `Choose ${button}`, ['paragraph_open']],
    ['a button with words behind', `${button} or not`, ['paragraph_open']],
    ['a form in a list', '- <form><button>Go</button></form>', ['bullet_list_open']],
    ['a form without a button', '<form><input name="a"></form>', ['paragraph_open']],
    ['a form that is never closed', '<form>\n<input name="a">\n\nEnd', ['paragraph_open', 'paragraph_open']],
    ['a form that is too long', `<form>${'x'.repeat(16_000)}<button>A</button></form>`, ['paragraph_open']],
    ['a fold', '<details>\n<summary>S</summary>\n\nB\n\n</details>\n\nEnd', ['details_block_open', 'paragraph_open']],
    ['a fold that is never closed', '<details>\n\nB\n\nEnd', ['details_block_open']],
    ['other HTML', '<div>\n<marquee>x</marquee>\n</div>', ['paragraph_open']],
    ['code', `    ${button}`, ['code_block']],
  ] as const) {
    it(`reads ${what}`, () => assert.deepEqual(blocksOf(text), blocks));
  }

  it('holds back what may become a block, however it is cut, and shows no piece of a tag', () => {
    for (const text of [`${button}\n${button}`, form, '<details open>\n<summary>S</summary>\n\nB']) {
      for (let length = 1; length < text.length; length++) {
        const piece = text.slice(0, length);
        const shown = blocksOf(piece, true);
        assert.ok(
          shown.every((block) => /^(?:html|html <button.*<\/button>|details_block_open)\s*$/s.test(block)),
          `${JSON.stringify(piece)}: ${shown.join()}`,
        );
      }
    }
  });
});
