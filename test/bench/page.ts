// What showing an answer costs in the browser's main thread, with colouring, as ratios: a 200,000-character answer should cost 10 times one
// of 20,000, one step at its end what a step costs at 2,000. Each step adds four tokens, the flow of a fast model in one frame.
import { spawnSync } from 'node:child_process';
import path from 'node:path';
import { Browser, type ChatPage } from '../page/chatPage.ts';
import { begin, cpu, grow, measured, step } from './growingPage.ts';
import { liveRows } from './live.ts';
import { restoredRows } from './restored.ts';
import { answer } from './sampleAnswer.ts';
import { alternated, type Row } from './table.ts';

declare global {
  // oxlint-disable-next-line no-var -- a global of the page
  var coloured: number;
}

const blocks: Readonly<Record<string, { readonly goal: number; readonly text: (length: number) => string }>> = {
  'code block': {
    goal: 11,
    text: (length) => `\`\`\`ts\n${'const value = compute(1, 2, 3);\n'.repeat(length / 32)}\`\`\`\n`,
  },
  list: {
    goal: 12,
    text: (length) => '- an item of a long list with some **bold** words in it\n'.repeat(length / 55),
  },
  table: {
    goal: 20,
    text: (length) =>
      `| a | b | c |\n|---|---|---|\n${'| one cell | another cell | a third cell |\n'.repeat(length / 43)}`,
  },
  paragraph: { goal: 20, text: (length) => 'word after word in *one* paragraph, '.repeat(length / 36) },
};

/** Builds the page and measures it. */
export async function pageRows(): Promise<readonly Row[]> {
  const cwd = path.join(import.meta.dirname, '../..');
  spawnSync(process.execPath, ['esbuild.mjs', '--minify'], { cwd, stdio: 'inherit' });
  const browser = await Browser.start();
  try {
    const chat = await browser.open({ frames: true });
    return [
      ...(await restoredRows(browser)),
      ...(await growthRows(chat)),
      await colouringRow(chat),
      ...(await liveRows(browser)),
    ];
  } finally {
    await browser.close();
  }
}

async function growthRows(chat: ChatPage): Promise<readonly Row[]> {
  const session = await measured(chat);
  const cost = async (prefix: string, text: string): Promise<number> => {
    await begin(chat, prefix);
    return cpu(session, () => grow(chat, text));
  };
  const tail = answer(4200);
  const small = `${Math.ceil(tail.length / step)} steps onto`;
  const rows: Row[] = [
    await row('G5 whole answer: 20k, 200k, ms', 11, ['', answer(20_000)], ['', answer(200_000)]),
    await row(`G6 ${small} 2k, 200k, ms`, 1.2, [answer(2000), tail], [answer(200_000), tail]),
  ];
  for (const [name, { goal, text }] of Object.entries(blocks)) {
    rows.push(await row(`G7 one ${name}: 5k, 50k, ms`, goal, ['', text(5000)], ['', text(50_000)]));
  }
  return rows;

  async function row(what: string, goal: number, base: [string, string], ours: [string, string]): Promise<Row> {
    const pair = await alternated(
      3,
      () => cost(...base),
      () => cost(...ours),
    );
    return { what, goal, ...pair };
  }
}

/** How many coloured elements are made while an answer grows, and if it comes at once: each block should be coloured once. */
async function colouringRow(chat: ChatPage): Promise<Row> {
  const text = answer(50_000);
  const coloured = async (show: () => Promise<void>): Promise<number> => {
    await begin(chat, '');
    await chat.page.evaluate(() => {
      globalThis.coloured = 0;
      const changes = new MutationObserver((records) => {
        for (const { addedNodes } of records) {
          for (const node of addedNodes) {
            if (node instanceof Element && node.className.startsWith('hljs-')) globalThis.coloured++;
          }
        }
      });
      changes.observe(document.body, { subtree: true, childList: true });
    });
    await show();
    return chat.page.evaluate(() => globalThis.coloured);
  };
  const base = await coloured(() => begin(chat, text, { type: 'done' }));
  await chat.page.reload();
  const ours = await coloured(() => grow(chat, text));
  return { what: 'G11 coloured elements made: 50k at once, growing', goal: 1.3, base, ours };
}
