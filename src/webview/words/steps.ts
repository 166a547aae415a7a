import type { Words } from './words.ts';

/** What an app did for an answer: the steps of a workflow, the tools of an agent. */
export const stepsWords = {
  usedTool: ['Used {tool}', '使用了 {tool}', '{tool} を使用'],
  usingTool: ['Using {tool}', '正在使用 {tool}', '{tool} を使用中'],
  earlierSteps: ['{n} earlier step|{n} earlier steps', '前面 {n} 个步骤', '前の {n} ステップ'],

  workflowSteps: ['Workflow steps', '工作流步骤', 'ワークフローのステップ'],
  stepAt: ['Step {n}: {title}', '第 {n} 步：{title}', 'ステップ {n}: {title}'],
  step: ['Step {n}', '第 {n} 步', 'ステップ {n}'],
  ranSteps: ['Ran {n} step|Ran {n} steps', '运行了 {n} 个步骤', '{n} ステップを実行'],
  retried: ['Retried {n}×', '重试 {n} 次', '{n} 回再試行'],
  roundOf: ['{n} of {of}', '{n}/{of}', '{n}/{of}'],
  round: ['Round {n}', '第 {n} 轮', 'ラウンド {n}'],
  rounds: ['{n} round|{n} rounds', '{n} 轮', '{n} ラウンド'],
  stepTokens: ['{n} tok', '{n} tok', '{n} tok'],
  nodeLog: ['Log of {title}', '{title} 的日志', '{title} のログ'],

  stepDone: ['Done', '完成', '完了'],
  stepDoneAfterRetries: ['Done after retries', '重试后完成', '再試行後に完了'],
  stepBranched: ['Branch', '分支', '分岐'],
  stepHandled: ['Failed, the app went on', '失败，应用已继续', '失敗、アプリは続行'],
  stepPaused: ['Paused', '已暂停', '一時停止中'],
  stepStopped: ['Stopped', '已停止', '停止'],
  stepCut: ['Cut off', '已中断', '中断'],

  stepInput: ['Input', '输入', '入力'],
  stepOutput: ['Output', '输出', '出力'],
  stepResult: ['Result', '结果', '結果'],
  copyValue: ['Copy ({what})', '复制（{what}）', 'コピー（{what}）'],
  openValue: ['Open in an editor ({what})', '在编辑器中打开（{what}）', 'エディターで開く（{what}）'],
  valueIsCut: [
    'The first {n} of about {of} characters',
    '约 {of} 个字符中的前 {n} 个',
    '約 {of} 文字のうち先頭の {n} 文字',
  ],
} as const satisfies Words;
