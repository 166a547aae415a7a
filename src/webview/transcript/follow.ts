/** Nearer to the end than this, in pixels, counts as being there. */
const nearEnd = 8;

/**
 * Keeps the end of the transcript in sight while an answer grows, until the reader goes somewhere else. What counts is what the
 * reader does (wheel, keys, touch, dragging), not where the page happens to be.
 */
export class Follow {
  readonly #scroller: HTMLElement;
  readonly #changed: (away: boolean) => void;
  #following = true;
  #away = false;
  #pressed = false;
  /** Where the transcript was when it was last looked at, in pixels. */
  #top = 0;

  /** @param changed told whether the reader is away from the end, so that a way back can be offered */
  constructor(scroller: HTMLElement, changed: (away: boolean) => void) {
    this.#scroller = scroller;
    this.#changed = changed;
  }

  /** Begins to listen. @returns the end of it */
  listen(): () => void {
    const listening = new AbortController();
    const options = { signal: listening.signal, passive: true };
    const scroller = this.#scroller;
    scroller.addEventListener('wheel', (event) => event.deltaY < 0 && this.leave(), options);
    scroller.addEventListener('touchmove', () => this.leave(), options);
    scroller.addEventListener('keydown', (event) => this.#key(event.key), options);
    scroller.addEventListener('pointerdown', () => (this.#pressed = true), options);
    addEventListener('pointerup', () => (this.#pressed = false), options);
    scroller.addEventListener('scroll', () => this.#scrolled(), options);
    scroller.addEventListener('focusin', (event) => this.#focused(event.target), options);
    const resizes = new ResizeObserver(() => this.keep());
    resizes.observe(scroller);
    return () => {
      listening.abort();
      resizes.disconnect();
    };
  }

  /** To be called whenever the transcript has grown. */
  keep(): void {
    if (this.#following) this.#scroller.scrollTop = this.#scroller.scrollHeight;
    this.#top = this.#scroller.scrollTop;
    this.#tell();
  }

  /** Back to the end, and along with it from now on. */
  toEnd(): void {
    this.#following = true;
    this.keep();
  }

  /** The reader goes somewhere else. */
  leave(): void {
    if (this.#isScrollable()) this.#following = false;
  }

  #key(key: string): void {
    if (key === 'PageUp' || key === 'ArrowUp' || key === 'Home') this.leave();
    if (key === 'End') this.toEnd();
  }

  #scrolled(): void {
    const { scrollTop } = this.#scroller;
    // The event of our own scrolling may come after the key that leaves: only going down to the end is coming back.
    if (this.#isAtEnd()) this.#following ||= scrollTop > this.#top;
    else if (this.#pressed) this.#following = false;
    this.#top = scrollTop;
    this.#tell();
  }

  /** Moving through the transcript by keyboard is reading too. */
  #focused(target: EventTarget | null): void {
    if (target === this.#scroller || !(target instanceof HTMLElement) || !target.matches(':focus-visible')) return;
    if (!this.#isAtEnd()) this.leave();
  }

  #isScrollable(): boolean {
    return this.#scroller.scrollHeight > this.#scroller.clientHeight + nearEnd;
  }

  #isAtEnd(): boolean {
    const { scrollHeight, scrollTop, clientHeight } = this.#scroller;
    return scrollHeight - scrollTop - clientHeight < nearEnd;
  }

  #tell(): void {
    const away = !this.#following && !this.#isAtEnd();
    if (away === this.#away) return;
    this.#away = away;
    this.#changed(away);
  }
}
