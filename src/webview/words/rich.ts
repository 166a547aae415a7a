import type { Words } from './words.ts';

/** What stands in answers beside text: what can be filled in, heard and previewed. */
export const richWords = {
  formOfAnswer: ['Form in the answer', '回答中的表单', '回答内のフォーム'],
  noPassword: [
    '{name}: a password is not sent in a chat.',
    '{name}：密码不会在聊天中发送。',
    '{name}：パスワードはチャットで送信されません。',
  ],
  asksThis: ['Asks: {message}', '将提问：{message}', '質問：{message}'],
  opensThis: ['Opens {link}', '将打开 {link}', '{link} を開く'],
  openMedia: ['Open', '打开', '開く'],
  audio: ['Audio', '音频', '音声'],
  video: ['Video', '视频', '動画'],
  openInMarkdownPreview: ['Open in Markdown Preview', '在 Markdown 预览中打开', 'Markdown プレビューで開く'],
} as const satisfies Words;
