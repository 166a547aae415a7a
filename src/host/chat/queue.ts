import type { Queued } from '../../conversation/protocol.ts';

/** A question in the queue. */
export interface Waiting extends Queued {
  /** As it will be sent; `undefined` for one of an earlier window, whose attachments have to be read again. */
  readonly query: string | undefined;
}

/** Questions that wait until the answer before them has ended, in their order. */
export class Queue {
  #items: readonly Waiting[];
  #held: boolean;
  /** Goes before all others, also where they are held. */
  #urgent: Waiting | undefined;
  /** Being asked: out of the queue, and not yet in the conversation. */
  #leaving: Waiting | undefined;

  /** What waited when the window was closed waits for the person. */
  constructor(restored: readonly Queued[]) {
    this.#items = restored.map((item) => ({ ...item, query: undefined }));
    this.#held = restored.length > 0;
  }

  get items(): readonly Queued[] {
    return this.#items.map(plain);
  }

  /** What the next window should find: also what is about to be asked. */
  get stored(): readonly Queued[] {
    return [this.#leaving, this.#urgent, ...this.#items].filter((item) => item !== undefined).map(plain);
  }

  /** Whether it waits for the person: the answer before did not come to a good end. */
  get held(): boolean {
    return this.#held;
  }

  /** Whether nothing of it is asked by itself. */
  get idle(): boolean {
    return this.#leaving === undefined && this.#urgent === undefined && (this.#held || this.#items.length === 0);
  }

  add(waiting: Omit<Waiting, 'key'>): void {
    this.#items = [...this.#items, { key: crypto.randomUUID(), ...waiting }];
  }

  /** Lets it go before all others. Whether it does: a second one goes after the first. */
  hurry(key: string): boolean {
    if (this.#urgent !== undefined) return false;
    this.#urgent = this.take(key);
    if (this.#urgent !== undefined) this.#held = false;
    return this.#urgent !== undefined;
  }

  /** The one that is asked next, which has left the queue then; `undefined` if there is none, all wait, or one is leaving already. */
  next(): Waiting | undefined {
    if (this.#leaving !== undefined) return undefined;
    const first = this.#held ? undefined : this.#items[0];
    this.#leaving = this.#urgent ?? (first && this.take(first.key));
    this.#urgent = undefined;
    return this.#leaving;
  }

  /** What {@link next} gave is asked. */
  left(): void {
    this.#leaving = undefined;
  }

  /** What {@link next} gave could not be asked: it is the first again, and all wait for the person. */
  putBack(): void {
    this.#items = [this.#leaving, ...this.#items].filter((item) => item !== undefined);
    this.#leaving = undefined;
    this.hold();
  }

  /** Takes it out of the queue. */
  take(key: string): Waiting | undefined {
    const taken = this.#items.find((item) => item.key === key);
    this.#items = this.#items.filter((item) => item !== taken);
    if (this.#items.length === 0) this.#held = false;
    return taken;
  }

  /** One place nearer to the front, or farther from it. */
  move(key: string, to: 'up' | 'down'): void {
    const from = this.#items.findIndex((item) => item.key === key);
    const other = from + (to === 'up' ? -1 : 1);
    const [moved, passed] = [this.#items[from], this.#items[other]];
    if (moved !== undefined && passed !== undefined) this.#items = this.#items.with(from, passed).with(other, moved);
  }

  /** Lets all wait for the person, unless one is to go now. Whether there are any. */
  hold(): boolean {
    if (this.#urgent === undefined) this.#held = this.#items.length > 0;
    return this.#held;
  }

  resume(): void {
    this.#held = false;
  }

  /** Nothing of it is asked any more. */
  clear(): void {
    this.#items = [];
    this.#urgent = undefined;
  }
}

function plain({ key, text, contexts, files }: Queued): Queued {
  return { key, text, contexts, files };
}
