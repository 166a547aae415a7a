import type { Conversation } from './conversation.ts';
import type { ConversationEvent } from './events.ts';
import { reduce } from './reduce.ts';
import type { Run, RunEvent } from './run.ts';

/** How a question reaches the app, and how its history is read. */
export interface ChatApp {
  /** Ends with an end event, and never throws; see `ask`. */
  readonly ask: (
    question: { readonly query: string; readonly conversationId: string | undefined },
    signal: AbortSignal,
  ) => AsyncGenerator<RunEvent, void, void>;
  /** What the server keeps of the conversation. */
  readonly history: (conversationId: string, signal: AbortSignal) => Promise<Conversation>;
}

/** One conversation that goes on: at most one answer runs in it, and whoever listens hears every event once, in order. */
export class ConversationSession {
  readonly #app: ChatApp;
  readonly #listeners = new Set<(event: ConversationEvent) => void>();
  #conversation: Conversation;
  #running: AbortController | undefined;

  constructor(app: ChatApp, conversation: Conversation) {
    this.#app = app;
    this.#conversation = conversation;
  }

  get conversation(): Conversation {
    return this.#conversation;
  }

  /** Whether an answer is under way: a second question has to wait for it. */
  get answering(): boolean {
    return this.#running !== undefined;
  }

  /** @returns a function that ends the subscription */
  onEvent(listener: (event: ConversationEvent) => void): () => void {
    this.#listeners.add(listener);
    return () => this.#listeners.delete(listener);
  }

  /**
   * Asks, and resolves with the run when it has ended, whatever the end; `undefined` if an answer is still under way.
   *
   * @param replaces key of a message that Dify never took and that this one repeats
   */
  async send(query: string, replaces?: string): Promise<Run | undefined> {
    if (this.#running !== undefined) return undefined;
    const running = new AbortController();
    this.#running = running;
    const key = crypto.randomUUID();
    const asked = { key, query, typed: query, contexts: [], askedAt: Date.now(), again: undefined };
    this.#apply({ type: 'asked', ...asked, replaces });
    const conversationId = this.#conversation.id;
    try {
      for await (const event of this.#app.ask({ query, conversationId }, running.signal)) {
        // What was on the way when the person stopped is not shown any more, and any end is a stop then.
        if (running.signal.aborted && !endsRun(event)) continue;
        if (endsRun(event)) this.#running = undefined;
        this.#apply({ type: 'run', key, event: running.signal.aborted ? { type: 'stopped' } : event });
      }
    } finally {
      if (this.#running === running) this.#running = undefined;
    }
    return this.#conversation.messages.find((message) => message.key === key)?.run;
  }

  /** Ends the running answer at once; what was shown of it stays. */
  stop(): void {
    this.#running?.abort();
  }

  /** Takes over what the server has that is not here. Answers that run are left alone. */
  async refresh(signal: AbortSignal): Promise<void> {
    const { id } = this.#conversation;
    if (id === undefined || this.answering) return;
    const conversation = await this.#app.history(id, signal);
    // Asked meanwhile: the history may or may not have the new question already.
    if (this.answering) return;
    this.#apply({ type: 'refreshed', conversation });
  }

  #apply(event: ConversationEvent): void {
    const before = this.#conversation;
    this.#conversation = reduce(before, event);
    if (this.#conversation !== before) for (const listener of this.#listeners) listener(event);
  }
}

/** Whether nothing comes after the event, unless the run is read on later. */
export function endsRun({ type }: RunEvent): boolean {
  return type === 'answered' || type === 'paused' || type === 'stopped' || type === 'incomplete' || type === 'failed';
}

/** Whether Dify took the question: only then may the typed text be forgotten. */
export function wasTaken(run: Run): boolean {
  return run.messageId !== undefined || run.status.type === 'done';
}
