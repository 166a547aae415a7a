import { ConfigurationTarget, env, window, workspace } from 'vscode';
import type { App } from '../app.ts';
import { machineSetting } from '../settings.ts';
import { t } from '../words.ts';
import { baseUrlOf } from './baseUrl.ts';
import { readExample } from './curl.ts';
import { environmentOffer, settingOffer, type Offer } from './offers.ts';

/** What the environment and another extension's settings of this machine name, and is not connected yet. */
export function currentOffers(known: readonly App[]): readonly Offer[] {
  const setting = settingOffer(machineSetting('dify', 'apiUrl'), machineSetting('dify', 'apiKey'));
  return [environmentOffer(process.env), setting]
    .filter((offer) => offer !== undefined)
    .filter(({ address }) => !known.some(({ baseUrl }) => baseUrl === baseUrlOf(address)));
}

/** The cURL example in the clipboard, which is read only because the person chose it. */
export async function clipboardOffer(): Promise<Offer | undefined> {
  const example = readExample(await env.clipboard.readText());
  if (example?.key !== undefined) return { source: 'environment', address: example.address, keys: example.key };
  void window.showWarningMessage(t('The clipboard holds no cURL example with a key.'));
  return undefined;
}

/** Anybody who reads the settings file reads the key that another extension keeps there. */
export async function offerToRemoveKey(): Promise<void> {
  const remove = t('Remove It');
  const told = t(
    'Your settings still hold the key as plain text (dify.apiKey). The extension that reads it there needs it.',
  );
  if ((await window.showInformationMessage(told, remove, t('Keep'))) !== remove) return;
  await workspace.getConfiguration('dify').update('apiKey', undefined, ConfigurationTarget.Global);
}
