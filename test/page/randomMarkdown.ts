/** Repeatable numbers from 0 to 1 (mulberry32). */
export function randomNumbers(seed: number): () => number {
  let state = seed;
  return () => {
    state = (state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4_294_967_296;
  };
}

const lines = [
  'plain text that goes on for a while, so that lists and tables become long',
  'some **bold** and `code`',
  '- item',
  '- item with more text in it, to make it long',
  '  continued',
  '  - nested',
  '* other',
  '1. one',
  '2. two',
  '3) three',
  '   indented three',
  '    indented four',
  '- [ ] task',
  '> quote',
  '> - list in a quote',
  '```',
  '```ts',
  '~~~',
  '  ```',
  '| a | b |',
  '|---|---|',
  '| cell | another cell with text |',
  '# heading',
  '===',
  '---',
  '* * *',
  '[a]: https://example.com',
  'costs $5 and $10, or $x^2$ and \\(y\\)',
  '$$',
  '$$\\frac{1}{2}$$',
  '$$ open',
  '\\[',
  'x = 1 \\]',
  '  $$',
  '- $$',
  '> $$',
  '![picture](https://example.com/x.png)',
  '~~gone~~ <https://example.com> https://example.com',
  'a\u200Bb \u202Ec `\u2066`',
  'see [a]',
  '<div>',
  '<button data-message="yes">Yes</button>',
  '<button data-message="two',
  'lines">Yes</button> <button data-link="https://example.com">Go</button>',
  '<form data-format="json">',
  '  <label for="a">A</label><input name="a">',
  '<input type="checkbox" name="b" data-tip="B">',
  '<button>Send</button>',
  '</form>',
  '<details>',
  '<details open><summary>Sum</summary>',
  '<summary>',
  '</details>',
  '- </details> behind',
  '<audio src="https://example.com/a.mp3"></audio>',
  '<think>',
  '</think>',
  '\t- tab',
  '-',
  '2',
  '',
  '',
  '',
  '',
];

/** Up to 60 lines of anything: runs of the same kind, so that long blocks come about too. */
export function randomMarkdown(random: () => number): string {
  const text: string[] = [];
  const count = Math.floor(random() * 60);
  while (text.length < count) {
    const line = lines[Math.floor(random() * lines.length)] ?? '';
    const times = random() < 0.2 ? Math.floor(random() * 25) : 1;
    for (let n = 0; n < times; n++) text.push(line);
  }
  return text.join('\n');
}
