import { hasPage, type App } from '../../app.ts';

/** Whether the app can serve an action: it generates a text, runs a workflow, or is asked in a conversation of its own. */
export function fitsActions(app: Pick<App, 'mode'>): boolean {
  return hasPage(app);
}
