import { canChat, type App } from '../app.ts';
import type { Apps } from '../apps.ts';

/** The app to talk with: the shown one if it can, else the first that can, which is shown then; `undefined` if none can. */
export async function talkApp(apps: Pick<Apps, 'chatApp' | 'list' | 'chooseChatApp'>): Promise<App | undefined> {
  const shown = apps.chatApp();
  if (shown !== undefined && canChat(shown)) return shown;
  const app = apps.list().find(canChat);
  if (app !== undefined) await apps.chooseChatApp(app);
  return app;
}
