import type { Failure } from '../conversation/failure.ts';

/** The failure as one line. */
export function sentenceOf({ fact, advice }: Pick<Failure, 'fact' | 'advice'>): string {
  return advice === '' ? fact : `${fact} ${advice}`;
}
