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

  /** What waited when the window was closed waits for the person. */
  constructor(restored: readonly Queued[]) {
    this.#items = restored.map((item) => ({ ...item, query: undefined }));
    this.#held = restored.length > 0;
  }

  get items(): readonly Queued[] {
    return this.#items.map(({ key, text, contexts }) => ({ key, text, contexts }));
  }

  /** Whether it waits for the person: the answer before did not come to a good end. */
  get held(): boolean {
    return this.#held;
  }

  add(waiting: Omit<Waiting, 'key'>): void {
    this.#items = [...this.#items, { key: crypto.randomUUID(), ...waiting }];
  }

  /** The one that is asked next; `undefined` if there is none, or all wait. It is in the queue no more. */
  next(): Waiting | undefined {
    const first = this.#items[0];
    return this.#held || first === undefined ? undefined : this.take(first.key);
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

  hold(): void {
    this.#held = this.#items.length > 0;
  }

  resume(): void {
    this.#held = false;
  }
}
