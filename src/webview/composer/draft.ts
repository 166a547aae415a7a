/** At most this long, in milliseconds, the host does not know what was typed. */
const delay = 250;

/** Tells the host what is in the composer, so that nothing typed is lost with the page. */
export class Draft {
  readonly #post: (text: string) => void;
  #told = '';
  #text = '';
  #timer: ReturnType<typeof setTimeout> | undefined;

  constructor(post: (text: string) => void) {
    this.#post = post;
  }

  /** The text is this now. */
  change(text: string): void {
    this.#text = text;
    if (text === this.#told) this.#cancel();
    else this.#timer ??= setTimeout(() => this.flush(), delay);
  }

  /** The host knows this text: it came from there. */
  known(text: string): void {
    this.#cancel();
    this.#text = text;
    this.#told = text;
  }

  /** Tells what is not told yet, now. */
  flush(): void {
    this.#cancel();
    if (this.#text === this.#told) return;
    this.#told = this.#text;
    this.#post(this.#text);
  }

  #cancel(): void {
    clearTimeout(this.#timer);
    this.#timer = undefined;
  }
}
