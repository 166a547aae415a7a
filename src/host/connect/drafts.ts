import type { Draft } from './flow.ts';
import { readExample } from './curl.ts';

/** How long a key that was typed and not used is kept, in milliseconds. */
const keyLife = 600_000;

/** What was typed and not used: who opens the flow again finds it. In memory only, and the key not for long. */
export class Drafts {
  readonly #drafts = new Map<string, Draft>();
  readonly #ends = new Map<string, () => void>();
  readonly #after: (ms: number, work: () => void) => () => void;

  /** @param after does the work later; what it returns prevents that */
  constructor(after: (ms: number, work: () => void) => () => void) {
    this.#after = after;
  }

  /** What was typed for this purpose, or `address` to begin with. */
  open(purpose: string, address = ''): Draft {
    this.#ends.get(purpose)?.();
    const draft = this.#drafts.get(purpose) ?? { address, key: '' };
    this.#drafts.set(purpose, draft);
    return draft;
  }

  /** The person gave up: may come back. */
  leave(purpose: string): void {
    const draft = this.#drafts.get(purpose);
    if (draft === undefined) return;
    const example = readExample(draft.address);
    // A command that was pasted holds the key as well.
    if (example !== undefined) {
      draft.address = example.address;
      draft.key = example.key ?? draft.key;
    }
    this.#ends.set(
      purpose,
      this.#after(keyLife, () => (draft.key = '')),
    );
  }

  /** It was used. */
  drop(purpose: string): void {
    this.#ends.get(purpose)?.();
    this.#ends.delete(purpose);
    this.#drafts.delete(purpose);
  }

  /** Forgets everything. */
  clear(): void {
    for (const purpose of this.#drafts.keys()) this.drop(purpose);
  }
}
