import assert from 'node:assert/strict';
import type { ChatPage } from './chatPage.ts';
import { freshPage } from './freshPage.ts';
import { conversation, message, state } from './states.ts';

/** What the page shows of it is what it says: copying all of it gives it back. */
const whole = `# Title with \`code\`

A paragraph with **bold**, *slanted*, ~~gone~~ and [a link](https://example.com/a).
Its second line.

> A quote
>
> - with a list

1. One
2. Two
   - nested
   - again
3. Three

- [x] Done
- [ ] Open

| Fix | Minutes |
| --- | ---: |
| a \\| b | 12 |
| \`c\` | 2 |

\`\`\`ts
const a = 1;

\tb();
\`\`\`

---

- loose

- items

The end.`;

describe('Copying', () => {
  let chat: ChatPage;
  freshPage((page) => (chat = page), { busy: true });
  beforeEach(async () => {
    await chat.page.evaluate(() => {
      addEventListener('copy', (event) =>
        Object.assign(globalThis, { copied: event.clipboardData?.getData('text/plain') }),
      );
    });
  });

  const show = (text: string) =>
    chat.snapshot(state({ conversation: conversation(message('1', 'What?', { text, status: { type: 'done' } })) }));

  /** Copies from one text of the page to another. */
  const copy = (from: string, to: string) =>
    chat.page.evaluate(
      ([first, last]) => {
        const find = (text: string): [Text, number] => {
          const walker = document.createTreeWalker(
            document.querySelector('.transcript') ?? document,
            NodeFilter.SHOW_TEXT,
          );
          for (let node = walker.nextNode(); node !== null; node = walker.nextNode()) {
            if (node instanceof Text && node.data.includes(text)) return [node, node.data.indexOf(text)];
          }
          throw new Error(`No text ${text}`);
        };
        const [start, at] = find(first);
        const [end, until] = find(last);
        getSelection()?.setBaseAndExtent(start, at, end, until + last.length);
        document.execCommand('copy');
        return (globalThis as unknown as { copied: string }).copied;
      },
      [from, to] as const,
    );

  it('gives the Markdown of all of an answer', async () => {
    await show(whole);

    assert.equal(await copy('Title', 'The end.'), whole);
  });

  for (const [what, from, to, expected] of [
    ['words in a paragraph', 'paragraph', 'gone', 'paragraph with **bold**, *slanted*, ~~gone~~'],
    ['words of one kind', 'bold', 'bold', 'bold'],
    ['items of a list, with their numbers', 'Two', 'Three', '2. Two\n   - nested\n   - again\n3. Three'],
    ['rows of a table, with its head', 'a |', '2', '| Fix | Minutes |\n| --- | ---: |\n| a \\| b | 12 |'],
    [
      'blocks of several kinds',
      'Done',
      '12',
      '- [x] Done\n- [ ] Open\n\n| Fix | Minutes |\n| --- | ---: |\n| a \\| b | 12 |',
    ],
    ['a question and what was answered', 'What', 'Title', 'What?\n\n# Title'],
  ] as const) {
    it(`gives ${what}`, async () => {
      await show(whole);
      const copied = await copy(from, to === '2' ? '12' : to);

      assert.equal(copied, expected);
    });
  }

  it('leaves a piece of code to the browser, which copies it as it stands', async () => {
    await show(whole);

    assert.equal(await copy('const', '();'), '');
    const selected = (): Promise<string> => chat.page.evaluate(() => String(getSelection()));
    assert.equal(await selected(), 'const a = 1;\n\n\tb();');

    // What is selected gets its colours once it is not.
    const coloured = (): Promise<number> => chat.page.locator('pre [class^="hljs-"]').count();
    await chat.page.evaluate(() => globalThis.host.settled());
    assert.deepEqual([await selected(), await coloured()], ['const a = 1;\n\n\tb();', 0]);
    await chat.page.evaluate(() => getSelection()?.removeAllRanges());
    await chat.page.evaluate(() => globalThis.host.settled());
    assert.ok((await coloured()) > 0);
  });
});
