import type { Words } from './words.ts';

/** What can be done with questions and answers. */
export const turnsWords = {} as const satisfies Words;
