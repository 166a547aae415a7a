import { candidatesOf } from './baseUrl.ts';
import { keysIn } from './keyText.ts';

/** Apps that something on this computer names. Nothing is sent there before the person agrees. */
export interface Offer {
  readonly source: 'environment' | 'setting';
  /** As it was found: an address of the API or of a page. */
  readonly address: string;
  /** One or several keys, as {@link keysIn} reads them. */
  readonly keys: string;
}

/** What `DIFY_BASE_URL` with `DIFY_API_KEYS` or `DIFY_API_KEY` names, such as a team's start script sets. */
export function environmentOffer(environment: Readonly<Record<string, string | undefined>>): Offer | undefined {
  const keys = environment['DIFY_API_KEYS'] ?? environment['DIFY_API_KEY'];
  return offerOf('environment', environment['DIFY_BASE_URL'], keys);
}

/** What another extension's settings name: `dify.apiUrl` and `dify.apiKey`. */
export function settingOffer(apiUrl: unknown, apiKey: unknown): Offer | undefined {
  return offerOf('setting', apiUrl, apiKey);
}

function offerOf(source: Offer['source'], address: unknown, keys: unknown): Offer | undefined {
  if (typeof address !== 'string' || typeof keys !== 'string') return undefined;
  const isUsable = typeof candidatesOf(address) !== 'string' && typeof keysIn(keys) !== 'string';
  return isUsable ? { source, address, keys } : undefined;
}
