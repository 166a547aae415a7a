import type { Fields } from '../dify/json.ts';
import type { ContextItem, Conversation, Message, SentFile } from './conversation.ts';
import type { ConversationEvent } from './events.ts';
import type { Failure } from './failure.ts';
import { reduce } from './reduce.ts';
import { idsOf, isLost, stopOf, type CutAnswer, type HowToRead, type KeptRuns } from './rest.ts';
import { isEnded, newRun, type Run, type RunEvent } from './run.ts';

/** How a question reaches the app, and how its history is read. */
export interface ChatApp {
  /** Ends with an end event, and never throws; see `ask`. */
  readonly ask: (
    question: {
      readonly query: string;
      readonly conversationId: string | undefined;
      /** The conversation's; `undefined` before its form was submitted: then the owner's defaults go along. */
      readonly inputs: Fields | undefined;
      readonly files: readonly SentFile[];
    },
    signal: AbortSignal,
  ) => AsyncGenerator<RunEvent, void, void>;
  /** What became of an answer that was cut off; see `restOf`. */
  readonly rest: (cut: CutAnswer, signal: AbortSignal, how?: HowToRead) => AsyncGenerator<RunEvent, void, void>;
  /** See `KeptRuns`. */
  readonly attach: KeptRuns['attach'];
  /** See `KeptRuns`. */
  readonly detail: KeptRuns['detail'];
  /** What the server keeps of the conversation. */
  readonly history: (conversationId: string, signal: AbortSignal) => Promise<Conversation>;
  /** The conversation that the server began with this question, if it did: its id was never heard. */
  readonly begunWith: (
    question: Pick<Message, 'query' | 'askedAt'>,
    signal: AbortSignal,
  ) => Promise<Conversation | undefined>;
}

type Events = AsyncGenerator<RunEvent, void, void>;

/** Reads what comes of a question. */
export type Read = (signal: AbortSignal) => Events;

interface Reading {
  /** What a stop means as long as nothing is heard of the run. */
  readonly stopped: RunEvent;
  readonly reads: readonly Read[];
}

interface Telling extends Pick<Reading, 'stopped'> {
  readonly running: AbortController;
  readonly isLast: boolean;
}

/** What is asked: members as in `Message`. */
export interface Question {
  readonly query: string;
  readonly typed: string;
  readonly contexts: readonly ContextItem[];
  readonly files: readonly SentFile[];
  readonly inputs: Fields | undefined;
  readonly again: string | undefined;
  /** The `key` of a message that Dify never took and that this one repeats. */
  readonly replaces: string | undefined;
}

/** A question that is what the person wrote and nothing else. */
export function plainQuestion(typed: string): Question {
  return { query: typed, typed, contexts: [], files: [], inputs: undefined, again: undefined, replaces: undefined };
}

/** One conversation that goes on: at most one answer runs in it, and whoever listens hears every event once, in order. */
export class ConversationSession {
  readonly #app: ChatApp;
  readonly #listeners = new Set<(event: ConversationEvent) => void>();
  #conversation: Conversation;
  #running: AbortController | undefined;
  /** The window is being closed: it is not the person who stops the answer. */
  #isClosing = false;
  /** Of the message whose answer runs. */
  #answered: string | undefined;

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

  /** Asks, and resolves with the message when its answer has ended, whatever the end; `undefined` if another one is still under way. */
  async send(question: Question): Promise<Message | undefined> {
    if (this.answering) return undefined;
    const key = crypto.randomUUID();
    const { conversation } = this;
    const { query, files, inputs = conversation.inputs } = question;
    const asked = { conversationId: conversation.id, inputs, query, files };
    const read = (signal: AbortSignal): Events => {
      this.apply({ type: 'asked', key, askedAt: Date.now(), ...question });
      return this.#app.ask(asked, signal);
    };
    return await this.#read(key, { stopped: { type: 'stopped' }, reads: [read, this.#restOf(key)] });
  }

  /**
   * Reads on in the run of a message, and resolves as {@link ConversationSession.send} does.
   *
   * @param stopped what a stop means as long as nothing is heard of the run
   */
  async readOn(key: string, stopped: RunEvent, read: Read): Promise<Message | undefined> {
    return this.answering ? undefined : await this.#read(key, { stopped, reads: [read, this.#restOf(key)] });
  }

