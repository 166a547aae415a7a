// CPU of showing an answer while it grows, in the browser's main thread: node test/node.mjs test/bench/markdown.ts
// Prints ratios rather than times: a 200,000-character answer should cost 10 times one of 20,000 (goal: at most 11), and one step
// at its end what a step costs at 2,000 (goal: at most 1.2). Each step adds four tokens, the flow of a fast model in one frame.
import { spawnSync } from 'node:child_process';
import path from 'node:path';
import type { CDPSession } from 'playwright-core';
import { Browser, type ChatPage } from '../page/chatPage.ts';
import { conversation, message, state } from '../page/states.ts';

const step = 14;

const blocks = {
  'code block': (length: number) => `\`\`\`ts\n${'const value = compute(1, 2, 3);\n'.repeat(length / 32)}\`\`\`\n`,
  list: (length: number) => '- an item of a long list with some **bold** words in it\n'.repeat(length / 55),
  table: (length: number) =>
    `| a | b | c |\n|---|---|---|\n${'| one cell | another cell | a third cell |\n'.repeat(length / 43)}`,
  paragraph: (length: number) => 'word after word in *one* paragraph, '.repeat(length / 36),
};

spawnSync(process.execPath, ['esbuild.mjs', '--minify'], {
  cwd: path.join(import.meta.dirname, '../..'),
  stdio: 'inherit',
});
const browser = await Browser.start();
try {
  const chat = await browser.open({ frames: true });
  const session = await chat.page.context().newCDPSession(chat.page);
  await session.send('Performance.enable', { timeDomain: 'threadTicks' });
  const cost = async (prefix: string, text: string): Promise<number> => {
    await begin(chat, prefix);
    return cpu(session, () => grow(chat, text));
  };

  await cost('', answer(20_000));
  const whole = await medians({
    small: () => cost('', answer(20_000)),
    large: () => cost('', answer(200_000)),
  });
  report('whole answer: 20k', whole, '(goal ≤ 11)');
  const tail = answer(4200);
  const steps = await medians({
    small: () => cost(answer(2000), tail),
    large: () => cost(answer(200_000), tail),
  });
  report(`${Math.ceil(tail.length / step)} steps: at 2k`, steps, '(goal ≤ 1.2)');
  for (const [name, block] of Object.entries(blocks)) {
    const pair = await medians({ small: () => cost('', block(5000)), large: () => cost('', block(50_000)) });
    report(`one ${name}: 5k`, pair, '');
  }
} finally {
  await browser.close();
}

/** Both in turn, three times: what else the machine does then weighs on both. */
async function medians(
  pair: Record<'small' | 'large', () => Promise<number>>,
): Promise<Record<'small' | 'large', number>> {
  const small: number[] = [];
  const large: number[] = [];
  for (let n = 0; n < 3; n++) {
    small.push(await pair.small());
    large.push(await pair.large());
  }
  return { small: median(small), large: median(large) };
}

function median(values: readonly number[]): number {
  return values.toSorted((a, b) => a - b)[1] ?? NaN;
}

function report(what: string, { small, large }: Record<'small' | 'large', number>, goal: string): void {
  console.log(`${what} ${round(small)} ms, long ${round(large)} ms, ratio ${round(large / small)} ${goal}`);
}

/** Milliseconds of the main thread's CPU. */
async function cpu(session: CDPSession, work: () => Promise<void>): Promise<number> {
  const before = await taskDuration(session);
  await work();
  return (await taskDuration(session)) - before;
}

async function taskDuration(session: CDPSession): Promise<number> {
  const { metrics } = await session.send('Performance.getMetrics');
  return (metrics.find((metric) => metric.name === 'TaskDuration')?.value ?? 0) * 1000;
}

/** Shows an answer under way. */
async function begin(chat: ChatPage, text: string): Promise<void> {
  const shown = conversation(message('k', 'q', { text, status: { type: 'answering' } }));
  await chat.page.evaluate(
    async ([empty, started]) => {
      const { host } = globalThis;
      for (const snapshot of [empty, started]) {
        host.send({ type: 'snapshot', seq: 0, state: snapshot });
        host.paint();
        await host.frame();
      }
    },
    [state(), { ...state(), conversation: shown }] as const,
  );
}

/** Lets the answer grow, painting each step; every now and then the browser shows a frame, as it would after each. */
async function grow(chat: ChatPage, text: string): Promise<void> {
  await chat.page.evaluate(
    async ([rest, size]) => {
      const { host } = globalThis;
      for (let at = 0, seq = 1; at < rest.length; at += size, seq++) {
        const event = { type: 'textAppended', text: rest.slice(at, at + size) } as const;
        host.send({ type: 'events', seq, events: [{ type: 'run', key: 'k', event }] });
        host.paint();
        if (seq % 20 === 0) await host.frame();
      }
    },
    [text, step] as const,
  );
}

/** An answer of about this many characters, with everything that answers have. */
function answer(length: number): string {
  const parts: string[] = [];
  for (let n = 0, size = 0; size < length; n++) {
    const part = section(n);
    parts.push(part);
    size += part.length;
  }
  return parts.join('').slice(0, length);
}

function section(n: number): string {
  return `## Section ${n}

The access point renews its lease every \`${n}\` seconds, which **can** be changed. See the [notes](https://example.com/${n}) for more.
A second line of the paragraph, with *emphasis* and some more words in it.

- first item of the list
- second item, with \`code\`
  - nested item
- third item

\`\`\`ts
export function section${n}(value: number): number {
  const doubled = value * 2;
  return doubled + ${n};
}
\`\`\`

| Name | Value |
|---|---:|
| alpha | ${n} |
| beta | ${n * 2} |

> A quote that closes the section.

`;
}

function round(value: number): number {
  return Math.round(value * 100) / 100;
}
