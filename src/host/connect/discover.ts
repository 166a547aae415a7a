import type { Fetch } from '../../dify/client.ts';
import { DifyError } from '../../dify/errors.ts';
import { recognize } from '../../dify/recognize.ts';

/** How long a first answer may take, in milliseconds. */
export const patience = 15_000;

/** Where the API is, or, if nowhere, what is told about which address. */
export type Discovery = { readonly baseUrl: string } | { readonly baseUrl: string; readonly error: unknown };

/**
 * Asks the candidates one after the other, without a key, until one proves to be Dify's API. Where none does, the most telling failure
 * is told: something that answers otherwise says more than a closed port.
 *
 * @throws the signal's reason once it is aborted
 */
export async function discover(candidates: readonly string[], fetch: Fetch, signal: AbortSignal): Promise<Discovery> {
  let told: { readonly baseUrl: string; readonly error: unknown } | undefined;
  const silent = new Set<string>();
  for (const baseUrl of candidates) {
    const { origin } = new URL(baseUrl);
    if (silent.has(origin)) continue;
    try {
      await recognize(baseUrl, fetch, patience, signal);
      return { baseUrl };
    } catch (error) {
      signal.throwIfAborted();
      // Another path of the same server fares no better.
      if (isSilence(error)) silent.add(origin);
      if (told === undefined || (isSilence(told.error) && !isSilence(error))) told = { baseUrl, error };
    }
  }
  return told ?? { baseUrl: '', error: new Error('No address was tried') };
}

/** Whether nothing came that a server of the web would say. */
function isSilence(error: unknown): boolean {
  return !(error instanceof DifyError) || error.kind === 'network' || error.kind === 'timeout';
}
