import type { Words } from './words.ts';

/** The composer: text, context, queue, commands. */
export const composerWords = {
  ask: ['Ask {app} ({key} sends)', '向 {app} 提问（按 {key} 发送）', '{app} に質問（{key} で送信）'],
  askNext: ['Ask the next question. It waits its turn', '可继续提问，将依次发送', '次の質問をどうぞ。順番に送信します'],
  send: ['Send ({key})', '发送 ({key})', '送信 ({key})'],
  sendLater: ['Send after this answer ({key})', '回答结束后发送 ({key})', 'この回答の後に送信 ({key})'],

  queuedMessages: ['Queued messages', '排队的消息', '待機中のメッセージ'],
  queued: ['{n} queued', '{n} 条排队', '{n} 件待機中'],
  queueHeld: ['{n} queued, not sent by itself', '{n} 条排队，不会自动发送', '{n} 件待機中、自動では送信されません'],
  stopAndSend: ['Stop and send now', '停止并立即发送', '停止して今すぐ送信'],
  sendQueued: ['Send', '发送', '送信'],
  editQueued: ['Edit queued message {n}', '编辑排队消息 {n}', '待機中のメッセージ {n} を編集'],
  editQueuedHint: ['Edit (Alt+↑/↓ moves it)', '编辑（Alt+↑/↓ 调整顺序）', '編集（Alt+↑/↓ で移動）'],
  deleteQueued: ['Delete queued message {n}', '删除排队消息 {n}', '待機中のメッセージ {n} を削除'],

  attached: ['Attached to this message', '附加到此消息', 'このメッセージに添付'],
  removeContext: ['Remove {name}', '移除 {name}', '{name} を外す'],
  addSelection: [
    'Add the selection in {file} to this message',
    '将 {file} 中的所选内容添加到此消息',
    '{file} の選択範囲をこのメッセージに追加',
  ],
  selectionOf: ['Selection, {n} line|Selection, {n} lines', '所选内容，{n} 行', '選択範囲、{n} 行'],
  selection: ['Selection', '所选内容', '選択範囲'],
  file: ['File', '文件', 'ファイル'],
  problems: ['Problems', '问题', '問題'],
  changes: ['Changes', '更改', '変更'],
  clipboard: ['Clipboard', '剪贴板', 'クリップボード'],
  picture: ['Picture', '图片', '画像'],

  addContext: ['Add context', '添加上下文', 'コンテキストを追加'],
  addContextTool: ['Add context (@)', '添加上下文 (@)', 'コンテキストを追加 (@)'],
  commands: ['Commands', '命令', 'コマンド'],
  commandsTool: ['Commands (/)', '命令 (/)', 'コマンド (/)'],
  addOrCommand: ['Add context or a command', '添加上下文或命令', 'コンテキストまたはコマンドを追加'],
  suggestions: ['{n} suggestion|{n} suggestions', '{n} 条建议', '候補 {n} 件'],

  pastedLong: [
    'Long text: it goes along as an attachment.',
    '文本较长，将作为附件一起发送。',
    '長いテキストのため、添付として送信します。',
  ],
  pasteAsText: ['Put It into the Message', '放入消息', 'メッセージに入れる'],
  dropHere: ['Hold Shift and drop to attach', '按住 Shift 并放下以添加文件', 'Shift を押しながらドロップで添付'],
  dropTakes: [
    'Text files from the explorer, or an editor tab',
    '资源管理器中的文本文件或编辑器标签页',
    'エクスプローラーのテキストファイル、またはエディターのタブ',
  ],
} as const satisfies Words;
