/** Where an answer goes: into a document beside the text (`show`), and when it is done to its place in the text; `live` writes there while it comes. */
export const outputs = ['show', 'replace', 'insertBelow', 'insertAtCursor', 'newFile', 'live'] as const;

export type Output = (typeof outputs)[number];

/**
 * What a template may name as `${name}`. `selectedText`, `fileBasename` and `relativeFile` are VS Code's own variables; `surroundingText`
 * is the lines around the selection, `fileText` the whole file, `diagnostics` the problems in the selection, `gitDiff` the uncommitted
 * changes of the file, `instruction` and `targetLanguage` the recipe's, and `input` is typed by the person each time.
 */
export const variables = [
  'selectedText',
  'fileBasename',
  'relativeFile',
  'languageId',
  'surroundingText',
  'fileText',
  'diagnostics',
  'clipboard',
  'gitDiff',
  'targetLanguage',
  'instruction',
  'input',
] as const;

export type Variable = (typeof variables)[number];

/** Something done to the selected text: what it asks of an app, and what becomes of the answer. */
export interface Recipe {
  /** Of a shipped recipe a word like `summarize`; bindings and remembered inputs are kept under it. */
  readonly id: string;
  /** What it is called, in the display language. */
  readonly title: string;
  /** Title of the result, with `{file}` for the name of the file, like "Summary of {file}". */
  readonly resultTitle: string;
  /** One short sentence for apps that take an instruction; it may name variables. '' for none. */
  readonly instruction: string;
  /** The language of the answer: a name, or '' to ask for it; `undefined` where the recipe wants none. */
  readonly targetLanguage: string | undefined;
  readonly output: Output;
  /** Templates for inputs of the app by their variable; what is not named is proposed by the app's form. */
  readonly inputs: Readonly<Record<string, string>>;
  /** Name of the app that the person wrote beside it; a binding made here goes before it. */
  readonly app: string | undefined;
  /** Beginnings of words by which an app, or a choice in its form, is known to do this: `summar`, 摘要. */
  readonly keywords?: readonly string[];
}
