import type { Answers } from './planner.ts';

/** The answers that stream into the parts of one document: their edits come one after another, and are one undo step. */
export class Streams {
  readonly #applyLate: (answers: Answers) => Promise<boolean>;
  readonly #open = new Set<number>();
  /** Those of them whose last edit was made, or is being made. */
  readonly #ending = new Set<number>();
  /** Answers that could not be streamed, by part. */
  #late: (string | undefined)[] = [];
  #applied = Promise.withResolvers<boolean>();
  #turn: Promise<unknown> = Promise.resolve();
  /** Whether an undo step was begun and not ended. */
  isInStep = false;

  /** @param applyLate puts answers into the document that could not be streamed */
  constructor(applyLate: (answers: Answers) => Promise<boolean>) {
    this.#applyLate = applyLate;
  }

  begin(part: number): void {
    this.#open.add(part);
    this.#ending.delete(part);
  }

  /** The part gets its last edit now. @returns whether none of the others gets any more */
  isLast(part: number): boolean {
    this.#ending.add(part);
    return [...this.#open].every((open) => this.#ending.has(open));
  }

  /** Does this after everything that was asked for before. */
  inTurn<T>(work: () => Promise<T>): Promise<T> {
    const done = this.#turn.then(work);
    this.#turn = done.catch(() => {});
    return done;
  }

  /**
   * No more will come for the part.
   *
   * @param late an answer that is still to be put into the document: with those of the other parts, when all have ended
   */
  async end(part: number, late: string | undefined): Promise<boolean> {
    this.#open.delete(part);
    if (late !== undefined) this.#late[part] = late;
    const { promise, resolve } = this.#applied;
    if (this.#open.size === 0) {
      const answers = this.#late;
      this.#late = [];
      this.#applied = Promise.withResolvers<boolean>();
      resolve(answers.length > 0 && this.#applyLate(answers));
    }
    return late !== undefined && promise;
  }
}
