/** A first-in, first-out line between those who produce and the one who takes; both cost the same at any length. */
export class Queue<Item> {
  #items: Item[] = [];
  #first = 0;
  #waiting: ((item: Item) => void) | undefined;

  push(item: Item): void {
    const waiting = this.#waiting;
    if (waiting === undefined) {
      this.#items.push(item);
      return;
    }
    this.#waiting = undefined;
    waiting(item);
  }

  /** The next item, once there is one. Only one call may wait at a time. */
  next(): Promise<Item> {
    const item = this.#items[this.#first];
    if (item === undefined) {
      return new Promise((resolve) => {
        this.#waiting = resolve;
      });
    }
    this.#first++;
    if (this.#first > 1024 && this.#first * 2 > this.#items.length) {
      this.#items = this.#items.slice(this.#first);
      this.#first = 0;
    }
    return Promise.resolve(item);
  }
}
