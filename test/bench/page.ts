// What showing an answer costs in the browser's main thread, with colouring, as ratios: a 200,000-character answer should cost 10 times one
// of 20,000, one step at its end what a step costs at 2,000. Each step adds four tokens, the flow of a fast model in one frame.
import { spawnSync } from 'node:child_process';
import path from 'node:path';
import { Browser, type ChatPage } from '../page/chatPage.ts';
import { begin, cpu, grow, measured, step } from './growingPage.ts';
import { liveRows } from './live.ts';
import { messageRows } from './messages.ts';
import { reparsed } from './naive.ts';
import { restoredRows } from './restored.ts';
import { answer } from './sampleAnswer.ts';
import { alternated, type Row } from './table.ts';

/** What colouring did in the page. */
interface Coloured {
  elements: number;
  /** In the browser's spare time, in milliseconds. */
  took: number;
}

declare global {
  // oxlint-disable-next-line no-var -- a global of the page
  var coloured: Coloured;
}

/** Of each pair; the ones of blocks are short, and so are many. */
const rounds = { answers: 5, blocks: 9 };

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
      await reparseRow(browser, chat),
      ...(await colouringRows(chat)),
      ...(await liveRows(browser)),
      ...(await messageRows(browser)),
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
    await row({ what: 'G5 whole answer: 20k, 200k, ms', goal: 11 }, ['', answer(20_000)], ['', answer(200_000)]),
    await row({ what: `G6 ${small} 2k, 200k, ms`, goal: 1.2 }, [answer(2000), tail], [answer(200_000), tail]),
  ];
  for (const [name, { goal, text }] of Object.entries(blocks)) {
    const what = `G7 one ${name}: 5k, 50k, ms`;
    rows.push(await row({ what, goal }, ['', text(5000)], ['', text(50_000)], rounds.blocks));
  }
  return rows;

  async function row(
    aim: Pick<Row, 'what' | 'goal'>,
    base: [string, string],
    ours: [string, string],
    times = rounds.answers,
  ): Promise<Row> {
    const pair = await alternated(
      times,
      () => cost(...base),
      () => cost(...ours),
    );
    return { ...aim, ...pair };
  }
}

/** What an answer costs with its colours, and what a twentieth of showing it anew with each step costs. */
async function reparseRow(browser: Browser, chat: ChatPage): Promise<Row> {
  const session = await measured(chat);
  const text = answer(20_000);
  const pair = await alternated(
    2,
    async () => (await reparsed(browser, text)) / 20,
    async () => {
      await chat.page.bringToFront();
      await begin(chat, '');
      return cpu(session, () => grow(chat, text));
    },
  );
  return { what: 'G6 20k with colours: a 20th of parsing all, ours, ms', ...pair, goal: 1 };
}

/** What colouring does while an answer grows, and if it comes at once: each block should be coloured once. */
async function colouringRows(chat: ChatPage): Promise<readonly Row[]> {
  // Of some length: what is done once for each block is not what colouring costs.
  const block = `\`\`\`ts\n${'const value = compute(1, "two"); // three\n'.repeat(100)}\`\`\`\n\nA paragraph.\n\n`;
  const text = block.repeat(12);
  const coloured = async (show: () => Promise<void>): Promise<Coloured> => {
    // Each language is dear when it is met first.
    await chat.page.reload();
    await begin(chat, answer(2000), { type: 'done' });
    await begin(chat, '');
    await chat.page.evaluate(watchColouring);
    await show();
    return chat.page.evaluate(() => globalThis.coloured);
  };
  const counts: Coloured[] = [];
  const took = async (show: () => Promise<void>): Promise<number> => {
    const all = await coloured(show);
    counts.push(all);
    return all.took;
  };
  const pair = await alternated(
    3,
    () => took(() => begin(chat, text, { type: 'done' })),
    () => took(() => grow(chat, text)),
  );
  const [base = NaN, ours = NaN] = counts.slice(-2).map(({ elements }) => elements);
  return [
    { what: 'G11 coloured elements made: 12 blocks at once, growing', goal: 1.3, base, ours },
    { what: 'G11 time for colours: 12 blocks at once, growing, ms', goal: 1.3, ...pair },
  ];
}

/** In the page: counts what colouring makes, and how long the page's work in spare time takes, which is colouring only. */
function watchColouring(): void {
  globalThis.coloured = { elements: 0, took: 0 };
  const changes = new MutationObserver((records) => {
    for (const { addedNodes } of records) {
      for (const node of addedNodes) {
        if (node instanceof Element && node.className.startsWith('hljs-')) globalThis.coloured.elements++;
      }
    }
  });
  changes.observe(document.body, { subtree: true, childList: true });
  // What is out of sight is cheaper to change: an answer that comes at once is mostly that.
  const all = new CSSStyleSheet();
  all.replaceSync('.md-group { content-visibility: visible; }');
  document.adoptedStyleSheets = [all];
  const { requestIdleCallback: ask } = globalThis;
  globalThis.requestIdleCallback = (work, options) =>
    ask((deadline) => {
      const from = performance.now();
      work(deadline);
      globalThis.coloured.took += performance.now() - from;
    }, options);
}
