import type { CDPSession } from 'playwright-core';
import type { RunStatus } from '../../src/conversation/run.ts';
import type { ChatPage } from '../page/chatPage.ts';
import { conversation, message, state } from '../page/states.ts';

/** Characters in one step: four tokens. */
export const step = 14;

/** A session that knows what the page costs. */
export async function measured(chat: ChatPage): Promise<CDPSession> {
  const session = await chat.page.context().newCDPSession(chat.page);
  await session.send('Performance.enable', { timeDomain: 'threadTicks' });
  return session;
}

/** Milliseconds of the main thread's CPU. */
export async function cpu(session: CDPSession, work: () => Promise<void>): Promise<number> {
  const before = await taskDuration(session);
  await work();
  return (await taskDuration(session)) - before;
}

async function taskDuration(session: CDPSession): Promise<number> {
  const { metrics } = await session.send('Performance.getMetrics');
  return (metrics.find((metric) => metric.name === 'TaskDuration')?.value ?? 0) * 1000;
}

/** Shows an answer under way. */
export async function begin(chat: ChatPage, text: string, status: RunStatus = { type: 'answering' }): Promise<void> {
  const shown = conversation(message('k', 'q', { text, status }));
  await chat.page.evaluate(
    async ([empty, started]) => {
      const { host } = globalThis;
      for (const snapshot of [empty, started]) {
        host.send({ type: 'snapshot', seq: 0, state: snapshot });
        host.paint();
        await host.frame();
      }
      await host.settled();
    },
    [state(), { ...state(), conversation: shown }] as const,
  );
}

/** Lets the answer grow, painting each step; every now and then the browser shows a frame, as it would after each. */
export async function grow(chat: ChatPage, text: string): Promise<void> {
  await chat.page.evaluate(
    async ([rest, size]) => {
      const { host } = globalThis;
      for (let at = 0, seq = 1; at < rest.length; at += size, seq++) {
        const event = { type: 'textAppended', text: rest.slice(at, at + size) } as const;
        host.send({ type: 'events', seq, events: [{ type: 'run', key: 'k', event }] });
        host.paint();
        if (seq % 20 === 0) await host.frame();
      }
      await host.settled();
    },
    [text, step] as const,
  );
}
