import { setImmediate } from 'node:timers';

interface Timer {
  readonly due: number;
  readonly wake: () => void;
}

/** A clock that a test moves. Fits the port of the demo server. */
export class TestClock {
  #now: number;
  #timers: Timer[] = [];

  constructor(now = 1_795_347_000_000) {
    this.#now = now;
  }

  now(): number {
    return this.#now;
  }

  sleep(ms: number, signal: AbortSignal): Promise<void> {
    return new Promise((resolve) => {
      const timer = { due: this.#now + ms, wake: resolve };
      this.#timers.push(timer);
      const drop = (): void => {
        this.#timers = this.#timers.filter((other) => other !== timer);
        resolve();
      };
      if (signal.aborted) drop();
      signal.addEventListener('abort', drop, { once: true });
    });
  }

  /** Lets `ms` pass; whoever sleeps is woken in turn, and what that leads to happens before the next one is woken. */
  async pass(ms: number): Promise<void> {
    const end = this.#now + ms;
    for (;;) {
      await settled();
      const [next] = this.#timers.filter(({ due }) => due <= end).toSorted((one, other) => one.due - other.due);
      if (next === undefined) break;
      this.#timers = this.#timers.filter((timer) => timer !== next);
      this.#now = Math.max(this.#now, next.due);
      next.wake();
    }
    this.#now = end;
  }

  /** Wakes who is to be woken next, whenever that is, unless it comes to be over before. Nothing happens if nobody sleeps. */
  async passToNext(isOver: () => boolean): Promise<void> {
    // Signing and reading take a few turns of their own, in which no time passes.
    for (let turn = 0; turn < 20; turn++) {
      await settled();
      if (isOver()) return;
    }
    const due = Math.min(...this.#timers.map((timer) => timer.due));
    if (Number.isFinite(due)) await this.pass(Math.max(0, due - this.#now));
  }
}

/** Everything that is ready to happen has happened. */
export function settled(): Promise<void> {
  return new Promise((resolve) => {
    setImmediate(resolve);
  });
}
