import type { ChatEvent, ToWebview } from '../conversation/protocol.ts';
import { type News, newsBetween } from './news.ts';
import { emptyPage, type Page, receive } from './page.ts';

/** A snapshot that was asked for and did not come is asked for again with the next message, but not more often than this. */
const askAgainAfter = 1000;

interface Surroundings {
  /** Asks the host for a snapshot. */
  readonly ready: () => void;
  /** Called once for any number of changes; whoever paints does so at the next frame. */
  readonly changed: () => void;
  /** Milliseconds, of any clock. */
  readonly now: () => number;
}

/** Holds the page's state: every message is folded in at once, painting follows. */
export class PageStore {
  readonly #surroundings: Surroundings;
  #page = emptyPage;
  #news: News | undefined;
  #askedAt: number | undefined;

  constructor(surroundings: Surroundings) {
    this.#surroundings = surroundings;
  }

  get page(): Page {
    return this.#page;
  }

  get news(): News | undefined {
    return this.#news;
  }

  /** Asks for the first snapshot. */
  start(): void {
    this.#surroundings.ready();
  }

  receive(message: ToWebview): void {
    const next = receive(this.#page, message);
    if (next === 'lost') {
      this.#askForSnapshot();
      return;
    }
    if (message.type === 'snapshot') this.#take(next);
    else this.#hear(message.events, next);
    this.#change(next);
  }

  /** The text in the composer became this one. */
  type(text: string): void {
    this.#change({ ...this.#page, text });
  }

  /** Of another conversation nothing was said yet. */
  #take({ conversation }: Page): void {
    this.#askedAt = undefined;
    if (conversation.key !== this.#page.conversation.key) this.#news = undefined;
  }

  /** A question silences what was said of the answer before it, so that the same thing can be said again. */
  #hear(events: readonly ChatEvent[], next: Page): void {
    const isAsked = events.some((event) => event.type === 'asked');
    this.#news = newsBetween(this.#page.conversation, next.conversation) ?? (isAsked ? undefined : this.#news);
  }

  #askForSnapshot(): void {
    const now = this.#surroundings.now();
    if (this.#askedAt !== undefined && now - this.#askedAt < askAgainAfter) return;
    this.#askedAt = now;
    this.#surroundings.ready();
  }

  #change(page: Page): void {
    if (page === this.#page) return;
    this.#page = page;
    this.#surroundings.changed();
  }
}
