/** Does works one after the other, those of each name apart. */
export class InTurn {
  readonly #last = new Map<string, Promise<void>>();

  /** Rejects if the work does. */
  run(name: string, work: () => Promise<void>): Promise<void> {
    const done = (this.#last.get(name) ?? Promise.resolve()).then(work);
    const settled = done.catch(() => {});
    this.#last.set(name, settled);
    void settled.then(() => this.#last.get(name) === settled && this.#last.delete(name));
    return done;
  }

  /** Everything is done that was begun so far. */
  async settled(): Promise<void> {
    await Promise.all(this.#last.values());
  }
}
