import type { Memento } from 'vscode';
import type { App } from '../app.ts';

/** What was typed and not yet taken by the server, for each app of this workspace. It survives a reload. */
export class Drafts {
  readonly #workspace: Memento;
  /** Sent, and no word of the server yet: the composer is empty by then, the text is not lost. */
  readonly #pending = new Map<string, string>();

  constructor(workspace: Memento) {
    this.#workspace = workspace;
  }

  of(app: App): string {
    return this.#workspace.get<string>(draftKey(app)) ?? '';
  }

  /** The text in the composer is this now. */
  async typed(app: App, text: string): Promise<void> {
    await this.#keep(app, text === '' ? (this.#pending.get(app.id) ?? '') : text);
  }

  async sent(app: App, query: string): Promise<void> {
    this.#pending.set(app.id, query);
    await this.#keep(app, query);
  }

  /** The server took what was sent last. */
  async taken(app: App): Promise<void> {
    const pending = this.#pending.get(app.id);
    this.#pending.delete(app.id);
    if (pending !== undefined && this.of(app) === pending) await this.#keep(app, '');
  }

  /** The server did not take it: it is an ordinary draft again. */
  async returned(app: App): Promise<void> {
    const pending = this.#pending.get(app.id);
    this.#pending.delete(app.id);
    if (pending !== undefined && this.of(app) === '') await this.#keep(app, pending);
  }

  async #keep(app: App, text: string): Promise<void> {
    await this.#workspace.update(draftKey(app), text === '' ? undefined : text);
  }
}

function draftKey(app: App): string {
  return `draft:${app.id}`;
}
