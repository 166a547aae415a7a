/** Time as the pacing sees it; tests bring their own. */
export interface Clock {
  now(): number;
  /** Resolves after the time, or as soon as the signal is aborted. */
  sleep(ms: number, signal: AbortSignal): Promise<void>;
}

export const realClock: Clock = {
  now: () => performance.now(),
  sleep: (ms, signal) =>
    new Promise((resolve) => {
      const wake = (): void => {
        clearTimeout(timer);
        signal.removeEventListener('abort', wake);
        resolve();
      };
      const timer = setTimeout(wake, ms);
      if (signal.aborted) wake();
      else signal.addEventListener('abort', wake);
    }),
};

/** Shortest time between two refreshes, in milliseconds. */
const shortest = 100;

/** All that is handed over may be so many times the text; one time is left for the last state. */
const budget = 20;

/**
 * When a document that can only be handed over whole is refreshed while its text grows: the first piece at once, then at most ten times
 * a second, and farther and farther apart, so that a text of any length costs no more than twenty times itself.
 */
export class Pacing {
  readonly #clock: Clock;
  readonly #refresh: () => void;
  readonly #over = new AbortController();
  #handedOver = 0;
  #length = 0;
  #refreshedAt = -Infinity;
  #isWaiting = false;

  /** @param refresh hands the text over, and says so by {@link handedOver} */
  constructor(clock: Clock, refresh: () => void) {
    this.#clock = clock;
    this.#refresh = refresh;
  }

  /** All that was handed over, in UTF-16 code units. */
  get total(): number {
    return this.#handedOver;
  }

  /** The text has this length now. */
  grown(length: number): void {
    this.#length = length;
    if (this.#isWaiting || this.#over.signal.aborted || !this.#isAffordable()) return;
    const wait = this.#refreshedAt + shortest - this.#clock.now();
    if (wait <= 0) this.#show();
    else void this.#wait(wait);
  }

  /** A text of this length was handed over, whoever asked for it. */
  handedOver(length: number): void {
    this.#handedOver += length;
  }

  /** Shows the last state; nothing is shown after it. */
  end(): void {
    if (this.#over.signal.aborted) return;
    this.stop();
    this.#refresh();
  }

  /** Nothing is shown any more. */
  stop(): void {
    this.#over.abort();
  }

  #isAffordable(): boolean {
    return this.#handedOver + this.#length <= (budget - 1) * this.#length;
  }

  async #wait(ms: number): Promise<void> {
    this.#isWaiting = true;
    await this.#clock.sleep(ms, this.#over.signal);
    this.#isWaiting = false;
    if (!this.#over.signal.aborted && this.#isAffordable()) this.#show();
  }

  #show(): void {
    this.#refreshedAt = this.#clock.now();
    this.#refresh();
  }
}
