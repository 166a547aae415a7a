import type { Fields } from '../dify/json.ts';
import type { WorkflowRun } from '../dify/runs.ts';
import type { ContextItem, Conversation, Message, SentFile } from './conversation.ts';
import type { ConversationEvent } from './events.ts';
import { reduce } from './reduce.ts';
import type { Run, RunEvent } from './run.ts';

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
  /**
   * Reads on in a run of a chatflow or a workflow that was cut off, or that waits: Dify 1.14 and later. Ends as `ask` does.
   *
   * @throws {DifyError} if there is nothing to attach to: then nothing has happened to the run
   */
  readonly attach: (run: RunAttached, signal: AbortSignal) => AsyncGenerator<RunEvent, void, void>;
  /** A run of a chatflow or a workflow as the server keeps it. @throws {DifyError} */
  readonly detail: (runId: string, signal: AbortSignal) => Promise<WorkflowRun>;
  /** What the server keeps of the conversation. */
  readonly history: (conversationId: string, signal: AbortSignal) => Promise<Conversation>;
  /** The conversation that the server began with this question, if it did: its id was never heard. */
  readonly begunWith: (
    question: Pick<Message, 'query' | 'askedAt'>,
    signal: AbortSignal,
  ) => Promise<Conversation | undefined>;
}

/** A run that is read on. */
export interface RunAttached {
  /** Dify's `workflow_run_id`. */
  readonly runId: string;
  /** Its text that is shown already. */
  readonly shown: string;
  /** See `RunToAttach`. */
  readonly attached?: () => Promise<void>;
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
    const stopped = (): RunEvent => (this.#isClosing ? { type: 'stopped', because: 'closed' } : { type: 'stopped' });
    return await this.#read(key, stopped, (signal) => {
      this.apply({ type: 'asked', key, askedAt: Date.now(), ...question });
      return this.#app.ask(asked, signal);
    });
  }

  /**
   * Reads on what became of the answer of a message, and resolves as {@link ConversationSession.send} does.
   *
   * @param stopped what a stop means for the run: it is not the answer that is stopped
   */
  async readOn(
    key: string,
    stopped: RunEvent,
    read: (signal: AbortSignal) => AsyncGenerator<RunEvent, void, void>,
  ): Promise<Message | undefined> {
    return this.answering ? undefined : await this.#read(key, () => stopped, read);
  }

  async #read(
    key: string,
    stopped: () => RunEvent,
    read: (signal: AbortSignal) => AsyncGenerator<RunEvent, void, void>,
  ): Promise<Message | undefined> {
    const running = new AbortController();
    this.#running = running;
    this.#answered = key;
    try {
      for await (const event of read(running.signal)) {
        // What was on the way when the person stopped is not shown any more, and any end is a stop then.
        if (running.signal.aborted && !endsRun(event)) continue;
        if (endsRun(event)) this.#running = undefined;
        this.apply({ type: 'run', key, event: running.signal.aborted ? stopped() : event });
      }
    } finally {
      if (this.#running === running) this.#running = undefined;
    }
    return this.#conversation.messages.find((message) => message.key === key);
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

  /** What the server keeps of it. */
  async history(signal: AbortSignal): Promise<Conversation> {
    const { id } = this.#conversation;
    return id === undefined ? { ...this.#conversation, messages: [] } : await this.#app.history(id, signal);
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
  return run.messageId !== undefined || run.status.type === 'done';
}
