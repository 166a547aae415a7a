import type { Words } from './words.ts';

/** Files and pictures that answers bring. */
export const filesWords = {
  answerFiles: ['Files from the app', '应用提供的文件', 'アプリからのファイル'],
  files: ['Files', '文件', 'ファイル'],
  moreFiles: ['{n} more file|{n} more files', '还有 {n} 个文件', 'ほか {n} 件のファイル'],
  saveFileAs: ['Save As…', '另存为…', '名前を付けて保存…'],
  saveNamedAs: ['Save {name} as', '将 {name} 另存为', '{name} を名前を付けて保存'],
  openNamed: ['Open {name}', '打开 {name}', '{name} を開く'],
  showNamed: ['Show {name}', '显示 {name}', '{name} を表示'],
  playNamed: ['Play {name}', '播放 {name}', '{name} を再生'],
  stopNamed: ['Stop {name}', '停止播放 {name}', '{name} を停止'],
  cancelNamed: ['Cancel fetching {name}', '取消获取 {name}', '{name} の取得をキャンセル'],
  fetchingNamed: ['Fetching {name}', '正在获取 {name}', '{name} を取得しています'],
  linkExpired: ['Link expired', '链接已过期', 'リンクの期限切れ'],
  freshLink: ['Get a Fresh Link', '获取新链接', '新しいリンクを取得'],
  freshLinkFor: ['Get a fresh link for {name}', '获取 {name} 的新链接', '{name} の新しいリンクを取得'],
  fileFrom: ['{name}, from {host}', '{name}，来自 {host}', '{name}、{host} から'],
  showImage: ['Show Image', '显示图片', '画像を表示'],
  fetchingImage: ['Fetching the image', '正在获取图片', '画像を取得しています'],
  alwaysShowImages: ['Always Show Images of {app}', '始终显示 {app} 的图片', '{app} の画像を常に表示'],
} as const satisfies Words;
