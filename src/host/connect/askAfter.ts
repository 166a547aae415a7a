import { window } from 'vscode';
import { canChat, hasPage, hostOf, type App } from '../app.ts';
import { modeWords } from '../appRows.ts';
import { t } from '../words.ts';
import { baseUrlOf } from './baseUrl.ts';
import type { Offer } from './offers.ts';

/** What a person does with an app that was just connected. */
export type After = 'chat' | 'actions' | 'another';

/** Step 4: what now? What the app is best at comes first. */
export async function askAfter(app: App, canAct: boolean): Promise<After | undefined> {
  const chat = canChat(app)
    ? {
        label: `$(comment-discussion) ${t('Start Chatting')}`,
        description: t('Default chat app of this workspace'),
        after: 'chat' as const,
      }
    : { label: `$(play) ${t('Run It')}`, description: t('in the chat view, by its form'), after: 'chat' as const };
  const act = { label: `$(wand) ${t('Use It for Selection Actions…')}`, after: 'actions' as const };
  const another = { label: `$(add) ${t('Connect Another App…')}`, after: 'another' as const };
  const rows = [...(hasPage(app) ? [chat] : []), ...(canAct ? [act] : []), another];
  const title = t('{app} is connected', { app: app.name });
  return (await window.showQuickPick(rows, { title, ignoreFocusOut: true }))?.after;
}

/** The same in passing, where the chat is open already. */
export async function tellConnected(app: App, canAct: boolean): Promise<After | undefined> {
  const [act, another] = [t('Use It for Selection Actions…'), t('Connect Another App…')];
  const told = t('{app} is connected.', { app: app.name });
  const pressed = await window.showInformationMessage(told, ...(canAct ? [act] : []), another);
  if (pressed === undefined) return undefined;
  return pressed === act ? 'actions' : 'another';
}

/** The app is connected, and of another kind than was needed. */
export async function tellUnfit(
  app: App,
  purpose: 'chat' | 'selection' | 'any',
  canAct: boolean,
): Promise<After | undefined> {
  const words = { app: app.name, mode: modeWords(app) };
  const told =
    purpose === 'chat'
      ? t('{app} ({mode}) is connected and kept, but it cannot chat.', words)
      : t('{app} ({mode}) is connected and kept, but it cannot act on a selection.', words);
  const [chat, act, another] = [t('Start Chatting'), t('Use It for Selection Actions…'), t('Connect Another App…')];
  const more = canChat(app) ? [chat] : canAct ? [act] : [];
  const pressed = await window.showWarningMessage(told, another, ...more);
  if (pressed === undefined) return undefined;
  if (pressed === another) return 'another';
  return pressed === chat ? 'chat' : 'actions';
}

/** Which of what is offered to connect; `other` for none of it. */
export async function askOffer<Row extends Offer | 'clipboard'>(
  offers: readonly Row[],
): Promise<Row | 'other' | undefined> {
  const rows = [
    ...offers.map((offer) => ({ ...offerWords(offer), offer })),
    { label: t('Connect Another App…'), description: '', offer: 'other' as const },
  ];
  return (await window.showQuickPick(rows, { title: t('Connect an App'), ignoreFocusOut: true }))?.offer;
}

function offerWords(offer: Offer | 'clipboard'): { readonly label: string; readonly description: string } {
  if (offer === 'clipboard') {
    return { label: t('Paste from the Clipboard'), description: t('a cURL example with a key') };
  }
  const host = new URL(baseUrlOf(offer.address) ?? offer.address).host;
  return {
    label: t('Connect the Apps at {host}', { host }),
    description:
      offer.source === 'environment'
        ? t('named by DIFY_BASE_URL')
        : t('from the setting dify.apiUrl of another extension'),
  };
}

/** The app whose connection is to be tested. */
export async function askTestedApp(apps: readonly App[]): Promise<App | undefined> {
  if (apps.length === 0) {
    void window.showInformationMessage(t('No app is connected yet.'));
    return undefined;
  }
  if (apps.length === 1) return apps[0];
  const rows = apps.map((app) => ({ label: app.name, description: hostOf(app), app }));
  return (await window.showQuickPick(rows, { title: t('Test Connection') }))?.app;
}
