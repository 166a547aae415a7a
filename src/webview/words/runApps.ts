import type { Words } from './words.ts';

/** Apps that are run by their form: text generators and workflows. */
export const runAppsWords = {
  run: ['Run', '运行', '実行'],
  runHint: ['Run (Ctrl+Enter)', '运行 (Ctrl+Enter)', '実行 (Ctrl+Enter)'],
  runHintMac: ['Run (⌘Enter)', '运行 (⌘Enter)', '実行 (⌘Enter)'],
  newRun: ['New Run…', '新建运行…', '新しい実行…'],
  runAgain: ['Run Again', '再次运行', 'もう一度実行'],
  runAgainHint: ['Run again with the same inputs', '用相同的输入再次运行', '同じ入力でもう一度実行'],
  runChanged: ['Run Again with Changed Inputs…', '更改输入后再次运行…', '入力を変えてもう一度実行…'],
  runForm: ['What {app} is run with', '{app} 的运行输入', '{app} の実行に使う入力'],
  runControls: ['Run', '运行', '実行'],
  stopRun: ['Stop', '停止', '停止'],
  noMoreForm: ['This app asks for nothing.', '此应用无需输入。', 'このアプリに入力はありません。'],
  formUnknown: [
    'The form of this app could not be read yet.',
    '尚未读取此应用的表单。',
    'このアプリのフォームをまだ読み込めていません。',
  ],
  copyRunId: ['Copy Run ID', '复制运行 ID', '実行 ID をコピー'],
  noOutputs: ['The run ended without any output.', '运行结束，没有输出。', '実行は出力なしで終了しました。'],
  modeGenerator: ['Text generator', '文本生成', 'テキスト生成'],
  modeWorkflow: ['Workflow', '工作流', 'ワークフロー'],
  versionPinned: [
    'Pinned version: {version}. “Dify: Pin Workflow Version…” changes it.',
    '已固定版本：{version}。可用“Dify: 固定工作流版本…”更改。',
    '固定されたバージョン: {version}。「Dify: ワークフローのバージョンを固定…」で変更できます。',
  ],
  pinnedVersion: ['Pinned version', '已固定版本', '固定バージョン'],
} as const satisfies Words;
