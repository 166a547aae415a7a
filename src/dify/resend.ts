import type { DifyError } from './errors.ts';
import type { Limits } from './limits.ts';

/** Longest `Retry-After` that is obeyed, in seconds; above it the person decides. */
const longestWait = 60;

/** How many repetitions a generating call gets at most. */
export const resends = 2;

/**
 * Milliseconds until a generating call is sent again, or `undefined` if it must not be. A second request may be a second paid run,
 * so only one that provably never reached Dify, or that Dify refused unread, is repeated.
 *
 * @param attempt 1 for the first repetition
 */
export function resendAfter(error: DifyError, attempt: number, limits: Limits): number | undefined {
  if (attempt > resends) return undefined;
  if (error.kind === 'busy') {
    const seconds = error.retryAfter ?? 0;
    return seconds > longestWait ? undefined : Math.max(seconds * 1000, growing(4 * limits.pause, attempt));
  }
  const neverArrived = error.reason === 'dns' || error.reason === 'refused' || error.reason === 'connectTimeout';
  return error.kind === 'network' && neverArrived ? growing(limits.pause, attempt) : undefined;
}

/** The same for a call that only reads: three tries when the network or a proxy fails, two when Dify does. */
export function rereadAfter(error: DifyError, attempt: number, limits: Limits): number | undefined {
  const gateway = error.status === 502 || error.status === 503 || error.status === 504;
  const tries = error.kind === 'network' || gateway ? 2 : error.status === 500 ? 1 : 0;
  const hopeless = error.reason === 'tls' || error.reason === 'proxy' || error.reason === 'connectTimeout';
  return attempt > tries || hopeless ? undefined : growing(limits.pause, attempt);
}

/** Doubles with each attempt; the random half keeps many clients from returning at the same moment. */
function growing(unit: number, attempt: number): number {
  return unit * 2 ** (attempt - 1) * (0.5 + Math.random() / 2);
}
