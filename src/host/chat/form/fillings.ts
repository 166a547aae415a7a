import type { App } from '../../app.ts';

/** What goes on in the form of one conversation, beside what stands in its fields. */
export interface Filling {
  readonly app: App;
  /** Sentences by variable. */
  problems: Readonly<Record<string, string>>;
  waiting: { readonly query: string; readonly at: number } | undefined;
  outdated: boolean;
}

/** Nothing is to be said of the form, and nothing waits for it. */
export const nothing = { problems: {}, waiting: undefined, outdated: false } as const;

/** The forms that were to be seen in this window, by the key of their conversation. */
export class Fillings {
  readonly #all = new Map<string, Filling>();

  get(key: string): Filling | undefined {
    return this.#all.get(key);
  }

  /** That of the conversation, which begins with it. */
  of(app: App, key: string): Filling {
    const filling = this.#all.get(key) ?? { app, ...nothing };
    this.#all.set(key, filling);
    return filling;
  }

  forget(key: string): void {
    this.#all.delete(key);
  }
}
