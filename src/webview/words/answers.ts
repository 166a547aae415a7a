import type { Words } from './words.ts';

/** What stands in answers: code, mathematics, pictures. */
export const answersWords = {
  applyTo: ['Apply to {file}', '应用到 {file}', '{file} に適用'],
  applyToHint: [
    'Apply to {file} (shows a diff first)',
    '应用到 {file}（先显示差异）',
    '{file} に適用（先に差分を表示）',
  ],
  applyToSaid: ['Apply to {file}, shows a diff', '应用到 {file}，先显示差异', '{file} に適用、先に差分を表示'],
  insertAt: [
    'Insert at the cursor in {file}:{line}',
    '插入到 {file}:{line} 的光标处',
    '{file}:{line} のカーソル位置に挿入',
  ],
  insertAtSaid: [
    'Insert at the cursor in {file}, line {line}',
    '插入到 {file} 第 {line} 行的光标处',
    '{file} の {line} 行のカーソル位置に挿入',
  ],
  newFileWithCode: ['New file with this code', '用此代码新建文件', 'このコードで新しいファイル'],
  moreCodeActions: ['More code actions', '更多代码操作', 'コードのその他の操作'],
  wordWrap: ['Word wrap', '自动换行', '折り返し'],
} as const satisfies Words;
