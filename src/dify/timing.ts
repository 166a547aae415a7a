/** Resolves after the time, or rejects with the signal's reason as soon as it is aborted. */
export function sleep(ms: number, signal: AbortSignal): Promise<void> {
  return new Promise((resolve, reject) => {
    const onAbort = (): void => {
      clearTimeout(timer);
      reject(signal.reason);
    };
    const timer = setTimeout(() => {
      signal.removeEventListener('abort', onAbort);
      resolve();
    }, ms);
    if (signal.aborted) onAbort();
    else signal.addEventListener('abort', onAbort, { once: true });
  });
}

/** Milliseconds: a timer that is `late` woke a process that was asleep, or stopped; what came meanwhile is read within `grace`. */
const awakening = { late: 1_000, grace: 1_000 };

/**
 * A time limit that can be pushed on cheaply: a beat only notes the time, one timer serves many beats. After a sleep of the computer
 * timers are due before a byte is read of what arrived: then the data has a chance first.
 */
export class Watchdog {
  readonly #bite: () => void;
  readonly #waking: typeof awakening;
  #limit = 0;
  #last = 0;
  #timer: ReturnType<typeof setTimeout> | undefined;

  /** @param bite called once, when no beat came for the limit */
  constructor(bite: () => void, waking = awakening) {
    this.#bite = bite;
    this.#waking = waking;
  }

  /** Starts to watch, now. */
  start(limit: number): void {
    this.stop();
    this.#limit = limit;
    this.beat();
    this.#arm(limit);
  }

  beat(): void {
    this.#last = performance.now();
  }

  stop(): void {
    clearTimeout(this.#timer);
  }

  #arm(ms: number): void {
    const due = performance.now() + ms;
    this.#timer = setTimeout(() => {
      const now = performance.now();
      const rest = this.#last + this.#limit - now;
      if (rest > 0) this.#arm(rest);
      else if (now - due > this.#waking.late) this.#arm(this.#waking.grace);
      else this.#bite();
    }, ms);
  }
}
