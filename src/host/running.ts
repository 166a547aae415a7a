import { EventEmitter, type Disposable, type Event } from 'vscode';
import type { Work } from './activity.ts';

/** Who knows what runs. */
interface Worker {
  running(): readonly Work[];
  readonly onDidChangeRunning: Event<void>;
}

/** The recipes that run, for those who show it: what runs them is loaded with the first one. */
export class Running implements Disposable {
  readonly #changed = new EventEmitter<void>();
  readonly onDidChange = this.#changed.event;
  #worker: Worker | undefined;
  #listening: Disposable | undefined;

  follow(worker: Worker): void {
    this.#worker = worker;
    this.#listening = worker.onDidChangeRunning(() => this.#changed.fire());
  }

  list(): readonly Work[] {
    return this.#worker?.running() ?? [];
  }

  dispose(): void {
    this.#listening?.dispose();
    this.#changed.dispose();
  }
}
