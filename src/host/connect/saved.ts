import type { App } from '../app.ts';
import type { AppDetails } from '../appDetails.ts';
import type { Apps } from '../apps.ts';
import type { Health } from '../health.ts';
import type { Keys } from '../keys.ts';
import type { FlowPorts } from './flow.ts';

interface SavedPorts {
  readonly apps: Apps;
  readonly keys: Keys;
  readonly health: Pick<Health, 'forget'>;
  readonly details: Pick<AppDetails, 'forget'>;
}

/** The stored apps and keys, as the flow asks for them. @param used hears the address of an app that was stored */
export function savedWith(
  { apps, keys, health, details }: SavedPorts,
  used: (baseUrl: string) => Promise<void>,
): Pick<FlowPorts, 'apps' | 'storedKey' | 'appWith' | 'save'> {
  return {
    apps: () => apps.own(),
    storedKey: (app) => keys.get(app),
    appWith: async (baseUrl, key) => {
      for (const app of apps.own().filter((each) => each.baseUrl === baseUrl)) {
        if (await opensWith(app, key, keys)) return app;
      }
      return undefined;
    },
    save: async (app, key) => {
      // The key comes first: an app in the list always had one.
      const isKept = key === undefined || (await keys.set(app, key));
      // Also where only the address is another one: what was known is of the earlier one.
      health.forget(app.id);
      details.forget(app.id);
      await apps.save(app);
      await used(app.baseUrl);
      return isKept;
    },
  };
}

async function opensWith(app: App, key: string, keys: Keys): Promise<boolean> {
  try {
    const stored = await keys.get(app);
    return stored.authorizationFor(new URL(app.baseUrl)) === `Bearer ${key.trim()}`;
  } catch {
    // An app without its key is opened by none.
    return false;
  }
}
