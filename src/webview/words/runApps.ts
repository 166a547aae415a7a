import type { Words } from './words.ts';

/** Apps that are run by their form: text generators and workflows. */
export const runAppsWords = {
  run: ['Run', '运行', '実行'],
  newRun: ['New Run…', '新建运行…', '新しい実行…'],
  runAgain: ['Run Again', '再次运行', 'もう一度実行'],
  runAgainHint: ['Run again with the same inputs', '用相同的输入再次运行', '同じ入力でもう一度実行'],
  runChanged: ['Run Again with Changed Inputs…', '更改输入后再次运行…', '入力を変えてもう一度実行…'],
  runForm: ['What {app} is run with', '{app} 的运行输入', '{app} の実行に使う入力'],
  stopRun: ['Stop', '停止', '停止'],
  noMoreForm: ['This app asks for nothing.', '此应用无需输入。', 'このアプリに入力はありません。'],
  copyRunId: ['Copy Run ID', '复制运行 ID', '実行 ID をコピー'],
  noOutputs: ['The run ended without any output.', '运行结束，没有输出。', '実行は出力なしで終了しました。'],
  modeGenerator: ['Text generator', '文本生成', 'テキスト生成'],
  modeWorkflow: ['Workflow', '工作流', 'ワークフロー'],
  versionPinned: [
    'Runs the pinned version {version}. Change it…',
    '正在运行固定的版本 {version}。更改…',
    '固定されたバージョン {version} を実行しています。変更…',
  ],
} as const satisfies Words;
