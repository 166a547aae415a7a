import { formatSeconds } from '../../../conversation/format.ts';
import { language } from '../../locale.ts';

/** "12 ms", "0.4 s"; '' where it is not known. */
export function formatDuration(seconds: number | undefined): string {
  if (seconds === undefined) return '';
  return seconds < 0.1 ? `${Math.round(seconds * 1000)} ms` : formatSeconds(seconds, language);
}
