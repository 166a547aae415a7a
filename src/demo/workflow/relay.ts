import { Queue } from '../turns/queue.ts';

/** What reaches those who listen to a run. */
export type RelayMessage =
  | { readonly type: 'event'; readonly event: object }
  | { readonly type: 'ping' }
  /**
   * Nothing more will come. `ended`: all has been said; `broken`: the server fails to save what it has generated and breaks the connection
   * off; `silent`: the same in a job of its own, of which the listener learns nothing.
   */
  | { readonly type: 'over'; readonly how: 'ended' | 'broken' | 'silent' };

/** Passes on what happens to whoever listens at the time. It has no memory: who comes later hears of nothing earlier. */
export class Relay {
  readonly #listeners = new Set<Queue<RelayMessage>>();

  publish(message: RelayMessage): void {
    for (const listener of this.#listeners) listener.push(message);
  }

  listen(): Listener {
    const queue = new Queue<RelayMessage>();
    this.#listeners.add(queue);
    return {
      next: () => queue.next(),
      leave: () => {
        // Whoever still waits is told.
        if (this.#listeners.delete(queue)) queue.push({ type: 'over', how: 'broken' });
      },
    };
  }
}

export interface Listener {
  /** Only one call may wait at a time. */
  readonly next: () => Promise<RelayMessage>;
  readonly leave: () => void;
}
