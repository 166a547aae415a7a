import type { PageSettings } from '../../conversation/protocol.ts';
import { isAtForm, isBeforeFirst } from '../form/atForm.ts';

/** Nearer to the end than this, in pixels, counts as being there. */
const nearEnd = 8;
/** Space above the answer whose beginning stays in sight, in pixels. */
const aboveAnswer = 12;

/** So many frames it takes at most until all is drawn at the place that the reader is brought back to, or kept at. */
export const settlingFrames = 10;
/** And so many at the end, where nothing below is drawn anew. */
const endFrames = 4;

/** Where the reader is, in a way that does not depend on how high the page is. */
export interface Anchor {
  /** Of the message at the upper edge. */
  readonly key: string;
  readonly part: 'ask' | 'answer';
  /** How far its beginning is below the upper edge, in pixels: mostly negative. */
  readonly below: number;
}

interface Heard {
  /** The reader is away from the end, or back: a way there is offered. */
  readonly away: (away: boolean) => void;
  /** The reader stays here; `undefined` at the end. */
  readonly stayed: (anchor: Anchor | undefined) => void;
}

/** Of the one that listens: a page has one transcript. */
let leaveListening: (() => void) | undefined;

/** The reader is brought somewhere: the transcript no longer moves by itself. */
export function leaveEnd(): void {
  leaveListening?.();
}

/**
 * Keeps the end of the transcript in sight while an answer grows, until the reader goes somewhere else. What counts is what the
 * reader does (wheel, keys, touch, dragging), not where the page happens to be.
 */
export class Follow {
  readonly #scroller: HTMLElement;
  readonly #heard: Heard;
  #mode: PageSettings['scroll'] = 'follow';
  #isFollowing = true;
  /** Goes to the end once, whatever the mode. */
  #jumps = true;
  #away = false;
  /** Where the reader is brought, with each of the next frames, unless they move. */
  #place: Anchor | 'end' | undefined;
  /** So often the reader is still brought there. */
  #framesLeft = 0;
  #pressed = false;
  /** Whether it was said that the reader is at the end. */
  #isAtRest = false;
  /** Where the transcript was when it was last looked at, in pixels. */
  #top = 0;

  constructor(scroller: HTMLElement, heard: Heard) {
    this.#scroller = scroller;
    this.#heard = heard;
  }

