// What the messages of an answer cost on their way to the page, from a worker through the two frames in which VS Code puts a webview:
// one for each token, and those of our outbox (G9).
import { setTimeout as sleep } from 'node:timers/promises';
import { build } from 'esbuild';
import type { Page } from 'playwright-core';
import { emptyChat } from '../../src/conversation/protocol.ts';
import { Outbox } from '../../src/host/chat/pages/outbox.ts';
import type { Browser } from '../page/chatPage.ts';
import { median, type Row } from './table.ts';

/** In milliseconds. */
const duration = 5000;

export async function messageRows(browser: Browser): Promise<readonly Row[]> {
  const chat = await browser.open();
  await openFrames(chat.page);
  const cost = async (rate: number, how: How): Promise<number> => {
    const before = await browser.cpu();
    await chat.page.evaluate((wanted) => globalThis.flow(wanted), { rate, how, duration });
    return (await browser.cpu()) - before;
  };
  const rows: Row[] = [
    { what: 'G9 messages a second at 2,000 tokens, of 63', base: 63, ours: await messages(2000), goal: 1 },
  ];
  for (const [rate, goal] of [
    [200, 0.55],
    [2000, 0.2],
  ] as const) {
    const costs: Record<How, number[]> = { none: [], each: [], outbox: [] };
    for (let round = 0; round < 5; round++) {
      for (const how of hows) costs[how].push(await cost(rate, how));
    }
    // What the tokens cost that nobody hears of is no cost of messages.
    const cpu = (how: How): number => median(costs[how]) - median(costs.none);
    rows.push({
      what: `G9 CPU of ${rate} tokens/s in 5 s: each, outbox, ms`,
      base: cpu('each'),
      ours: cpu('outbox'),
      goal,
    });
  }
  await chat.close();
  return rows;
}

/** Whether tokens are posted, and one by one or by the outbox. */
type How = (typeof hows)[number];
const hows = ['none', 'each', 'outbox'] as const;

interface Wanted {
  readonly rate: number;
  readonly how: How;
  readonly duration: number;
}

declare global {
  // oxlint-disable-next-line no-var -- a global of the page
  var flow: (wanted: Wanted) => Promise<void>;
}

/** A page, a frame of another site in it, and a frame of the same site in that one: each hands on what it hears. */
async function openFrames(page: Page): Promise<void> {
  const script = await workerScript();
  const hear = (then: string): string => `<body><script>addEventListener('message', ({ data }) => ${then});</script>`;
  const pages: Readonly<Record<string, string>> = {
    '/editor': '<body><iframe src="http://webview.test/outer"></iframe>',
    '/outer': `${hear('frames[0].postMessage(data, "*")')}<iframe src="/inner"></iframe>`,
    '/inner': hear('JSON.stringify(data)'),
  };
  await page.route(/\.test\//, (route) =>
    route.fulfill({ contentType: 'text/html', body: pages[new URL(route.request().url()).pathname] ?? '' }),
  );
  await page.goto('http://editor.test/editor');
  await page.evaluate((source) => {
    const worker = new Worker(URL.createObjectURL(new Blob([source])));
    let ended = (): void => {};
    worker.addEventListener('message', ({ data }) => {
      if (data === 'ended') ended();
      else globalThis.frames[0]?.postMessage(data, '*');
    });
    globalThis.flow = (wanted) =>
      new Promise((resolve) => {
        ended = resolve;
        worker.postMessage(wanted);
      });
  }, script);
}

async function workerScript(): Promise<string> {
  const { outputFiles } = await build({
    stdin: { contents: workerSource, resolveDir: import.meta.dirname, loader: 'ts' },
    bundle: true,
    minify: true,
    write: false,
    format: 'iife',
  });
  return outputFiles[0]?.text ?? '';
}

const workerSource = `
  import { emptyChat } from '../../src/conversation/protocol.ts';
  import { Outbox } from '../../src/host/chat/pages/outbox.ts';
  self.onmessage = ({ data: { rate, how, duration } }) => {
    const outbox = new Outbox((message) => self.postMessage(message));
    outbox.snapshot(emptyChat);
    const event = { type: 'run', key: 'k', event: { type: 'textAppended', text: 'word ' } };
    const start = performance.now();
    let sent = 0;
    const tick = () => {
      const now = performance.now() - start;
      for (; sent < (now / 1000) * rate; sent++) {
        if (how === 'each') self.postMessage({ type: 'events', seq: sent, events: [event] });
        if (how === 'outbox') outbox.push(event);
      }
      if (now < duration || ended) return;
      ended = true;
      timers.forEach(clearInterval);
      outbox.dispose();
      self.postMessage('ended');
    };
    let ended = false;
    const timers = [setInterval(tick, 1)];
    // Half a millisecond later, so that of 2,000 tokens a second none comes together with another.
    while (performance.now() < start + 0.5);
    timers.push(setInterval(tick, 1));
  };
`;

/** How many messages go to a page in a second of an answer. */
async function messages(tokensPerSecond: number): Promise<number> {
  let count = 0;
  const outbox = new Outbox(() => count++);
  outbox.snapshot(emptyChat);
  count = 0;
  const start = performance.now();
  for (let sent = 0; performance.now() - start < 1000; await sleep(1)) {
    const due = Math.floor(((performance.now() - start) / 1000) * tokensPerSecond);
    for (; sent < due; sent++) outbox.push({ type: 'run', key: 'k', event: { type: 'textAppended', text: 'word ' } });
  }
  outbox.dispose();
  return count;
}
