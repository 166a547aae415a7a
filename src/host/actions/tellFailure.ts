import type { Failure, Repair } from '../../conversation/failure.ts';
import type { App } from '../app.ts';
import { notify } from '../commands.ts';
import { t } from '../words.ts';

/** Does with the person what the remedy says; `undefined` if they give up. */
export type RepairApp = (app: App, remedy: Repair) => Promise<App | undefined>;

/** What may follow a failure. */
export interface Next {
  /** The same, with the app as it is then. */
  readonly again: (app: App) => Promise<void>;
  /** The same by an app that the person picks. */
  readonly another?: () => Promise<void>;
}

/** Shows the failure with the buttons that help against it. */
export async function tellFailure(
  failure: Failure,
  app: App,
  repair: RepairApp,
  { again, another }: Next,
): Promise<void> {
  const repaired = (remedy: Repair) => async (): Promise<void> => {
    const current = await repair(app, remedy);
    if (current !== undefined) await again(current);
  };
  const retry = { [t('Retry')]: () => again(app) };
  const buttons: Record<Failure['remedy'], Record<string, () => Promise<void>>> = {
    enterKey: { [t('Enter API Key')]: repaired('enterKey') },
    editAddress: { [t('Edit Address')]: repaired('editAddress'), ...retry },
    addCertificate: { [t('Choose CA File…')]: repaired('addCertificate'), ...retry },
    openProxySettings: { [t('Open Proxy Settings')]: repaired('openProxySettings'), ...retry },
    useDirect: { [t('Use the Direct Transport')]: repaired('useDirect'), ...retry },
    retry,
    // An action's answer has a conversation of its own, of which nothing more is read.
    fetchRest: retry,
    newConversation: {},
    none: {},
  };
  const instead = another === undefined ? {} : { [t('Choose Another App…')]: another };
  await notify(failure, { ...buttons[failure.remedy], ...instead });
}
