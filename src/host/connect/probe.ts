import type { ApiKey } from '../../dify/apiKey.ts';
import { getInfo, getParameters, getSite, type AppInfo, type AppSite } from '../../dify/app.ts';
import { DifyClient, type Fetch } from '../../dify/client.ts';
import type { App } from '../app.ts';
import { patience } from './discover.ts';
import { findMode } from './findMode.ts';

/** What may be an app: an address, and a key for its origin. */
export interface Candidate {
  readonly id: string;
  readonly baseUrl: string;
  readonly apiKey: ApiKey;
  readonly user: string;
}

/**
 * The app that the key opens at the address: proves that both are right, and that the app is published.
 *
 * @throws {DifyError}
 * @throws the signal's reason once it is aborted
 */
export async function probe(candidate: Candidate, fetch: Fetch, signal: AbortSignal): Promise<App> {
  const { id, baseUrl } = candidate;
  const client = clientOf(candidate, fetch);
  const info = await getInfo(client, signal);
  await getParameters(client, signal);
  // An app may have no web face: then it has no icon, which is no reason to refuse it.
  const site = await getSite(client, signal).catch(() => undefined);
  signal.throwIfAborted();
  const mode = info.mode ?? (await findMode(client, signal));
  signal.throwIfAborted();
  return appOf(id, baseUrl, { ...info, mode }, site);
}

/** A client that waits no longer than a person who connects an app does. */
export function clientOf({ baseUrl, apiKey, user }: Omit<Candidate, 'id'>, fetch: Fetch): DifyClient {
  return new DifyClient(() => Promise.resolve({ baseUrl, apiKey, user }), fetch, { call: patience });
}

function appOf(id: string, baseUrl: string, info: AppInfo & { readonly mode: string }, site: AppSite | undefined): App {
  return {
    id,
    baseUrl,
    name: info.name || new URL(baseUrl).host,
    mode: info.mode,
    description: info.description,
    emoji: site?.iconType === 'emoji' ? site.icon : '',
    version: info.version ?? '',
  };
}
