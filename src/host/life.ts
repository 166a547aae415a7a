import { EventEmitter, type Disposable, type Event } from 'vscode';

/** What ends for those who are at work: all that there is of an app, or everything. */
export class Life implements Disposable {
  readonly #erased = new EventEmitter<string | undefined>();
  readonly #closing = new AbortController();
  readonly #finishing = new Set<Promise<unknown>>();
  /** Everything of the app with this id, or of all, is deleted. */
  readonly onDidErase: Event<string | undefined> = this.#erased.event;
  /** Aborted when VS Code is about to end. */
  readonly closing = this.#closing.signal;

  erase(app: string | undefined): void {
    this.#erased.fire(app);
  }

  /** VS Code is to wait for this at its end; what is given back is the same. */
  finish<T>(work: Promise<T>): Promise<T> {
    const finished = work.finally(() => this.#finishing.delete(finished));
    this.#finishing.add(finished);
    return finished;
  }

  /** Ends what is at work, and waits until it has kept what it has. */
  async end(): Promise<void> {
    this.#closing.abort();
    await Promise.allSettled(this.#finishing);
  }

  dispose(): void {
    this.#erased.dispose();
  }
}
