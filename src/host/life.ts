import { EventEmitter, type Disposable, type Event } from 'vscode';

/** What ends for those who are at work: all that there is of an app, or everything. */
export class Life implements Disposable {
  readonly #erased = new EventEmitter<string | undefined>();
  readonly #closing = new AbortController();
  /** Everything of the app with this id, or of all, is deleted. */
  readonly onDidErase: Event<string | undefined> = this.#erased.event;
  /** Aborted when VS Code is about to end. */
  readonly closing = this.#closing.signal;

  erase(app: string | undefined): void {
    this.#erased.fire(app);
  }

  end(): void {
    this.#closing.abort();
  }

  dispose(): void {
    this.#erased.dispose();
  }
}
