import type { Words } from './words.ts';

/** Files beside the question, and recordings that become text. */
export const uploadsWords = {
  attachFiles: ['Attach files', '添加文件', 'ファイルを添付'],
  pastePicture: ['Paste a screenshot', '粘贴截图', 'スクリーンショットを貼り付け'],
  transcribe: [
    'Transcribe a recording (VS Code gives extensions no microphone)',
    '将录音转为文字（VS Code 不向扩展提供麦克风）',
    '録音を文字に変換（VS Code は拡張機能にマイクを提供しません）',
  ],
  transcribeItem: ['Transcribe a recording', '将录音转为文字', '録音を文字に変換'],
  addFilesOrCommand: [
    'Add files, context or a command',
    '添加文件、上下文或命令',
    'ファイル、コンテキスト、コマンドを追加',
  ],
  uploadAt: ['{file} · {percent} %', '{file} · {percent} %', '{file} · {percent} %'],
  notUploaded: ['{file} · not uploaded', '{file} · 未上传', '{file} · 未アップロード'],
  retryUpload: ['Upload {file} again', '重新上传 {file}', '{file} をもう一度アップロード'],
  filesHold: ['Nothing is sent before that.', '在此之前不会发送。', 'それまでは送信されません。'],
  takesNoFiles: [
    '{file}: this app takes no files. Text files and pasted text work.',
    '{file}：此应用不接受文件。可使用文本文件和粘贴的文本。',
    '{file}: このアプリはファイルを受け付けません。テキストファイルと貼り付けたテキストが使えます。',
  ],
  tooLargeHere: [
    '{file} is larger than 15 MB. Use “Attach files” for it.',
    '{file} 超过 15 MB。请使用“添加文件”。',
    '{file} は 15 MB を超えています。「ファイルを添付」を使ってください。',
  ],
  noPicture: [
    'There is no picture in the clipboard. Take a screenshot with your system, then paste it into the message ({key}).',
    '剪贴板中没有图片。请用系统截图，然后粘贴到消息中（{key}）。',
    'クリップボードに画像がありません。システムでスクリーンショットを撮り、メッセージに貼り付けてください（{key}）。',
  ],
} as const satisfies Words;
