import type { Cut } from '../conversation/stored.ts';
import { keepsAnswers, type App } from './app.ts';
import { t } from './words.ts';

/** What is said of an answer that was under way when the window was closed: what becomes of its rest. */
export function cutByClosing(app: Pick<App, 'mode'>): Cut {
  const advice = t('The window was closed while the answer was running.');
  if (keepsAnswers(app)) return { advice, remedy: 'fetchRest' };
  const loss = t('This kind of app keeps no answer that was not read to its end.');
  return { advice: `${advice} ${loss}`, remedy: 'retry' };
}
