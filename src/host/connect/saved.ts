import type { App } from '../app.ts';
import type { Apps } from '../apps.ts';
import type { Keys } from '../keys.ts';
import type { FlowPorts } from './flow.ts';

/** The stored apps and keys, as the flow asks for them. @param used hears the address of an app that was stored */
export function savedWith(
  { apps, keys }: { readonly apps: Apps; readonly keys: Keys },
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
