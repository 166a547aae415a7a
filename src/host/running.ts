import { EventEmitter, type Disposable, type Event } from 'vscode';
import type { Result } from '../conversation/result.ts';
import type { Work } from './activity.ts';

/** Who knows what runs. */
interface Worker {
  running(): readonly Work[];
  /** What came of recipes, and is open. */
  results(): readonly Result[];
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

  /** Results that are open, those that run among them. */
  results(): readonly Result[] {
    return this.#worker?.results() ?? [];
  }

  dispose(): void {
    this.#listening?.dispose();
    this.#changed.dispose();
  }
}
