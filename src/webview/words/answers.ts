import type { Words } from './words.ts';

/** What stands in answers: code, mathematics, pictures. */
export const answersWords = {} as const satisfies Words;
