import type { Clock } from '../clock.ts';

const pingEvery = 10_000;

/** Pings each time another ten seconds have passed since then, whether or not there is anything else to say. */
export async function keepPinging(clock: Clock, since: number, signal: AbortSignal, ping: () => void): Promise<void> {
  for (let due = since + pingEvery; !signal.aborted; due += pingEvery) {
    await clock.sleep(due - clock.now(), signal);
    if (!signal.aborted) ping();
  }
}
