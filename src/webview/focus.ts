/** What a person types into or presses. */
const controls = 'input, select, textarea, button';

/** Keeps the keyboard focus where a person expects it. */
export class Focus {
  #last: Element | null = null;
  /** Whether nothing in the page had the focus yet: the page may have got it before there was anything in it. */
  #isOwed = true;

  /** Begins to listen, for the life of the page. */
  listen(): void {
    document.addEventListener('focusin', (event) => {
      this.#last = event.target instanceof Element ? event.target : null;
      this.#isOwed = false;
    });
    // The person came to the page without choosing a place in it.
    addEventListener('focus', () => this.#isNowhere() && this.toFirst());
  }

  /** To be called after each rendering: what had the focus may be gone, and what is to have it may have come. */
  keep(): void {
    const isDue = this.#isOwed || this.#last?.isConnected === false;
    if (isDue && this.#isNowhere() && document.hasFocus()) this.toFirst();
  }

  /** The text, or where there is none the first thing to do. */
  toFirst(): void {
    const place = document.querySelector('[data-first-focus]');
    const first = place?.matches(controls) === false ? place.querySelector(controls) : place;
    if (first instanceof HTMLElement) first.focus();
  }

  /** One message up or down. */
  toMessage(direction: 'previous' | 'next'): void {
    const messages = [...document.querySelectorAll<HTMLElement>('article.turn')];
    const here = messages.findIndex((message) => message.contains(document.activeElement));
    if (here === -1 && direction === 'next') return;
    const from = here === -1 ? messages.length : here;
    const next = messages[direction === 'previous' ? Math.max(0, from - 1) : from + 1];
    if (next === undefined) this.toFirst();
    else next.focus();
  }

  #isNowhere(): boolean {
    return document.activeElement === document.body || document.activeElement === null;
  }
}
