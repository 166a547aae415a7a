import type { Words } from './words.ts';

/** The form before the first question. */
export const formWords = {} as const satisfies Words;
