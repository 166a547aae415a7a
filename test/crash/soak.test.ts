import assert from 'node:assert/strict';
import { setImmediate, setTimeout as sleep } from 'node:timers/promises';
import { setFlagsFromString } from 'node:v8';
import { runInNewContext } from 'node:vm';
import type { Clock } from '../../src/demo/clock.ts';
import { createDemoServer } from '../../src/demo/server.ts';
import { deleteConversation } from '../../src/dify/conversations.ts';
import type { Fetch } from '../../src/dify/client.ts';
import { ChatWindow } from '../support/chatWindow.ts';
import { testApp } from '../support/hostState.ts';

setFlagsFromString('--expose-gc');
const collectGarbage = runInNewContext('gc') as () => void;

const app = testApp('soak');
/** What becomes of each ten questions. */
const fates = ['good', 'stopped', 'good', 'refused', 'good', 'cut', 'good', 'good', 'good', 'good'] as const;
type Fate = (typeof fates)[number];

/** What the server does ten seconds later, it does in a moment. */
const moment = 50;

/** The server's own clock: its timers are none of the extension's. */
const clock: Clock = {
  now: () => Date.now(),
  sleep: (ms, signal) => sleep(Math.min(ms, moment), undefined, { ref: false, signal }).catch(() => {}),
};

/** A server in this process, whose connections break when they are told to. */
class Server {
  readonly #demo = createDemoServer({ tokensPerSecond: Infinity, clock });
  fate: Fate = 'good';

  get key(): string {
    return this.#demo.apps.find(({ mode }) => mode === 'chat')?.key ?? '';
  }

  readonly fetch: Fetch = async (url, init) => {
    const isTurn = url.endsWith('/chat-messages');
    if (this.fate === 'refused' && isTurn) {
      return Response.json({ code: 'provider_quota_exceeded', message: 'No quota', status: 400 }, { status: 400 });
    }
    const response = await this.#demo.handle(new Request(url, init));
    if (this.fate !== 'cut' || !isTurn) return response;
    const reader = response.body?.getReader();
    const first = await reader?.read();
    await reader?.cancel();
    const cut = new ReadableStream<Uint8Array>({
      start: (controller) => {
        if (first?.value !== undefined) controller.enqueue(first.value);
      },
      pull: (controller) => controller.error(new TypeError('terminated')),
    });
    return new Response(cut, response);
  };
}

async function usedHeap(): Promise<number> {
  await sleep(2 * moment);
  for (let round = 0; round < 5; round++) {
    await setImmediate();
    collectGarbage();
  }
  return process.memoryUsage().heapUsed;
}

describe('A thousand turns in one window', function () {
  this.timeout(120_000);
  it('leave nothing behind: no memory, no timer, no socket', async () => {
    const server = new Server();
    const window = new ChatWindow({ fetch: server.fetch });
    await window.open(app, server.key);
    const ends: Record<string, number> = {};

    async function turn(number: number): Promise<void> {
      server.fate = fates[number % fates.length] ?? 'good';
      const stopListening = window.chat.onEvent((event) => {
        const begins = event !== 'changed' && event.type === 'run' && event.event.type === 'textAppended';
        if (begins && server.fate === 'stopped') window.chat.shown?.stop();
      });
      window.chat.draft(`Question ${number}`);
      await window.chat.send(`Question ${number}`);
      stopListening();
      const end = window.turns.at(-1)?.[2] ?? '';
      ends[end] = (ends[end] ?? 0) + 1;
    }

    /** A conversation of twenty turns, which is deleted at its end: here, in the files and on the server. */
    async function conversation(first: number): Promise<void> {
      for (let number = first; number < first + 20; number++) await turn(number);
      const { id, key } = window.conversation;
      await window.clients.settled();
      server.fate = 'good';
      await deleteConversation(window.clients.of(app), id ?? '', AbortSignal.timeout(1_000));
      await window.chat.drop(app.id, key);
      for (const kept of [window.kept.conversations, window.kept.typed]) kept.clear();
    }

    async function thousand(): Promise<void> {
      for (let first = 0; first < 1_000; first += 20) await conversation(first);
    }

    // What is made once is made here.
    for (let first = 0; first < 200; first += 20) await conversation(first);
    for (const end of Object.keys(ends)) ends[end] = 0;
    const [heap, resources] = [await usedHeap(), process.getActiveResourcesInfo()];
    await thousand();
    const grown = (await usedHeap()) - heap;

    assert.deepEqual(ends, { done: 700, stopped: 100, incomplete: 100, failed: 100 });
    assert.ok(grown < 5_000_000, `the heap grew by ${(grown / 1e6).toFixed(2)} MB`);
    assert.deepEqual(process.getActiveResourcesInfo().sort(), resources.sort());
    console.log(`      heap: ${(grown / 1e6).toFixed(2)} MB more`);
  });
});
