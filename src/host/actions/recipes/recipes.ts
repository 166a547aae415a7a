import type { Output, Recipe } from '../../../conversation/recipe.ts';

/** The same in every display language. */
type Texts = Readonly<Record<(typeof languages)[number], string>>;

/** The display languages, as VS Code names them. */
export const languages = ['en', 'zh-cn', 'ja'] as const;

/** A shipped recipe: one row, and a command and a menu entry in `package.json`. */
export interface ShippedRecipe {
  /** A word like `summarize`: names its command, its title in `package.nls*.json`, its bindings. */
  readonly id: string;
  readonly title: Texts;
  /** With `{file}` for the name of the file. */
  readonly resultTitle: Texts;
  /** See `Recipe.instruction`. */
  readonly instruction: Texts;
  readonly output: Output;
  /** Whether it asks for the language of the answer. */
  readonly wantsLanguage?: boolean;
  /** See `Recipe.keywords`; lower case. */
  readonly keywords: readonly string[];
}

export const shippedRecipes: readonly ShippedRecipe[] = [
  {
    id: 'summarize',
    title: { en: 'Summarize', 'zh-cn': '总结', ja: '要約' },
    resultTitle: { en: 'Summary of {file}', 'zh-cn': '{file} 的总结', ja: '{file} の要約' },
    instruction: {
      en: 'Summarize the text in its own language.',
      'zh-cn': '用原文的语言总结这段文字。',
      ja: 'テキストを元の言語で要約してください。',
    },
    output: 'show',
    keywords: ['summar', 'tl;dr', '总结', '摘要', '概括', '要約', 'まとめ'],
  },
  {
    id: 'translate',
    title: { en: 'Translate', 'zh-cn': '翻译', ja: '翻訳' },
    resultTitle: { en: 'Translation of {file}', 'zh-cn': '{file} 的译文', ja: '{file} の翻訳' },
    instruction: {
      en: 'Translate the text into ${targetLanguage}. Answer with the translation only.',
      'zh-cn': '将这段文字翻译成${targetLanguage}，只回答译文。',
      ja: 'テキストを${targetLanguage}に翻訳し、訳文だけを答えてください。',
    },
    output: 'show',
    wantsLanguage: true,
    keywords: ['translat', '翻译', '翻譯', '翻訳'],
  },
  {
    id: 'explain',
    title: { en: 'Explain', 'zh-cn': '解释', ja: '説明' },
    resultTitle: { en: 'Explanation of {file}', 'zh-cn': '{file} 的解释', ja: '{file} の説明' },
    instruction: {
      en: 'Explain this.\n\n${diagnostics}',
      'zh-cn': '请解释这段内容。\n\n${diagnostics}',
      ja: 'これを説明してください。\n\n${diagnostics}',
    },
    output: 'show',
    keywords: ['explain', 'explanat', '解释', '解釋', '讲解', '説明', '解説'],
  },
  {
    id: 'polish',
    title: { en: 'Polish', 'zh-cn': '润色', ja: '推敲' },
    resultTitle: { en: '{file}, Polished', 'zh-cn': '{file}（润色）', ja: '{file}（推敲）' },
    instruction: {
      en: 'Polish the text in its own language: make it clear and fluent, and keep its meaning and its markup. Answer with the text only.',
      'zh-cn': '用原文的语言润色这段文字，使其清晰流畅，保留原意和标记。只回答润色后的文字。',
      ja: 'テキストを元の言語のまま推敲し、意味とマークアップを保って読みやすくしてください。推敲した文だけを答えてください。',
    },
    output: 'replace',
    keywords: ['polish', 'rewrit', 'rephras', 'improve', '润色', '潤飾', '改写', '推敲', '書き直'],
  },
  {
    id: 'fixGrammar',
    title: { en: 'Fix Grammar', 'zh-cn': '修正语法', ja: '文法を修正' },
    resultTitle: { en: '{file}, Grammar Fixed', 'zh-cn': '{file}（修正语法）', ja: '{file}（文法修正）' },
    instruction: {
      en: 'Correct spelling and grammar, and change nothing else. Answer with the text only.',
      'zh-cn': '只修正拼写和语法，其他内容不变。只回答修正后的文字。',
      ja: '誤字と文法だけを直し、ほかは変えないでください。直した文だけを答えてください。',
    },
    output: 'replace',
    keywords: ['gramma', 'proofread', 'spelling', '语法', '校对', '纠错', '文法', '校正'],
  },
  {
    id: 'continueWriting',
    title: { en: 'Continue Writing', 'zh-cn': '续写', ja: '続きを書く' },
    resultTitle: { en: 'Continuation of {file}', 'zh-cn': '{file} 的续写', ja: '{file} の続き' },
    instruction: {
      en: 'Continue the text in its own language and style. Answer with the continuation only.',
      'zh-cn': '以原文的语言和风格续写这段文字，只回答续写的部分。',
      ja: 'テキストの続きを同じ言語と文体で書き、続きの部分だけを答えてください。',
    },
    output: 'insertBelow',
    keywords: ['continue', 'continuation', '续写', '續寫', '続き'],
  },
  {
    id: 'fix',
    title: { en: 'Fix', 'zh-cn': '修复', ja: '問題を修正' },
    resultTitle: { en: '{file}, Fixed', 'zh-cn': '{file}（修复）', ja: '{file}（修正）' },
    instruction: {
      en: 'Fix the problems in this code. Answer with the corrected code, and then say in one sentence what was wrong.\n\n${diagnostics}',
      'zh-cn': '修复这段代码中的问题。先回答修正后的代码，再用一句话说明原因。\n\n${diagnostics}',
      ja: 'このコードの問題を修正してください。修正したコードを答え、原因を一文で説明してください。\n\n${diagnostics}',
    },
    output: 'show',
    keywords: ['debug', 'bug fix', 'fix bug', 'fix code', '修复', '調試', 'デバッグ'],
  },
];

/** The command that runs a shipped recipe. */
export function commandOf({ id }: Pick<ShippedRecipe, 'id'>): string {
  return `difyCompanion.actions.${id}`;
}

/** The recipe as all others know it, in a display language; English in one that we do not speak. */
export function recipeOf(row: ShippedRecipe, displayLanguage: string): Recipe {
  const language = languages.find((known) => known === displayLanguage.toLowerCase()) ?? 'en';
  return {
    id: row.id,
    title: row.title[language],
    resultTitle: row.resultTitle[language],
    instruction: row.instruction[language],
    targetLanguage: row.wantsLanguage === true ? '' : undefined,
    output: row.output,
    inputs: {},
    app: undefined,
    keywords: row.keywords,
  };
}

/** The titles as `package.nls*.json` has them, by key: written there by the build, for VS Code reads them without running us. */
export function commandTitles(
  language: (typeof languages)[number],
  rows: readonly ShippedRecipe[] = shippedRecipes,
): Readonly<Record<string, string>> {
  return Object.fromEntries(rows.map(({ id, title }) => [`recipe.${id}`, title[language]]));
}
