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
  const mode = info.mode ?? (await findMode(client, signal));
  signal.throwIfAborted();
  return appOf(id, baseUrl, { ...info, mode }, site);
}

/** The mode of an app whose server, older than about 1.4, does not tell it. Both calls change nothing there. */
async function findMode(client: DifyClient, signal: AbortSignal): Promise<string> {
  if (await works(client.get('/conversations', { limit: '1' }, signal))) return 'chat';
  return (await works(client.post('/completion-messages/none/stop', {}, signal))) ? 'completion' : 'workflow';
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

function works(call: Promise<unknown>): Promise<boolean> {
  return call.then(
    () => true,
    () => false,
  );
}
