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

/** A time limit that can be pushed on cheaply: a beat only notes the time, one timer serves many beats. */
export class Watchdog {
  readonly #bite: () => void;
  #limit = 0;
  #last = 0;
  #timer: ReturnType<typeof setTimeout> | undefined;

  /** @param bite called once, when no beat came for the limit */
  constructor(bite: () => void) {
    this.#bite = bite;
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
    this.#timer = setTimeout(() => {
      const rest = this.#last + this.#limit - performance.now();
      if (rest <= 0) this.#bite();
      else this.#arm(rest);
    }, ms);
  }
}
