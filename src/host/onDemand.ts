/** What is loaded when it is first wanted, and then is the same for everybody. */
export class OnDemand<Loaded> {
  readonly #load: () => Promise<Loaded>;
  #loading: Promise<Loaded> | undefined;

  constructor(load: () => Promise<Loaded>) {
    this.#load = load;
  }

  /** Rejects if it cannot be loaded: the next one to want it tries again. */
  get(): Promise<Loaded> {
    return (this.#loading ??= this.#load().catch((error: unknown) => {
      this.#loading = undefined;
      throw error;
    }));
  }

  /** Does something with it, if anybody ever wanted it. */
  ifWanted(what: (loaded: Loaded) => void): void {
    // Whoever wanted it hears of a failure.
    this.#loading?.then(what, () => {});
  }
}
