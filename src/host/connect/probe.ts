import { ApiKey } from '../../dify/apiKey.ts';
import { getInfo, getParameters, getSite, type AppInfo, type AppSite } from '../../dify/app.ts';
import { DifyClient, type Fetch } from '../../dify/client.ts';
import type { App } from '../app.ts';

/** How long a first answer may take, in milliseconds. */
const patience = 15_000;

/**
 * The app that the key opens at the address: proves that both are right, and that the app is published.
 *
 * @throws {DifyError}
 */
export async function probe(
  candidate: { readonly id: string; readonly baseUrl: string; readonly key: string; readonly user: string },
  fetch: Fetch,
  signal: AbortSignal,
): Promise<App> {
  const { id, baseUrl, key, user } = candidate;
  const apiKey = new ApiKey(key, new URL(baseUrl).origin);
  const client = new DifyClient(() => Promise.resolve({ baseUrl, apiKey, user }), fetch, { call: patience });
  const info = await getInfo(client, signal);
  await getParameters(client, signal);
  // An app may have no web face: then it has no icon, which is no reason to refuse it.
  const site = await getSite(client, signal).catch(() => undefined);
  signal.throwIfAborted();
  return appOf(id, baseUrl, info, site);
}

function appOf(id: string, baseUrl: string, info: AppInfo, site: AppSite | undefined): App {
  return {
    id,
    baseUrl,
    name: info.name || new URL(baseUrl).host,
    // Servers before about 1.4 do not tell the mode.
    mode: info.mode ?? 'chat',
    description: info.description,
    emoji: site?.iconType === 'emoji' ? site.icon : '',
    version: info.version ?? '',
  };
}
