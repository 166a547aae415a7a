/** How the composer's text changed: `returned` and `added` say what came into it. */
export type TypedChange =
  | { readonly type: 'queue' }
  | { readonly type: 'returned' | 'added' | 'set'; readonly text: string };

/** What was typed and not yet taken by the server. It survives a reload; see `OpenConversation`. */
export class Draft {
  readonly #keep: (text: string) => unknown;
  /** In the composer. */
  #typed: string;
  /** Sent, and no word of the server yet: it is in the conversation, and in the composer again if the server does not take it. */
  #sent: readonly string[] = [];

  /** @param keep stores the text for the next window */
  constructor(text: string, keep: (text: string) => unknown) {
    this.#typed = text;
    this.#keep = keep;
  }

  /** What belongs into the composer. */
  get text(): string {
    return this.#typed;
  }

  /** What the next window should find in the composer. */
  get stored(): string {
    return this.#typed === '' ? this.#sent.join('\n\n') : this.#typed;
  }

  typed(text: string): void {
    this.#typed = text;
    this.#keep(this.stored);
  }

  /** The text is on its way; other text in the composer stays. */
  sent(text: string): void {
    this.#sent = [...this.#sent, text];
    if (this.#typed.trim() === text.trim()) this.#typed = '';
    this.#keep(this.stored);
  }

  /** The server took it. */
  taken(text: string): void {
    const at = this.#sent.indexOf(text);
    if (at < 0) return;
    this.#sent = this.#sent.toSpliced(at, 1);
    this.#keep(this.stored);
  }

  /** The server did not take it. Whether it is the text of the composer again: nothing else was typed there meanwhile. */
  returned(text: string): boolean {
    this.taken(text);
    const returns = this.#typed.trim() === '' || this.#typed === text;
    if (returns) this.#typed = text;
    this.#keep(this.stored);
    return returns;
  }
}
