import type { DifyError, NetworkReason } from './errors.ts';
import type { Limits } from './limits.ts';

/** Longest `Retry-After` that is obeyed, in seconds; above it the person decides. */
const longestWait = 60;

/** The request was not sent, and the next one may be. */
const neverArrived: ReadonlySet<NetworkReason> = new Set(['dns', 'refused', 'connectTimeout', 'unreachable']);

/** What may be over a moment later. */
const passing: ReadonlySet<NetworkReason> = new Set(['dns', 'refused', 'unreachable', 'proxyUnreachable', 'broken']);

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
  return error.reason !== undefined && neverArrived.has(error.reason) ? growing(limits.pause, attempt) : undefined;
}

/** The same for a call that only reads: three tries when the network or a proxy fails, two when Dify does. */
export function rereadAfter(error: DifyError, attempt: number, limits: Limits): number | undefined {
  const gateway = error.status === 502 || error.status === 503 || error.status === 504;
  const tries = error.kind === 'network' || gateway ? 2 : error.status === 500 ? 1 : 0;
  // After a time-out waiting again would be too long; everything else but these stays as it is until somebody changes it.
  const hopeful = error.reason === undefined || passing.has(error.reason);
  return attempt > tries || !hopeful ? undefined : growing(limits.pause, attempt);
}

/** Doubles with each attempt; the random half keeps many clients from returning at the same moment. */
function growing(unit: number, attempt: number): number {
  return unit * 2 ** (attempt - 1) * (0.5 + Math.random() / 2);
}
