import { countHidden } from '../conversation/hiddenText.ts';
import { t } from './words.ts';

/** Warns of characters in the text that nobody sees; `undefined` if there are none. */
export function hiddenWords(text: string): string | undefined {
  const n = countHidden(text);
  return n === 0 ? undefined : `$(warning) ${t('Hidden characters: {n}', { n })}`;
}