  /** Looks for what became of the answer of a message that was cut off, and resolves as {@link ConversationSession.send} does. */
  async readRest({ key, run }: Message, how?: HowToRead): Promise<Message | undefined> {
    const { status } = run;
    if (this.answering || status.type !== 'incomplete') return undefined;
    return await this.#read(key, { stopped: status, reads: [this.#restOf(key, how)] });
  }

  #restOf(key: string, how?: HowToRead): Read {
    return (signal) => {
      const { id, inputs, messages } = this.#conversation;
      const message = this.#message(key);
      const others = idsOf(messages.filter((other) => other !== message).map(({ run }) => run));
      const cut = { ...message, run: message?.run ?? newRun, inputs: message?.inputs ?? inputs, conversationId: id };
      return this.#app.rest({ query: '', askedAt: 0, ...cut, others }, signal, how);
    };
  }

  /** Each of the reads but the first begins where the connection was lost before, and the app goes on without it. */
  async #read(key: string, { stopped, reads }: Reading): Promise<Message | undefined> {
    const running = new AbortController();
    this.#running = running;
    this.#answered = key;
    try {
      for (const [index, read] of reads.entries()) {
        const isLast = index === reads.length - 1;
        const failure = await this.#tell(key, read(running.signal), { running, stopped, isLast });
        if (failure === undefined) break;
        this.apply({ type: 'run', key, event: { type: 'lost', failure } });
      }
    } finally {
      if (this.#running === running) this.#running = undefined;
    }
    return this.#message(key);
  }

  /** Tells the events to their end; gives back why they broke off, if that is not the last word. */
  async #tell(key: string, events: Events, { running, stopped, isLast }: Telling): Promise<Failure | undefined> {
    for await (const event of events) {
      const { aborted } = running.signal;
      if (!isLast && !aborted && isLost(event)) return event.failure;
      // What was on the way when the person stopped is not shown any more, and any end is a stop then.
      if (aborted && !endsRun(event)) continue;
      if (endsRun(event)) this.#running = undefined;
      this.apply({ type: 'run', key, event: aborted ? this.#stopOf(key, stopped) : event });
    }
    return undefined;
  }

  #stopOf(key: string, otherwise: RunEvent): RunEvent {
    const run = this.#message(key)?.run ?? newRun;
    if (isEnded(run)) return otherwise;
    return stopOf(run) ?? this.#stopped();
  }

  #stopped(): RunEvent {
    return this.#isClosing ? { type: 'stopped', because: 'closed' } : { type: 'stopped' };
  }

  #message(key: string): Message | undefined {
    return this.#conversation.messages.findLast((message) => message.key === key);
  }

  /** Ends the running answer at once; what was shown of it stays. */
  stop(): void {
    this.#running?.abort();
  }

  /** Ends the running answer because the window is being closed. */
  close(): void {
    this.#isClosing = true;
    this.stop();
  }

  /** Takes over what the server has that is not here. Answers that run are left alone. */
  async refresh(signal: AbortSignal): Promise<void> {
    const { id } = this.#conversation;
    if (id === undefined || this.answering) return;
    const conversation = await this.#app.history(id, signal);
    // Asked meanwhile: the history may or may not have the new question already.
    if (this.answering) return;
    this.apply({ type: 'refreshed', conversation });
  }

  /** Takes over what the server has of a question of which nothing, or not all, was heard. */
  async find(message: Message, signal: AbortSignal): Promise<void> {
    const { id, key } = this.#conversation;
    if (id !== undefined) return await this.refresh(signal);
    const found = await this.#app.begunWith(message, signal);
    if (found === undefined) return;
    this.apply({ type: 'joined', conversation: { ...found, key, messages: [] } });
    this.apply({ type: 'refreshed', conversation: found });
  }

  /** Takes over what another window said in this conversation. The answer that runs here is told here. */
  join({ messages, ...conversation }: Conversation): void {
    const theirs = messages.filter(({ key }) => !this.answering || key !== this.#answered);
    this.apply({ type: 'joined', conversation: { ...conversation, messages: theirs } });
  }

  /** Changes the conversation; whoever listens hears of it, unless nothing is changed by it. */
  apply(event: ConversationEvent): void {
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
  return run.messageId !== undefined || run.runId !== undefined || run.status.type === 'done';
}

/** The last question, as long as nothing is heard of it. */
export function unheardIn({ messages }: Conversation): Message | undefined {
  const last = messages.at(-1);
  return last === undefined || isEnded(last.run) || last.run.messageId !== undefined ? undefined : last;
}
