import type { Words } from './words.ts';

/** What is said while an answer whose connection was lost is read on. */
export const surviveWords = {
  readingOn: ['Connection lost. Reading on…', '连接已中断，正在继续读取…', '接続が切れました。続きを読み取っています…'],
  stopReadingOn: [
    'Stop reading. The rest can be fetched later.',
    '停止读取，剩余内容可稍后获取。',
    '読み取りを停止します。残りは後で取得できます。',
  ],
} as const satisfies Words;
