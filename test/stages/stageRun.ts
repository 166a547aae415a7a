/** What a stage has of the run that it is part of. Stages run side by side, and print one after the other. */
export interface StageRun {
  /** Prints a line, when it is this stage's turn. */
  readonly log: (line: string) => void;
  /** Prints what a program writes, when it is this stage's turn. */
  readonly write: (text: string | Uint8Array) => void;
  /** Does a piece of work when the processor has room for it: all stages do so few at a time, in the order in which they asked. */
  readonly job: <T>(work: () => Promise<T>) => Promise<T>;
}

/** So many pieces of work are done at a time, first come, first served. */
export class Slots {
  #free: number;
  readonly #waiting: (() => void)[] = [];

  constructor(count: number) {
    this.#free = count;
  }

  async use<T>(work: () => Promise<T>): Promise<T> {
    if (this.#free > 0) this.#free -= 1;
    else await new Promise<void>((resolve) => this.#waiting.push(resolve));
    try {
      return await work();
    } finally {
      const next = this.#waiting.shift();
      if (next === undefined) this.#free += 1;
      else next();
    }
  }
}

/** Keeps what is printed until it may be seen, and lets through what comes then. */
export class HeldOutput {
  #held: (string | Uint8Array)[] | undefined = [];

  write(text: string | Uint8Array): void {
    if (this.#held === undefined) process.stdout.write(text);
    else this.#held.push(text);
  }

  open(): void {
    const held = this.#held ?? [];
    this.#held = undefined;
    for (const text of held) process.stdout.write(text);
  }
}
