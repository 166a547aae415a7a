import { DifyError } from './errors.ts';
import { networkError } from './networkError.ts';
import { Watchdog } from './timing.ts';

/** What a call does until it is given up: aborting `closing` ends its connection, `beat` says that it gets on. */
export type Work<T> = (closing: AbortSignal, beat: () => void) => Promise<T>;

/**
 * Does the work unless the signal is aborted or nothing beats for the limit.
 *
 * @param what names the call in messages for the log, like `GET /messages`
 * @param limit milliseconds
 * @throws {DifyError} for every failure; `timeout` at the limit
 * @throws the signal's reason once it is aborted
 */
export async function within<T>(what: string, limit: number, signal: AbortSignal, work: Work<T>): Promise<T> {
  const closing = new AbortController();
  const close = (): void => closing.abort();
  const watchdog = new Watchdog(close);
  signal.addEventListener('abort', close, { once: true });
  watchdog.start(limit);
  try {
    signal.throwIfAborted();
    return await work(closing.signal, () => watchdog.beat());
  } catch (error) {
    signal.throwIfAborted();
    if (closing.signal.aborted) throw new DifyError('timeout', `${what}: no answer in time`);
    throw networkError(what, error);
  } finally {
    watchdog.stop();
    signal.removeEventListener('abort', close);
  }
}
