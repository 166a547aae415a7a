import type { Translate } from '../../conversation/failure.ts';
import { ApiKey } from '../../dify/apiKey.ts';
import type { Fetch } from '../../dify/client.ts';
import { DifyError } from '../../dify/errors.ts';
import type { App } from '../app.ts';
import { connectFailure } from './connectFailure.ts';
import { probe, type Candidate } from './probe.ts';

/** How often Dify is asked again while it says that it is busy. */
const returns = 3;
/** Seconds until then, unless Dify names another time. */
const pause = 5;
/** Longest time, in seconds, that is waited unasked. */
const longestPause = 60;

/** What trying a key needs. */
export interface TryPorts {
  readonly fetch: Fetch;
  /** Resolves after so many seconds. @throws the signal's reason once it is aborted */
  readonly wait: (seconds: number, signal: AbortSignal) => Promise<void>;
  readonly t: Translate;
}

/** Where a long attempt says what it waits for, and hears that it is not wanted any more. */
export interface Attempt {
  readonly signal: AbortSignal;
  readonly tell: (sentence: string) => void;
}

/** The app that the key opens. Waits, and says so, while Dify is busy. @throws as {@link probe} */
export async function tryKey(candidate: Candidate, { fetch, wait, t }: TryPorts, attempt: Attempt): Promise<App> {
  for (let tries = 0; ; tries++) {
    try {
      return await probe(candidate, fetch, attempt.signal);
    } catch (error) {
      const seconds = error instanceof DifyError && error.kind === 'busy' ? (error.retryAfter ?? pause) : Infinity;
      if (tries >= returns || seconds > longestPause) throw error;
      attempt.tell(t('Dify is busy. Trying again in {n} s.', { n: seconds }));
      await wait(seconds, attempt.signal);
    }
  }
}

/** What came of several keys: apps with theirs, in the order of the keys, and why the others opened none. */
export interface Tried {
  readonly opened: readonly { readonly app: App; readonly key: string }[];
  readonly failures: readonly unknown[];
}

/** Tries several keys at one address, one after the other. @throws the signal's reason once it is aborted */
export async function tryKeys(
  keys: readonly string[],
  { baseUrl, user }: Pick<Candidate, 'baseUrl' | 'user'>,
  ports: TryPorts,
  attempt: Attempt,
): Promise<Tried> {
  const opened: { app: App; key: string }[] = [];
  const failures: unknown[] = [];
  for (const key of keys) {
    try {
      const apiKey = new ApiKey(key, new URL(baseUrl).origin);
      opened.push({ app: await tryKey({ id: crypto.randomUUID(), baseUrl, apiKey, user }, ports, attempt), key });
    } catch (error) {
      attempt.signal.throwIfAborted();
      failures.push(error);
    }
  }
  return { opened, failures };
}

/** Why the first of the keys failed that was not just refused, or ''. */
export function reasonOf(failures: readonly unknown[], baseUrl: string, t: Translate): string {
  const other = failures.find((error) => !(error instanceof DifyError && error.kind === 'unauthorized'));
  return other === undefined ? '' : connectFailure(other, baseUrl, t).sentence;
}
