import type { Upload } from '../../conversation/upload.ts';
import { t } from '../locale.ts';

/** What a screen reader is told of files: that one is uploaded, or why it is not. `undefined` for nothing new. */
export function uploadNews(before: readonly Upload[], after: readonly Upload[]): string | undefined {
  const known = new Map(before.map(({ key, state }) => [key, state]));
  const changed = after.findLast(({ key, state }) => state !== 'uploading' && known.get(key) !== state);
  if (changed === undefined) return undefined;
  return changed.state === 'failed' ? changed.problem : t('fileUploaded', { file: changed.name });
}

/** What is wrong with those that are not uploaded, and that they hold the question, for people; '' for nothing. */
export function problemsOf(uploads: readonly Upload[]): string {
  const problems = new Set(uploads.map(({ problem }) => problem).filter((problem) => problem !== ''));
  return problems.size === 0 ? '' : [...problems, t('filesHold')].join(' ');
}
