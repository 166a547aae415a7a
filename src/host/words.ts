import { l10n } from 'vscode';
import type { Translate, Words } from '../conversation/failure.ts';
import { hostOf, keepsAnswers, type App } from './app.ts';

/** Translates into the display language; English sentences are the keys of `l10n/`. */
export const t: Translate = (message, args = {}) => l10n.t(message, args);

/** The words for failures of this app. */
export function wordsFor(app: App): Words {
  return { t, host: hostOf(app), keepsAnswers: keepsAnswers(app) };
}
