import type { Words } from './words.ts';

/** What can be done with questions and answers. */
export const turnsWords = {
  fetchRest: ['Fetch the Rest', '获取剩余内容', '残りを取得'],
} as const satisfies Words;
