import type { InputControl } from '../dify/inputForm.ts';
import { namesCodeLanguage } from './codeLanguages.ts';
import { namesLanguage } from './languages.ts';

/** What a field is plainly for, if it is neither for the text nor for an instruction. */
type Purpose =
  | 'language'
  | 'sourceLanguage'
  | 'codeLanguage'
  | 'fileName'
  | 'filePath'
  | 'diagnostics'
  | 'diff'
  | 'other';

/** Where the words of a purpose are looked for: whole words in Latin letters, parts in Chinese and Japanese. */
interface Words {
  readonly latin: RegExp;
  readonly han: RegExp;
}

function words(latin: string, han: string): Words {
  return { latin: new RegExp(`(?:^| )(?:${latin})(?= |$)`), han: new RegExp(han) };
}

/** What is never a long text, and names a field whatever else it says: `article_title` is a title. */
const other = words(
  'titles?|names?|types?|kinds?|formats?|styles?|tones?|voices?|moods?|audiences?|readers?|lengths?|counts?|sizes?|limits?|max|min|level|mode|ids?|urls?|links?|dates?|times?|authors?|keywords?|tags?|categor(?:y|ies)|subject|roles?|personas?|models?|temperature|version|(?:api|secret|access) keys?|tokens?|password|city|country|e ?mail address',
  '标题|標題|题目|題目|名称|名稱|姓名|名字|类型|類型|类别|格式|风格|風格|语气|語氣|语调|口吻|受众|受眾|读者|长度|長度|字数|字數|数量|上限|链接|連結|网址|網址|日期|时间|作者|关键词|關鍵詞|关键字|标签|標籤|角色|版本|密钥|城市|タイトル|件名|見出し|名前|氏名|種類|種別|タイプ|形式|フォーマット|文体|スタイル|トーン|口調|読者|長さ|文字数|行数|件数|リンク|日付|日時|著者|キーワード|タグ|役割|都市',
);

/** In the order in which they are looked for: the first that a name says is what it is for. */
const specials: readonly (readonly [Purpose, Words])[] = [
  ['fileName', words('file ?names?|name of the file|document name', '文件名|檔名|檔案名|ファイル名')],
  ['filePath', words('file ?paths?|paths?', '文件路径|檔案路徑|路径|ファイルパス|パス(?!ワード)')],
  [
    'codeLanguage',
    words(
      '(?:programming|code|coding|source code) (?:language|lang)|language id|prog lang',
      '编程语言|程式語言|代码语言|程序语言|プログラミング言語|コード言語|コードの言語',
    ),
  ],
  [
    'sourceLanguage',
    words(
      '(?:source|src|from|original|input|in) (?:language|lang|locale)|(?:language|lang) (?:from|of the text)|(?<=^)from(?=$)',
      '源语言|源語言|原文语言|原文語言|原语言|来源语言|来源語言|输入语言|翻訳元|元の言語|原文の言語|入力言語|ソース言語',
    ),
  ],
  [
    'language',
    words(
      '(?:languages?|lang|locale)(?: code| name)?|(?<=^)(?:(?:translate )?(?:in)?to|target)(?=$)',
      '语言|語言|语种|語種|言語|翻訳先|目标语|目標語',
    ),
  ],
  ['diff', words('(?:git |code )?diff|patch|(?:code )?changes', '差异|差異|变更|變更|差分|変更点')],
  [
    'diagnostics',
    words(
      'errors?(?: messages?| logs?)?|diagnostics?|(?:compiler )?problems?|warnings?|lint',
      '错误|錯誤|报错|报警|诊断|エラー|診断|警告',
    ),
  ],
];

const text = {
  strong: words(
    '(?:texts?|contents?|body|articles?|passages?|paragraphs?|essay|drafts?|selection|selected|documents?|manuscript|transcript|snippet|original)',
    '文本|原文|正文|文章|内容|內容|文字|素材|稿|段落|选中|本文|テキスト|原稿|文書',
  ),
  plain: words(
    '(?:query|inputs?|source|src|code|message|doc|data|material|context)',
    '输入|輸入|代码|程式碼|材料|上下文|資料|入力|コード|メッセージ|文脈',
  ),
  weak: words(
    '(?:topic|theme|notes?|description|details?|background|points|bullets|summary)',
    '主题|主題|描述|背景|要点|トピック|テーマ|メモ|説明|要点',
  ),
};