  get #following(): boolean {
    return this.#isFollowing;
  }

  /** While the page scrolls by itself, the browser's own scrolling would come on top of it. */
  set #following(following: boolean) {
    this.#isFollowing = following;
    this.#scroller.classList.toggle('reading', !following);
  }

  set mode(mode: PageSettings['scroll']) {
    this.#mode = mode;
  }

  /** Begins to listen. @returns the end of it */
  listen(): () => void {
    const ending = new AbortController();
    const options = { signal: ending.signal, passive: true };
    const scroller = this.#scroller;
    for (const act of ['wheel', 'touchmove', 'keydown', 'pointerdown']) {
      scroller.addEventListener(act, () => (this.#place = undefined), options);
    }
    scroller.addEventListener('wheel', (event) => event.deltaY < 0 && this.leave(), options);
    scroller.addEventListener('touchmove', () => this.leave(), options);
    scroller.addEventListener('keydown', (event) => this.#key(event.key), options);
    scroller.addEventListener('pointerdown', () => (this.#pressed = true), options);
    addEventListener('pointerup', () => (this.#pressed = false), options);
    scroller.addEventListener('scroll', () => this.#scrolled(), options);
    scroller.addEventListener('scrollend', () => this.#stay(), options);
    scroller.addEventListener('focusin', (event) => this.#focused(event.target), options);
    const resizes = new ResizeObserver(() => this.keep());
    resizes.observe(scroller);
    const leave = (): void => this.leave();
    leaveListening = leave;
    return () => {
      if (leaveListening === leave) leaveListening = undefined;
      ending.abort();
      resizes.disconnect();
    };
  }

  /** To be called whenever the transcript has grown. */
  keep(): void {
    if (this.#place === 'end') this.#jumps = true;
    else if (this.#place !== undefined && this.#goTo(this.#place)) return;
    const goal = isAtForm(this.#scroller) ? undefined : this.#goal();
    if (goal !== undefined) this.#scroller.scrollTop = goal;
    this.#jumps = false;
    this.#top = this.#scroller.scrollTop;
    this.#tell();
  }

  /**
   * To be called before turns are drawn above the others. For a reader who is on their own the browser leaves what is in sight where it
   * is, unless the place at which turns come is itself in sight.
   */
  hold(): void {
    const first = this.#scroller.querySelector('article[data-key]');
    if (this.#place !== undefined) this.#settle();
    else if (this.#following && (this.#mode === 'follow' || this.#isAtEnd())) this.#jumps = true;
    else if (first !== null && (this.#following || this.#below(first) >= 0)) {
      this.#place = this.#anchor();
      this.#settle();
    }
  }

  /** Back to the end, and along with it from now on. */
  toEnd(): void {
    this.#jump();
    this.#place = 'end';
    this.#settle();
  }

  /**
   * A conversation is shown, or a question was asked: the end of what there is. A conversation in which nothing was asked is read from
   * its beginning, an answer that comes from wherever the setting says.
   */
  shown(isRunning: boolean): void {
    if (isRunning) this.#jump();
    else this.toEnd();
    if (isBeforeFirst(this.#scroller)) this.#scroller.scrollTop = 0;
  }

  #jump(): void {
    this.#place = undefined;
    this.#following = true;
    this.#jumps = true;
    this.keep();
  }

  /** The reader goes somewhere else. */
  leave(): void {
    this.#place = undefined;
    if (this.#isScrollable()) this.#following = false;
  }

  /**
   * Back to where the reader was before the page was hidden, until they move: what is drawn for it is higher or lower than it was
   * thought to be. @returns whether that place is there
   */
  restore(anchor: Anchor): boolean {
    this.#place = anchor;
    this.#settle();
    return this.#goTo(anchor);
  }

  /** Goes to the place again with each of the next frames. */
  #settle(): void {
    const isUnderWay = this.#framesLeft > 0;
    this.#framesLeft = this.#place === 'end' ? endFrames : settlingFrames;
    const step = (): void => {
      this.#framesLeft = this.#place === undefined ? 0 : this.#framesLeft - 1;
      if (this.#place !== undefined) this.keep();
      if (this.#framesLeft > 0) requestAnimationFrame(step);
      else this.#place = undefined;
    };
    if (!isUnderWay) requestAnimationFrame(step);
  }

  #goTo({ key, part, below }: Anchor): boolean {
    const turn = this.#scroller.querySelector(`article.${part}[data-key="${CSS.escape(key)}"]`);
    if (turn === null) return false;
    this.#following = false;
    this.#jumps = false;
    this.#scroller.scrollTop += this.#below(turn) - below;
    this.#top = this.#scroller.scrollTop;
    this.#tell();
    return true;
  }

  /** Where the transcript belongs now, in pixels; `undefined` if it stays. */
  #goal(): number | undefined {
    if (!this.#following || (this.#mode === 'off' && !this.#jumps)) return undefined;
    const { scrollHeight, scrollTop } = this.#scroller;
    if (this.#mode !== 'top' || this.#jumps) return scrollHeight;
    // From the end up: looking through the transcript would be looking at every element, with each step of an answer.
    let last = this.#scroller.lastElementChild;
    while (last !== null && !last.matches('article.answer.last')) last = last.previousElementSibling;
    if (last === null) return scrollHeight;
    return Math.max(scrollTop, Math.min(scrollHeight, scrollTop + this.#below(last) - aboveAnswer));
  }

  /** How far an element's beginning is below the upper edge, in pixels. */
  #below(element: Element): number {
    return element.getBoundingClientRect().top - this.#scroller.getBoundingClientRect().top;
  }

  /** Said when it is another place: along with the end each frame would be one. */
  #stay(): void {
    const anchor = this.#anchor();
    if (anchor === undefined && this.#isAtRest) return;
    this.#isAtRest = anchor === undefined;
    this.#heard.stayed(anchor);
  }

  #anchor(): Anchor | undefined {
    if (this.#isAtEnd()) return undefined;
    const { top } = this.#scroller.getBoundingClientRect();
    for (const turn of this.#scroller.querySelectorAll<HTMLElement>('article[data-key]')) {
      const place = turn.getBoundingClientRect();
      if (place.bottom <= top) continue;
      const part = turn.classList.contains('ask') ? 'ask' : 'answer';
      return { key: turn.dataset['key'] ?? '', part, below: Math.round(place.top - top) };
    }
    return undefined;
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
    const isReading = !this.#following || this.#mode !== 'follow';
    const away = isReading && !this.#isAtEnd() && !isBeforeFirst(this.#scroller);
    if (away === this.#away) return;
    this.#away = away;
    this.#heard.away(away);
  }
}
