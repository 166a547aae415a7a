import { window } from 'vscode';
import { hostOf, type App } from '../app.ts';
import { t } from '../words.ts';
import type { FoundSecret } from './foundSecrets.ts';

/** So many places are named; the rest is counted. */
const named = 8;

/** Whether the person wants it sent all the same. */
export async function meansSecrets(found: readonly FoundSecret[], app: App): Promise<boolean> {
  const places = [...new Set(found.map(({ place }) => place))];
  const more = places.length > named ? [t('{n} more', { n: places.length - named })] : [];
  const detail = [...places.slice(0, named), ...more].join('\n');
  const send = t('Send Anyway');
  const question = t('Send what looks like a secret to {host}?', { host: hostOf(app) });
  return (await window.showWarningMessage(question, { modal: true, detail }, send)) === send;
}
