/** Every text of the page: English, 简体中文, 日本語. `{name}` is filled in; `one|other` is English singular and plural by `{n}`. */
const strings = {
  chatWith: ['Chat with {app}', '与 {app} 对话', '{app} とのチャット'],
  chat: ['Dify chat', 'Dify 对话', 'Dify チャット'],
  welcome: ['Welcome', '欢迎', 'ようこそ'],
  welcomeTitle: ['Bring a Dify app into the editor', '在编辑器中使用 Dify 应用', 'Dify アプリをエディターで使う'],
  welcomeText: [
    'Paste an app’s API address and key. The key stays in VS Code’s secret storage.',
    '粘贴应用的 API 地址和密钥。密钥保存在 VS Code 的机密存储中。',
    'アプリの API アドレスとキーを貼り付けます。キーは VS Code のシークレットストレージに保存されます。',
  ],
  connectApp: ['Connect an App', '连接应用', 'アプリを接続'],
  community: [
    'A community project, not affiliated with Dify.',
    '社区项目，与 Dify 官方无关。',
    'コミュニティのプロジェクトで、Dify とは無関係です。',
  ],
  newConversation: ['New conversation', '新对话', '新しい会話'],
  tryDemo: ['Try the Demo Server', '试用演示服务器', 'デモサーバーを試す'],
  howItWorks: ['How it works', '工作方式', '仕組み'],
  switchApp: ['{app}, switch app', '{app}，切换应用', '{app}、アプリを切り替え'],
  httpMark: ['http, not encrypted', 'http，未加密', 'http、暗号化なし'],

  notice: ['Notice', '提示', 'お知らせ'],
  hideNotice: ['Hide this notice', '隐藏此提示', 'このお知らせを隠す'],
  hide: ['Hide', '隐藏', '隠す'],
  hideKeepsMark: ['Hide (the mark in the bar stays)', '隐藏（栏中的标记仍保留）', '隠す（バーの印は残ります）'],
  demo: [
    'Demo server on this computer. Its answers come from simple text functions, not from a model.',
    '这是本机的演示服务器，回答来自简单的文本函数，而非模型。',
    'このコンピューターのデモサーバーです。回答はモデルではなく簡単なテキスト処理によるものです。',
  ],
  connectYourApp: ['Connect Your App', '连接你的应用', '自分のアプリを接続'],
  leaveDemo: ['Leave the Demo', '退出演示', 'デモを終了'],
  notEncrypted: [
    'Not encrypted: the key and your text go to {url} in clear.',
    '未加密：密钥和文字将以明文发送到 {url}。',
    '暗号化なし: キーと文が平文で {url} に送られます。',
  ],
  changeAddress: ['Change Address', '更改地址', 'アドレスを変更'],
  offline: [
    '{host} cannot be reached. Last try {time}.',
    '无法连接 {host}。上次尝试 {time}。',
    '{host} に接続できません。最後の試行 {time}。',
  ],
  tryAgain: ['Try Again', '重试', '再試行'],
  showLog: ['Show Log', '显示日志', 'ログを表示'],

  messages: ['Messages', '消息', 'メッセージ'],
  showEarlier: ['Show Earlier Messages', '显示更早的消息', '以前のメッセージを表示'],
  openingStatement: ['Opening statement', '开场白', 'オープニング'],
  suggestedQuestions: ['Suggested questions', '建议的问题', '質問の候補'],
  starterHint: ['Alt+click edits it first', 'Alt+点击可先编辑', 'Alt+クリックで編集してから送信'],
  you: ['You', '你', 'あなた'],
  latest: ['Latest', '最新', '最新へ'],
  jumpToLatest: ['Latest, jump to the end', '最新，跳到末尾', '最新へ移動'],

  message: ['Message', '消息', 'メッセージ'],
  messageTo: ['Message to {app}', '发给 {app} 的消息', '{app} へのメッセージ'],
  ask: ['Ask {app} (Enter sends)', '向 {app} 提问（按 Enter 发送）', '{app} に質問（Enter で送信）'],
  askNext: ['Write the next question', '可先写下一个问题', '次の質問を書けます'],
  send: ['Send (Enter)', '发送 (Enter)', '送信 (Enter)'],
  stop: ['Stop answering (Esc)', '停止回答 (Esc)', '回答を停止 (Esc)'],
  stopReading: [
    'Stop reading (Esc). Dify may go on',
    '停止接收 (Esc)，Dify 可能会继续',
    '受信を停止 (Esc)。Dify は続行することがあります',
  ],
  escStops: ['Esc stops', 'Esc 停止', 'Esc で停止'],
  stillAnswering: [
    'Still answering. Your text is kept.',
    '仍在回答，你的文字已保留。',
    'まだ回答中です。入力した文は残っています。',
  ],

  waiting: ['Waiting for the answer', '等待回答', '回答を待っています'],
  waitingSince: ['Waiting for the first word, {n} s', '等待回答，已 {n} 秒', '回答を待っています（{n} 秒）'],
  stillWorking: [
    'Still working after {n} s. Long runs are normal for some apps.',
    '已运行 {n} 秒，仍在进行。有些应用需要较长时间。',
    '{n} 秒経過、処理中です。時間のかかるアプリもあります。',
  ],
  tryingAgain: [
    'Trying again in {n} s ({attempt} of {of}).',
    '{n} 秒后重试（第 {attempt} 次，共 {of} 次）。',
    '{n} 秒後に再試行します（{attempt}/{of} 回目）。',
  ],
  waitingGroup: ['Waiting', '等待中', '待機中'],
  cancel: ['Cancel', '取消', 'キャンセル'],
  thinking: ['Thinking', '正在思考', '考え中'],
  thought: ['Thought', '思考过程', '思考の過程'],
  thoughtFor: ['Thought for {n} s', '思考了 {n} 秒', '{n} 秒考えました'],
  reasoning: ['Reasoning', '推理', '推論'],
  running: ['Running', '进行中', '実行中'],

  stopped: [
    'You stopped the answer. Dify may keep what is shown here.',
    '你已停止回答。Dify 可能会保留此处显示的内容。',
    '回答を停止しました。表示中の内容は Dify に残ることがあります。',
  ],
  paused: [
    'The app waits for somebody to answer in Dify. That cannot be done here yet.',
    '应用正在等待有人在 Dify 中答复。这里暂时无法完成。',
    'アプリは Dify での回答を待っています。ここではまだできません。',
  ],
  stoppedEmpty: ['You stopped the answer.', '你已停止回答。', '回答を停止しました。'],
  incomplete: ['Incomplete', '不完整', '未完了'],
  failed: ['Failed', '失败', '失敗'],
  conversationGone: ['Conversation deleted', '对话已删除', '会話が削除されました'],
  details: ['Details', '详细信息', '詳細'],
  retry: ['Retry', '重试', '再試行'],
  enterKey: ['Enter API Key', '输入 API 密钥', 'API キーを入力'],
  editAddress: ['Edit Address', '编辑地址', 'アドレスを編集'],
  addCertificate: ['Choose CA File…', '选择 CA 文件…', 'CA ファイルを選択…'],
  openProxySettings: ['Open Proxy Settings', '打开代理设置', 'プロキシ設定を開く'],
  useDirect: ['Use the Direct Transport', '使用直连传输', 'ダイレクト転送を使う'],
  continueInNew: ['Continue in a New Conversation', '在新对话中继续', '新しい会話で続ける'],
  askAgainButton: ['Ask Again', '重新提问', 'もう一度質問'],
  forgotten: [
    'Dify no longer knew the earlier turns and started a new conversation. The app does not remember what is above.',
    'Dify 找不到之前的对话，已开始新对话。应用不记得上面的内容。',
    'Dify に以前の会話がなく、新しい会話が始まりました。アプリは上の内容を覚えていません。',
  ],

  answerActions: ['Answer actions', '回答操作', '回答の操作'],
  copyAnswer: ['Copy answer', '复制回答', '回答をコピー'],
  askAgain: ['Ask again', '重新提问', 'もう一度質問'],
  askAgainHint: ['Ask again (adds a new answer)', '重新提问（追加新回答）', 'もう一度質問（回答を追加）'],
  copied: ['Copied', '已复制', 'コピーしました'],
  tokens: ['{n} token|{n} tokens', '{n} tokens', '{n} トークン'],

  copyCode: ['Copy code', '复制代码', 'コードをコピー'],
  code: ['Code', '代码', 'コード'],
  codeName: [
    'Code, {language}, {n} line|Code, {language}, {n} lines',
    '代码，{language}，{n} 行',
    'コード、{language}、{n} 行',
  ],
  codeNameless: ['Code, {n} line|Code, {n} lines', '代码，{n} 行', 'コード、{n} 行'],
  table: ['Table, {columns} columns, {rows} rows', '表格，{columns} 列，{rows} 行', '表、{columns} 列、{rows} 行'],
  taskDone: ['Done', '已完成', '完了'],
  taskOpen: ['To do', '待办', '未完了'],
  openImage: ['Open Image…', '打开图片…', '画像を開く…'],
  image: ['Image', '图片', '画像'],

  isAnswering: ['{app} is answering', '{app} 正在回答', '{app} が回答しています'],
  answerDone: ['Answer done, {n} word|Answer done, {n} words', '回答完成，共 {n} 字', '回答が完了しました（{n} 語）'],
  answerStopped: ['Stopped', '已停止', '停止しました'],
} as const satisfies Record<string, readonly [english: string, chinese: string, japanese: string]>;

