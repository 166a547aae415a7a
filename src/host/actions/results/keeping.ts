/** How far what is kept may lag behind what is shown, in milliseconds. */
const mostLag = 1_000;

/** Keeps what comes while it comes: whatever ends VS Code, little is lost. Takes at most a twentieth of the time for it. */
export class Keeping {
  readonly #write: () => Promise<void>;
  readonly #lag: number;
  #timer: ReturnType<typeof setTimeout> | undefined;
  #cost = 0;
  #ended = false;

  /** @param write writes all that there is now */
  constructor(write: () => Promise<void>, lag = mostLag) {
    this.#write = write;
    this.#lag = lag;
  }

  /** Something came. */
  touch(): void {
    if (this.#ended) return;
    this.#timer ??= setTimeout(() => void this.#keep(), Math.max(this.#lag, this.#cost * 20));
  }

  /** Writes a last time. */
  async end(): Promise<void> {
    this.#ended = true;
    clearTimeout(this.#timer);
    await this.#write();
  }

  async #keep(): Promise<void> {
    const started = performance.now();
    await this.#write();
    this.#cost = performance.now() - started;
    this.#timer = undefined;
  }
}
