import type { Words } from './words.ts';

/** The composer: text, context, queue, commands. */
export const composerWords = {} as const satisfies Words;
