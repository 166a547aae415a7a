import { readBlockingAnswer } from './blocking.ts';
import { readWhole } from './body.ts';
import { endingAfter, isEnding, noEnding } from './ending.ts';
import { notDifyError } from './errorResponse.ts';
import { DifyError } from './errors.ts';
import { parseStreamEvent, type StreamEvent } from './events.ts';
import { isFields, parseJson } from './json.ts';
import { networkError } from './networkError.ts';
import { sseReader, type SseReader } from './sse.ts';
import { Watchdog } from './timing.ts';
import type { TurnCalls } from './turn.ts';

/** The connection of one turn: opened, read event by event, and left in the way that costs the person nothing. */
export class TurnStream {
  readonly #calls: TurnCalls;
  readonly #closing = new AbortController();
  readonly #watchdog = new Watchdog(() => this.#close());
  readonly #startedAt = performance.now();
  readonly #sse: SseReader;
  #opening: Promise<void> | undefined;
  #reading: Promise<readonly StreamEvent[] | undefined> | undefined;
  #next: (() => Promise<readonly StreamEvent[] | undefined>) | undefined;
  #taskId: string | undefined;
  #ending = noEnding;
  #size = 0;
  #over = false;
  #broken: DifyError | undefined;

  constructor(calls: TurnCalls) {
    this.#calls = calls;
    this.#sse = sseReader(calls.limits.event);
  }

  /** Why the stream is not whole, once {@link read} gave `undefined` without an end event. */
  get broken(): DifyError {
    return this.#broken ?? this.#error('incomplete', 'the stream ended without an end event');
  }

  /** Whether the run waits for a person. A stop would do nothing now, and would end the run when the person has answered. */
  get paused(): boolean {
    return this.#ending.paused;
  }

  /** Closes the connection and leaves the run alone. */
  abandon(): void {
    this.#over = true;
    this.#close();
  }

  /** Sends the request. @throws {DifyError} if it was not taken */
  async open(): Promise<void> {
    this.#opening = this.#open();
    await this.#opening;
  }

  /** The next events, or `undefined` at the end of the stream, however it came. @throws {DifyError} if the answer is not Dify's */
  async read(): Promise<readonly StreamEvent[] | undefined> {
    if (this.#size > this.#calls.limits.answer) {
      this.#broken ??= this.#error('tooLarge', `the answer is over ${this.#calls.limits.answer} characters`);
      return undefined;
    }
    this.#reading = this.#read();
    return await this.#reading;
  }

  /**
   * Ends the connection. If the run still goes on, Dify is told to stop, and the stream is read on until it ends or the time for
   * that is over: only then does Dify keep what was written so far.
   */
  async leave(): Promise<void> {
    const unfinished = !this.#over && !isEnding(this.#ending);
    if (this.#over && this.#isInVain() && !isEnding(this.#ending)) await this.#tellToStop();
    if (unfinished && this.#opening !== undefined) {
      this.#watchdog.stop();
      const timer = setTimeout(() => this.#close(), this.#calls.limits.stop);
      await this.#readOn();
      clearTimeout(timer);
    }
    this.#close();
  }

  /** Whether it was we who gave up reading, and what goes on there is of no use: a silent workflow may yet be attached to. */
  #isInVain(): boolean {
    const kept = this.#ending.workflow !== 'none' || this.#calls.attached !== undefined;
    return this.#broken?.kind === 'tooLarge' || (this.#broken?.kind === 'timeout' && !kept);
  }

  async #readOn(): Promise<void> {
    try {
      await this.#opening;
      let told: Promise<void> | undefined;
      for (let first = this.#reading; ; first = undefined) {
        // A run that ended needs no stop, and one that waits for a person would end of it when that person has answered.
        if (this.#taskId !== undefined && !isEnding(this.#ending)) told ??= this.#tellToStop();
        if ((await (first ?? this.#read())) === undefined) break;
      }
      await told;
    } catch {
      // The turn has ended for everybody; how its connection ends changes nothing.
    }
  }

  async #tellToStop(): Promise<void> {
    // Whether Dify heard it or not, the turn is over here.
    if (this.#taskId !== undefined) await this.#calls.stop(this.#taskId).catch(() => {});
  }

  async #open(): Promise<void> {
    this.#watchdog.start(this.#calls.limits.head);
    try {
      const response = await this.#calls.open(this.#closing.signal);
      this.#next = await this.#reader(response);
      this.#watchdog.start(this.#calls.limits.idle);
    } catch (error) {
      this.#watchdog.stop();
      if (this.#closing.signal.aborted) throw this.#error('timeout', 'no answer in time');
      throw error;
    }
  }

  async #read(): Promise<readonly StreamEvent[] | undefined> {
    const events = await this.#next?.();
    events?.forEach((event) => this.#note(event));
    if (events === undefined) {
      this.#over = true;
      this.#watchdog.stop();
    }
    return events;
  }

  #note(event: StreamEvent): void {
    this.#taskId ??= event.task_id;
    if (event.event === 'message' || event.event === 'agent_message') this.#size += event.answer.length;
    if (event.event === 'text_chunk') this.#size += event.text.length;
    if (event.event === 'error') this.#over = true;
    const wasLast = this.#isLast();
    this.#ending = endingAfter(this.#ending, event);
    if (!wasLast && this.#isLast()) this.#watchdog.start(this.#calls.limits.rest);
  }

  /** Whether what follows is worth a few seconds, no more. */
  #isLast(): boolean {
    const goesOn = this.#calls.attached !== undefined && this.#ending.paused;
    return !goesOn && isEnding(this.#ending);
  }

  /** How to read this response: its `Content-Type` decides, not what was asked for. */
  async #reader(response: Response): Promise<() => Promise<readonly StreamEvent[] | undefined>> {
    const type = response.headers.get('content-type')?.toLowerCase() ?? '';
    if (type.startsWith('text/event-stream') && response.body !== null) return this.#streamReader(response.body);
    const body = await readWhole(response, this.#calls.limits.event);
    const fields = parseJson(body);
    const whole = isFields(fields) ? readBlockingAnswer(fields) : undefined;
    if (whole === undefined) throw notDifyError(this.#calls.what, body);
    const batches = [whole];
    return () => Promise.resolve(batches.shift());
  }

  #streamReader(body: ReadableStream<Uint8Array>): () => Promise<readonly StreamEvent[] | undefined> {
    const reader = body.getReader();
    let ended = false;
    return async () => {
      if (ended) return undefined;
      try {
        const { done, value } = await reader.read();
        ended = done;
        // After the end event only the time for the rest counts: pings do not prolong it.
        if (!this.#isLast()) this.#watchdog.beat();
        return parse(value === undefined ? this.#sse.end() : this.#sse.read(value));
      } catch (error) {
        ended = true;
        this.#broken ??= this.#closing.signal.aborted
          ? this.#error('timeout', 'no byte in time')
          : this.#error('network', networkError(this.#calls.what, error).message, error);
        return undefined;
      }
    };
  }

  #close(): void {
    this.#watchdog.stop();
    this.#closing.abort();
  }

  #error(kind: 'timeout' | 'incomplete' | 'network' | 'tooLarge', why: string, thrown?: unknown): DifyError {
    if (thrown instanceof DifyError) return thrown;
    const seconds = (performance.now() - this.#startedAt) / 1000;
    return new DifyError(kind, `${this.#calls.what}: ${why}`, { seconds });
  }
}

function parse(data: readonly string[]): readonly StreamEvent[] {
  return data.map(parseStreamEvent).filter((event) => event !== undefined);
}
