import { endingAfter, endOf, noEnding, type Ending, type TurnEnd } from './ending.ts';
import { errorOfEvent, withoutKey } from './errorResponse.ts';
import { DifyError } from './errors.ts';
import type { StreamEvent } from './events.ts';
import type { Limits } from './limits.ts';
import { resendAfter, resends } from './resend.ts';
import { TurnStream } from './turnStream.ts';

/** The request is about to be sent again, because it provably did nothing yet. */
export interface ResendEvent {
  readonly event: 'resend';
  /** 1 for the first repetition. */
  readonly attempt: number;
  readonly of: number;
  readonly seconds: number;
  readonly error: DifyError;
}

/** What a generating call yields: Dify's events, the client's word of a repetition, and last the end. */
export type TurnEvent = StreamEvent | ResendEvent | TurnEnd;

/** What a turn needs of its client. */
export interface TurnCalls {
  /** Names the call in messages for the log, like `POST /chat-messages`. */
  readonly what: string;
  readonly limits: Limits;
  /**
   * Set where the turn attaches to a run that was begun elsewhere: called once the stream is open and before it is read. A pause does
   * not end such a turn: whoever answers the form may do so through it.
   */
  readonly attached?: () => Promise<void>;
  /** Sends the request; aborting the signal closes the connection. Throws a `DifyError` for any answer but 200. */
  readonly open: (closing: AbortSignal) => Promise<Response>;
  readonly stop: (taskId: string) => Promise<void>;
  /** Waits before the request is sent again. @throws the signal's reason once it is aborted */
  readonly pause: (ms: number, signal: AbortSignal) => Promise<void>;
  /** What was sent as the key; '' before that. */
  readonly key: () => string;
  /** Takes over what goes on after the end of the turn. */
  readonly leave: (work: Promise<void>) => void;
}

/** See `DifyClient.generate`. */
export async function* generate(calls: TurnCalls, signal: AbortSignal): AsyncGenerator<TurnEvent, void, void> {
  const waiting = new Waiting(signal);
  const stream = new TurnStream(calls);
  let end: TurnEnd | undefined;
  try {
    yield* open(stream, calls, waiting);
    await attached(stream, calls, waiting);
    let ending = noEnding;
    while (!waiting.over) {
      const events = await waiting.for(stream.read());
      if (waiting.over) break;
      if (events === undefined) {
        end = endOf(calls.what, ending, stream.broken);
        break;
      }
      for (const event of events) {
        ending = endingAfter(ending, event);
        yield event;
        if (waiting.over) break;
        throwIfFailed(calls.what, event, ending);
      }
    }
  } catch (error) {
    if (!signal.aborted) throw withoutKey(error, calls.key());
  } finally {
    waiting.end();
    calls.leave(stream.leave());
  }
  yield end ?? { event: 'end', reason: stream.paused ? 'paused' : 'stopped' };
}

async function attached(stream: TurnStream, calls: TurnCalls, waiting: Waiting): Promise<void> {
  // The stream may not be open then, and whoever stopped wants nothing submitted.
  if (waiting.over) return;
  try {
    await calls.attached?.();
  } catch (error) {
    // The run waits on as before: nothing of it may be stopped.
    stream.abandon();
    throw error;
  }
}

/** Gets the connection, if need be by sending again. Returns early when stopped. */
async function* open(stream: TurnStream, calls: TurnCalls, waiting: Waiting): AsyncGenerator<ResendEvent, void, void> {
  for (let attempt = 1; !waiting.over; attempt++) {
    try {
      await waiting.for(stream.open());
      return;
    } catch (error) {
      const pause = error instanceof DifyError ? resendAfter(error, attempt, calls.limits) : undefined;
      if (pause === undefined || !(error instanceof DifyError)) throw error;
      yield { event: 'resend', attempt, of: resends, seconds: pause / 1000, error };
      await calls.pause(pause, waiting.signal);
    }
  }
}

/** After a stop any ending is the end of the stop, and an answer that has ended stands: speaking it may fail. */
function throwIfFailed(what: string, event: StreamEvent, { workflow, messageEnded }: Ending): void {
  if (event.event === 'error' && workflow !== 'stopped' && !messageEnded) throw errorOfEvent(what, event);
}

/** Waits that a stop ends at once, without a listener or a promise left behind for each of them. One wait at a time. */
class Waiting {
  readonly signal: AbortSignal;
  #giveUp: (() => void) | undefined;
  readonly #onAbort = (): void => this.#giveUp?.();

  constructor(signal: AbortSignal) {
    this.signal = signal;
    signal.addEventListener('abort', this.#onAbort, { once: true });
  }

  /** Whether the turn was stopped. */
  get over(): boolean {
    return this.signal.aborted;
  }

  /** What the work gives, or `undefined` as soon as the turn is stopped; the work goes on. */
  for<T>(work: Promise<T>): Promise<T | undefined> {
    return new Promise((resolve, reject) => {
      this.#giveUp = () => resolve(undefined);
      work.then(resolve, reject);
      if (this.over) resolve(undefined);
    });
  }

  end(): void {
    this.signal.removeEventListener('abort', this.#onAbort);
  }
}
