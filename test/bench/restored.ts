// What it takes until a conversation is back after a reload: from its file to the host, and from the page's `ready` to its first painting.
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import type { ChatState } from '../../src/conversation/protocol.ts';
import { filesIn } from '../support/filesIn.ts';
import type { Browser } from '../page/chatPage.ts';
import { conversation, message, state } from '../page/states.ts';
import { answer } from './sampleAnswer.ts';
import type { Row } from './table.ts';

/** In milliseconds: what a person takes for at once. */
const atOnce = 100;

/** Fifty turns of 4,000 characters each. */
function restored(): ChatState {
  const done = { status: { type: 'done' }, messageId: 'm' } as const;
  const turns = Array.from({ length: 50 }, (_, n) =>
    message(`k${n}`, `Question ${n}`, { ...done, text: answer(4000) }),
  );
  return { ...state(), conversation: { ...conversation(...turns), key: 'restored' } };
}

export async function restoredRows(browser: Browser): Promise<readonly Row[]> {
  const base = await firstPaint(browser, state());
  const ours = await firstPaint(browser, restored());
  return [
    { what: 'First paint: empty chat, 50 turns of 4k, ms', base, ours, goal: undefined },
    { what: 'Restored: painted after the snapshot, of 100 ms', base: atOnce, ours, goal: 1 },
    { what: 'Restored: read from its file, of 100 ms', base: atOnce, ours: await reading(), goal: 1 },
  ];
}

/** Milliseconds from the answer to the page's `ready` until it is on the screen: the median of several pages. */
async function firstPaint(browser: Browser, shown: ChatState): Promise<number> {
  const all: number[] = [];
  for (let n = 0; n < 5; n++) {
    const chat = await browser.open();
    all.push(
      await chat.page.evaluate(async (snapshot) => {
        const from = performance.now();
        globalThis.host.send({ type: 'snapshot', seq: 0, state: snapshot });
        // Painted by the first frame, on the screen by the second.
        await globalThis.host.frame();
        await globalThis.host.frame();
        return performance.now() - from;
      }, shown),
    );
    await chat.close();
  }
  return all.toSorted((one, other) => one - other)[2] ?? NaN;
}

async function reading(): Promise<number> {
  const folder = await mkdtemp(path.join(tmpdir(), 'restored-'));
  try {
    const { conversation: kept } = restored();
    await filesIn(folder).write('app', kept);
    const from = performance.now();
    await filesIn(folder).read('app', kept.key);
    return performance.now() - from;
  } finally {
    await rm(folder, { recursive: true });
  }
}
