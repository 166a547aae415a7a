/** Takes `<think>` blocks out of a text that comes in pieces. */
export class ThoughtFilter {
  readonly #active: boolean;
  #all = '';
  #shown = 0;

  constructor(active: boolean) {
    this.#active = active;
  }

  /** What of the text so far is certainly no thought and has not been returned yet. */
  add(piece: string): string {
    this.#all += piece;
    // A tag that has only begun may still become one.
    const certain = this.#all.replace(/<(?:\/?[a-z]*)?$/, '');
    const visible = withoutThoughts(certain).replace(/<think>[^]*$/, '');
    const text = visible.trimStart();
    const added = text.slice(this.#shown);
    this.#shown = Math.max(this.#shown, text.length);
    return added;
  }

  get text(): string {
    return this.#active ? withoutThoughts(this.#all).trim() : this.#all;
  }

  get reasoning(): string {
    if (!this.#active) return '';
    return [...this.#all.matchAll(/<think[^>]*>([^]*?)<\/think>/g)]
      .map(([, thought = '']) => thought.trim())
      .join('\n');
  }
}

function withoutThoughts(text: string): string {
  return text.replaceAll(/<think[^>]*>[^]*?<\/think>/g, '');
}