type Strings = typeof strings;
type Key = keyof Strings;

/** The names in braces of a text. */
type Names<Text extends string> = Text extends `${string}{${infer Name}}${infer Rest}` ? Name | Names<Rest> : never;
type Values<K extends Key> = Readonly<Record<Names<Strings[K][number]>, string | number>>;

/** The text of a key in one language, its values filled in. A value that is missing does not compile. */
export type Translate = <K extends Key>(
  key: K,
  ...values: [Names<Strings[K][number]>] extends [never] ? [] : [Values<K>]
) => string;

/** @param language BCP 47, as VS Code's display language gives it: `zh-cn`, `ja`; all that is not known is English. */
export function translator(language: string): Translate {
  const column = columnOf(language);
  const numbers = new Intl.NumberFormat(language);
  return (key, ...[values]) => {
    const filled: Readonly<Record<string, string | number>> = values ?? {};
    const text = pluralOf(strings[key][column], filled['n']);
    return text.replace(/\{(\w+)\}/g, (_, name: string) => {
      const value = filled[name] ?? '';
      return typeof value === 'number' ? numbers.format(value) : value;
    });
  };
}

function columnOf(language: string): 0 | 1 | 2 {
  const tag = language.toLowerCase();
  if (tag === 'ja' || tag.startsWith('ja-')) return 2;
  // Traditional Chinese is not translated; English is what VS Code itself falls back to there.
  return /^zh(-cn|-sg|-hans.*)?$/.test(tag) ? 1 : 0;
}

function pluralOf(text: string, n: string | number | undefined): string {
  const [one = '', other] = text.split('|');
  return other === undefined || n === 1 ? one : other;
}
