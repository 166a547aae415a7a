import type { InputControl } from '../../dify/inputForm.ts';

/** Which control of an app's form takes what. */
export interface Mapping {
  /** Takes the selected text. */
  readonly text: InputControl;
  /** Takes the target language. */
  readonly language: InputControl | undefined;
  /** The others, to be asked for or left at the owner's default. */
  readonly rest: readonly InputControl[];
}

/** Not `target_audience`, not `slang`. */
const languageName = /(?:^|[^a-z]|target)(?:lang|language|locale)(?:[^a-z]|$)|语言|語言|言語|目标|譯|訳/i;
const textName = /^(?:query|text|content|input|source|document|article|code|原文|文本|内容|テキスト)/i;

/** The control that a form without any is taken to have: the default form of a text generator. */
const query: InputControl = {
  type: 'paragraph',
  variable: 'query',
  label: 'query',
  required: true,
  initial: '',
  maxLength: undefined,
  options: [],
  files: undefined,
  jsonSchema: undefined,
  hint: undefined,
  hidden: false,
};

/** The mapping that the form itself suggests: by the names of its fields, else the longest text field for the text. */
export function proposeMapping(form: readonly InputControl[]): Mapping {
  const language = form.find(({ type, variable, label }) => isShort(type) && languageName.test(`${variable} ${label}`));
  const others = form.filter((control) => control !== language);
  const text = others.toSorted((a, b) => aptness(b) - aptness(a))[0];
  if (text === undefined || aptness(text) === 0) return { text: query, language, rest: others };
  return { text, language, rest: others.filter((control) => control !== text) };
}

function isShort(type: string): boolean {
  return type === 'select' || type === 'text-input';
}

/** How well the control takes a long text; 0 if it cannot. */
function aptness({ type, variable, required }: InputControl): number {
  const base = type === 'paragraph' ? 4 : type === 'text-input' ? 2 : 0;
  return base === 0 ? 0 : base + (textName.test(variable) ? 3 : 0) + (required ? 1 : 0);
}
