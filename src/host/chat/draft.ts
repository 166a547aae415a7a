/** What was typed and not yet taken by the server. It survives a reload; see `Chat`. */
export class Draft {
  readonly #keep: (text: string) => unknown;
  /** In the composer. */
  #typed: string;
  /** Sent, and no word of the server yet: it is in the conversation, and in the composer again if the server does not take it. */
  #sent = '';

  /** @param keep stores the text for the next window */
  constructor(text: string, keep: (text: string) => unknown) {
    this.#typed = text;
    this.#keep = keep;
  }

  /** What belongs into the composer. */
  get text(): string {
    return this.#typed;
  }

  typed(text: string): void {
    this.#typed = text;
    this.#store();
  }

  /** The query is on its way; other text in the composer stays. */
  sent(query: string): void {
    this.#sent = query;
    if (this.#typed.trim() === query.trim()) this.#typed = '';
    this.#store();
  }

  /** The server took it. */
  taken(query: string): void {
    if (this.#sent !== query) return;
    this.#sent = '';
    this.#store();
  }

  /** The server did not take it. Whether it is the text of the composer again: nothing else was typed there meanwhile. */
  returned(query: string): boolean {
    if (this.#sent === query) this.#sent = '';
    const returns = this.#typed.trim() === '' || this.#typed === query;
    if (returns) this.#typed = query;
    this.#store();
    return returns;
  }

  #store(): void {
    this.#keep(this.#typed === '' ? this.#sent : this.#typed);
  }
}
