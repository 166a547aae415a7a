import type { Words } from './words.ts';

/** What answers cite. */
export const sourcesWords = {
  sources: ['Sources', '引用来源', '出典'],
  moreSources: ['{n} more', '还有 {n} 个', 'ほか {n} 件'],
  sourceNamed: ['Source {numbers}, {name}', '来源 {numbers}：{name}', '出典 {numbers}、{name}'],
  closeSource: ['Close source', '关闭来源', '出典を閉じる'],
  noDocumentName: ['Without a name', '未命名', '名前なし'],
  section: ['Section {n}', '第 {n} 段', 'セクション {n}'],
  score: ['Score {score}', '得分 {score}', 'スコア {score}'],
  hits: ['{n} hit|{n} hits', '命中 {n} 次', 'ヒット {n} 回'],
  openSource: ['Open {path}', '打开 {path}', '{path} を開く'],
  openSourceLine: ['Open {path}, line {n}', '打开 {path} 第 {n} 行', '{path} の {n} 行目を開く'],
  lookingForSource: ['Looking in the workspace', '正在工作区中查找', 'ワークスペースを検索しています'],
  copySource: ['Copy Text', '复制文字', 'テキストをコピー'],
  sourceText: ['Text of source {numbers}', '来源 {numbers} 的文字', '出典 {numbers} のテキスト'],
} as const satisfies Words;
