import type { Memento } from 'vscode';

/** A memento that forgets with the window: for what must not be stored. */
export class Memory implements Memento {
  readonly #values = new Map<string, unknown>();

  keys(): readonly string[] {
    return [...this.#values.keys()];
  }

  // oxlint-disable-next-line typescript/no-unnecessary-type-parameters -- VS Code's own signature
  get<T>(key: string): T | undefined;
  get<T>(key: string, defaultValue: T): T;
  get(key: string, defaultValue?: unknown): unknown {
    return this.#values.get(key) ?? defaultValue;
  }

  async update(key: string, value: unknown): Promise<void> {
    if (value === undefined) this.#values.delete(key);
    else this.#values.set(key, value);
  }
}
