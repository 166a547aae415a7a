import type { Memento } from 'vscode';

/** What is remembered of an app for the next window: its current conversation, and what is typed there. */
export class AppMemory {
  readonly #memento: Memento;
  readonly #appId: string;

  constructor(memento: Memento, appId: string) {
    this.#memento = memento;
    this.#appId = appId;
  }

  get conversationId(): string | undefined {
    return this.#memento.get<string>(`conversation:${this.#appId}`);
  }

  async keepConversation(id: string | undefined): Promise<void> {
    await this.#memento.update(`conversation:${this.#appId}`, id);
  }

  get draft(): string {
    return this.#memento.get<string>(`draft:${this.#appId}`) ?? '';
  }

  async keepDraft(text: string): Promise<void> {
    await this.#memento.update(`draft:${this.#appId}`, text === '' ? undefined : text);
  }
}
