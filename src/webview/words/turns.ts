import type { Words } from './words.ts';

/** What can be done with questions and answers. */
export const turnsWords = {
  showAll: ['Show All', '显示全部', 'すべて表示'],
  showLess: ['Show Less', '收起', '折りたたむ'],
  questionActions: ['Message actions', '消息操作', 'メッセージの操作'],
  copyQuestion: ['Copy message', '复制消息', 'メッセージをコピー'],
  editQuestion: ['Edit message', '编辑消息', 'メッセージを編集'],
  youEditing: ['You, editing', '你，正在编辑', 'あなた、編集中'],
  editNote: [
    'The app still remembers the first version. A fork starts a new conversation.',
    '应用仍记得原来的版本。分叉会开始新对话。',
    'アプリは最初の文を覚えています。フォークは新しい会話を始めます。',
  ],
  fork: ['Fork', '分叉', 'フォーク'],
  forkHint: [
    'Start a new conversation with a short transcript (nothing is sent before you send it)',
    '用简短的对话记录开始新对话（发送前不会提交任何内容）',
    '短い記録を付けて新しい会話を始めます（送信するまで何も送られません）',
  ],
  sendFollowUp: ['Send as Follow-Up', '作为追问发送', '続けて送信'],

  askedAgain: ['{app}, asked again', '{app}，重新提问', '{app}、もう一度質問'],
  askedAgainNote: [
    'Asked again. The app still remembers the answer above.',
    '已重新提问。应用仍记得上面的回答。',
    'もう一度質問しました。アプリは上の回答を覚えています。',
  ],
  firstAnswer: ['First answer (asked again)', '第一次的回答（已重新提问）', '最初の回答（もう一度質問済み）'],
  earlierAnswer: ['Earlier answer (asked again)', '之前的回答（已重新提问）', '前の回答（もう一度質問済み）'],
  emptyAnswer: ['The app answered without any text.', '应用的回答没有文字。', 'アプリの回答に文はありません。'],
  annotatedBy: ['{name} answered this', '此回答由 {name} 编写', '{name} による回答です'],
  annotated: [
    'A person wrote this answer in the app',
    '此回答由人工在应用中编写',
    'アプリに登録された、人による回答です',
  ],

  moreActions: ['More actions', '更多操作', 'その他の操作'],
  goodAnswer: ['Good answer', '回答有帮助', '良い回答'],
  badAnswer: ['Bad answer', '回答没有帮助', '悪い回答'],
  copyPlainText: ['Copy as Plain Text', '复制为纯文本', 'プレーンテキストとしてコピー'],
  openInEditor: ['Open in an Editor', '在编辑器中打开', 'エディターで開く'],
  readAloud: ['Read Aloud', '朗读', '読み上げ'],
  forkFromHere: ['Fork from Here', '从此处分叉', 'ここからフォーク'],
  quote: ['Quote', '引用', '引用'],
  copyMessageId: ['Copy Message ID', '复制消息 ID', 'メッセージ ID をコピー'],
  showInLog: ['Show in the Log', '在日志中显示', 'ログに表示'],
  usageSoFar: [
    'Up to here in this conversation: {usage}',
    '此对话到目前为止：{usage}',
    'この会話のここまでの合計: {usage}',
  ],

  feedback: ['Feedback', '反馈', 'フィードバック'],
  whatWasWrong: ['What was wrong?', '有什么问题？', '何が問題でしたか?'],
  whoReadsFeedback: [
    '(optional, goes to the app’s owner)',
    '（可选，应用所有者可见）',
    '（任意、アプリの所有者に送信）',
  ],
  skip: ['Skip', '跳过', 'スキップ'],
  sendFeedback: ['Send Feedback', '发送反馈', 'フィードバックを送信'],
  feedbackSent: ['Feedback sent', '反馈已发送', 'フィードバックを送信しました'],

  followUps: ['Follow-up questions', '追问建议', '続けて質問する候補'],
  followUpHint: ['Alt+click puts it into the message', 'Alt+点击可放入输入框', 'Alt+クリックで入力欄に入れます'],

  noWordYet: [
    'No word after {n} s. The app may still be working.',
    '已过 {n} 秒仍无回答，应用可能仍在处理。',
    '{n} 秒経っても回答がありません。アプリはまだ処理中かもしれません。',
  ],
  stopWaiting: ['Stop', '停止', '停止'],
  keepWaiting: ['Keep Waiting', '继续等待', '待ち続ける'],
  tryNow: ['Try Now', '立即重试', '今すぐ試す'],
  fetchRest: ['Fetch the Rest', '获取剩余内容', '残りを取得'],
  exportConversation: ['Export', '导出', 'エクスポート'],

  readingAloud: ['Reading aloud', '正在朗读', '読み上げ中'],
  gettingSpeech: ['Getting the sound', '正在获取语音', '音声を取得しています'],
  speechReady: ['The sound is ready', '语音已就绪', '音声の準備ができました'],
  playSpeech: ['Play', '播放', '再生'],
  stopSpeech: ['Stop Reading', '停止朗读', '読み上げを停止'],
  cannotPlay: ['This sound cannot be played here.', '此处无法播放该语音。', 'この音声はここでは再生できません。'],
} as const satisfies Words;
