/** Work that is done when there is a wish for it: soon, or at once, and never twice at a time. */
export class Repeated {
  readonly #lag: number;
  readonly #work: () => Promise<void>;
  #timer: ReturnType<typeof setTimeout> | undefined;
  #isWished = false;
  #isUrgent = false;
  #working: Promise<void> | undefined;

  /**
   * @param lag how long a wish may wait for others, in milliseconds
   * @param work never rejects
   */
  constructor(lag: number, work: () => Promise<void>) {
    this.#lag = lag;
    this.#work = work;
  }

  wish(isUrgent: boolean): void {
    this.#isWished = true;
    if (isUrgent) void this.now();
    else this.#timer ??= setTimeout(() => void this.now(), this.#lag);
  }

  /** Does what was wished so far, and resolves when it is done. */
  async now(): Promise<void> {
    clearTimeout(this.#timer);
    this.#timer = undefined;
    if (this.#isWished) {
      this.#isUrgent = true;
      this.#working ??= this.#workOn();
    }
    await this.#working;
  }

  cancel(): void {
    clearTimeout(this.#timer);
    this.#timer = undefined;
    this.#isWished = false;
  }

  async #workOn(): Promise<void> {
    while (this.#isWished && this.#isUrgent) {
      this.#isWished = false;
      this.#isUrgent = false;
      await this.#work();
    }
    this.#working = undefined;
  }
}