const instruction = {
  strong: words(
    '(?:instructions?|prompts?|directives?|commands?|requirements?|instruct|what to do)',
    '指令|要求|提示词|提示詞|提示|需求|命令|指示|プロンプト|依頼|要望',
  ),
  plain: words(
    '(?:tasks?|requests?|questions?|ask|query|goal|operation|action)',
    '任务|任務|问题|問題|提问|目标|操作|質問|タスク|問い|やりたいこと',
  ),
};

/** Whether a text can be sent as it is; a kind of control that is not known takes one. */
export function isTextControl({ type }: Pick<InputControl, 'type'>): boolean {
  return !['select', 'number', 'checkbox', 'file', 'file-list', 'json_object'].includes(type);
}

/** How sure the names of a field are that it is for something: 0 not at all, 6 as good as said. */
export interface Leaning {
  readonly text: number;
  readonly instruction: number;
}

/** What the label and the variable say together. */
export function leaningOf({ variable, label }: InputControl): Leaning {
  const names = namesOf(variable, label);
  const strength = (degrees: readonly (readonly [Words, number])[]): number =>
    degrees.find(([of]) => names.some((name) => says(name, of)))?.[1] ?? 0;
  return {
    text: strength([
      [text.strong, 6],
      [text.plain, 4],
      [text.weak, 2],
    ]),
    instruction: strength([
      [instruction.strong, 6],
      [instruction.plain, 3],
    ]),
  };
}

/** What the field is for, where its names, or its choices, say so plainly; `undefined` otherwise. */
export function purposeOf(control: InputControl): Purpose | undefined {
  const names = namesOf(control.variable, control.label);
  if (control.type === 'select') return purposeOfChoices(control, names);
  if (!isTextControl(control)) return 'other';
  const special = specials.find(([purpose, of]) => names.some((name) => says(name, of) && fitsType(purpose, control)));
  if (special !== undefined) return special[0];
  return names.some((name) => says(name, other)) ? 'other' : undefined;
}

/** A choice of languages of people is one whatever it is called; one without any is none. */
function purposeOfChoices(
  { options }: InputControl,
  names: readonly string[],
): 'language' | 'sourceLanguage' | 'codeLanguage' | 'other' {
  const spoken = options.filter((option) => namesLanguage(option)).length;
  const isSource = names.some((name) =>
    specials.some(([purpose, of]) => purpose === 'sourceLanguage' && says(name, of)),
  );
  if (spoken * 2 > options.length) return isSource ? 'sourceLanguage' : 'language';
  return options.filter((option) => namesCodeLanguage(option)).length * 2 > options.length ? 'codeLanguage' : 'other';
}

/** A long field is not one for a language, whatever stands in its label: "Text in any language". */
function fitsType(purpose: Purpose, { type, label, variable }: InputControl): boolean {
  const isShort = type !== 'paragraph';
  switch (purpose) {
    case 'language':
    case 'sourceLanguage':
    case 'codeLanguage':
      return isShort && !namesOf(variable, label).some((name) => says(name, text.strong));
    case 'fileName':
    case 'filePath':
      return isShort;
    default:
      return true;
  }
}

function says(name: string, { latin, han }: Words): boolean {
  return latin.test(name) || han.test(name);
}

/** Both names, as words apart in lower case: `targetLanguage`, `target-language` and `Target language` are one. */
function namesOf(variable: string, label: string): readonly string[] {
  return [...new Set([variable, label].map(plain))];
}

function plain(name: string): string {
  return name
    .replaceAll(/(\p{Ll})(\p{Lu})/gu, '$1 $2')
    .toLowerCase()
    .replaceAll(/[^\p{L}\p{M}\p{N}#+]+/gu, ' ')
    .trim();
}
