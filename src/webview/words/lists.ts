import type { Words } from './words.ts';

/** Conversations, variables and apps to choose from. */
export const listsWords = {} as const satisfies Words;
