import type { ChatEvent, ChatState, ToWebview } from '../../../conversation/protocol.ts';

/** Shortest time between two messages to a page, in milliseconds: little more than a frame, of which a person sees nothing and each costs. */
const pause = 20;

/** Sends a page its snapshot and then events: the first at once, those that follow quickly as one message every now and then. */
export class Outbox {
  readonly #post: (message: ToWebview) => void;
  #seq = 0;
  #waiting: ChatEvent[] = [];
  #timer: ReturnType<typeof setTimeout> | undefined;
  #ready = false;

  constructor(post: (message: ToWebview) => void) {
    this.#post = post;
  }

  /** All that there is, in answer to the page's `ready`. */
  snapshot(state: ChatState): void {
    this.#ready = true;
    this.#waiting = [];
    this.#post({ type: 'snapshot', seq: this.#seq++, state });
  }

  /** Before the first snapshot nothing is sent: it will contain the event. */
  push(event: ChatEvent): void {
    if (!this.#ready) return;
    const last = this.#waiting.at(-1);
    const joined = last === undefined ? undefined : join(last, event);
    if (joined === undefined) this.#waiting.push(event);
    else this.#waiting[this.#waiting.length - 1] = joined;
    if (this.#timer === undefined) this.#flush();
  }

  dispose(): void {
    clearTimeout(this.#timer);
    this.#timer = undefined;
    this.#ready = false;
  }

  #flush(): void {
    this.#timer = undefined;
    if (this.#waiting.length === 0) return;
    const events = this.#waiting;
    this.#waiting = [];
    this.#post({ type: 'events', seq: this.#seq++, events });
    this.#timer = setTimeout(() => this.#flush(), pause);
  }
}

/** Two pieces of one answer as one. */
function join(first: ChatEvent, second: ChatEvent): ChatEvent | undefined {
  if (first.type !== 'run' || second.type !== 'run' || first.key !== second.key) return undefined;
  if (first.event.type !== 'textAppended' || second.event.type !== 'textAppended') return undefined;
  return { ...first, event: { type: 'textAppended', text: first.event.text + second.event.text } };
}
