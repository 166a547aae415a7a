import type { Step } from '../agent/rounds.ts';
import type { Clock } from '../clock.ts';
import { keepPinging } from './pings.ts';
import { Queue } from './queue.ts';
import type { Message } from '../history/store.ts';
import type { Prompt, ToolCall } from './textSource.ts';

/** What happens in a turn, in order. The last four end it. */
export type TurnEvent =
  | { readonly type: 'delta'; readonly text: string }
  | Step
  | { readonly type: 'ping' }
  | { readonly type: 'answered' }
  | { readonly type: 'stopped' }
  | { readonly type: 'failed'; readonly error: unknown }
  | { readonly type: 'abandoned' };

/** A text source, or one that tells of an agent's steps as well. */
export type TurnSource = (
  prompt: Prompt,
  signal: AbortSignal,
) => AsyncIterable<string | ToolCall | Step> | Iterable<string | ToolCall | Step>;

export interface TurnOptions {
  readonly taskId: string;
  readonly user: string;
  readonly message: Message;
  readonly prompt: Prompt;
  readonly source: TurnSource;
  readonly clock: Clock;
  readonly tokensPerSecond: number;
  /** What the model thinks before its first word, in ms. */
  readonly slowStart: number;
  /** An agent keeps what it did in each round, and does its rounds whether or not somebody still reads. */
  readonly keepsSteps?: boolean;
}

/** The server looks for the stop flag about once a second. */
const stopNotice = 800;

/** One running generation: the source fills a queue, pings and a stop join in, the answer's writer takes out. */
export class Turn {
  readonly options: TurnOptions;
  readonly startedAt: number;
  readonly #events = new Queue<TurnEvent>();
  readonly #over = new AbortController();
  /** Aborted when the source is to end. */
  readonly #work = new AbortController();
  #stopping = false;

  constructor(options: TurnOptions) {
    this.options = options;
    this.startedAt = options.clock.now();
    void this.#generate();
  }

  next(): Promise<TurnEvent> {
    return this.#events.next();
  }

  /** Pings every ten seconds of a stream, counted from now. */
  startPings(): void {
    void this.#ping();
  }

  /** What a stop call of the turn's own user does. The stream notices a little later; what has been generated till then is kept. */
  stop(): void {
    if (this.#stopping) return;
    this.#stopping = true;
    const { signal } = this.#over;
    void this.options.clock.sleep(stopNotice, signal).then(() => {
      if (!signal.aborted) this.#end({ type: 'stopped' });
    });
  }

  /** The client went away: no answer is saved. */
  abandon(): void {
    this.#end({ type: 'abandoned' });
  }

  /** Seconds since the turn began. */
  elapsed(): number {
    return (this.options.clock.now() - this.startedAt) / 1000;
  }

  #tell(event: TurnEvent): void {
    if (!this.#over.signal.aborted) this.#events.push(event);
  }

  #end(event: TurnEvent): void {
    if (this.#over.signal.aborted) return;
    this.#over.abort();
    this.#events.push(event);
    if (event.type !== 'abandoned' || this.options.keepsSteps !== true) this.#work.abort();
  }

  async #generate(): Promise<void> {
    const { clock, prompt, slowStart, source, tokensPerSecond } = this.options;
    const { signal } = this.#work;
    try {
      let due = this.startedAt + slowStart;
      for await (const piece of source(prompt, signal)) {
        const wait = due - clock.now();
        if (wait > 0) await clock.sleep(wait, signal);
        if (signal.aborted) return;
        if (typeof piece !== 'string') {
          if ('type' in piece) this.#tell(piece);
          continue;
        }
        this.#tell({ type: 'delta', text: piece });
        // An empty piece is the end of something and takes no time.
        if (piece !== '') due = Math.max(due, clock.now() - 1000) + 1000 / tokensPerSecond;
      }
      this.#end({ type: 'answered' });
    } catch (error) {
      this.#end({ type: 'failed', error });
    }
  }

  async #ping(): Promise<void> {
    const { clock } = this.options;
    await keepPinging(clock, clock.now(), this.#over.signal, () => this.#events.push({ type: 'ping' }));
  }
}

/** The turns that can be stopped, by task id. */
export class Tasks {
  readonly #running = new Map<string, Turn>();

  add(turn: Turn): void {
    this.#running.set(turn.options.taskId, turn);
  }

  remove(turn: Turn): void {
    this.#running.delete(turn.options.taskId);
  }

  /** Does nothing for an unknown task and for anybody but the owner; the caller is not told. */
  stop(taskId: string, user: string): void {
    const turn = this.#running.get(taskId);
    if (turn?.options.user === user) turn.stop();
  }
}
