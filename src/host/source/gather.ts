import { env, languages, Range, window, workspace, type TextDocument } from 'vscode';
import { sizeOf } from '../../conversation/fileProblem.ts';
import type { Recipe, Variable } from '../../conversation/recipe.ts';
import { variablesIn } from '../../conversation/template.ts';
import { t } from '../words.ts';
import { cutTo } from './cutTo.ts';
import { gitDiff } from './gitDiff.ts';
import { linesOf, relativeFile } from './placeOf.ts';
import type { Source, SourcePart } from './source.ts';

/** Lines of the text on each side of the selection that a recipe may send with it. */
const around = 20;

/** So much of a text, a whole file or its changes is sent unasked, in bytes. */
const unasked = 200 * 1024;

/** What the person says, and what is read before they do something else. */
const asked: readonly Variable[] = ['input', 'clipboard'];

export type Values = Readonly<Partial<Record<Variable, string>>>;

/** How the values that are the same for each part are come by; `undefined` if the person gives up. */
type Common = Readonly<Partial<Record<Variable, () => Promise<string | undefined>>>>;

/**
 * The values of the variables, one record for each part of the source; the instruction is the recipe's own, and not among them.
 *
 * @param answers what was asked for already, for other parts of the same action
 * @returns `undefined` if the person gives up, or if there is none of what the recipe names, which they are told.
 */
export async function gather(
  names: ReadonlySet<Variable>,
  source: Source,
  recipe: Recipe,
  answers: Map<Variable, string>,
): Promise<readonly Values[] | undefined> {
  if (names.has('selectedText') && !(await meansWhole(source))) return undefined;
  const document = await documentOf(source, names);
  const common = await commonValues(names, commonSources(source, document, recipe), answers);
  return common === undefined
    ? undefined
    : source.parts.map((part) => ({ ...common, ...valuesOf(part, source, document) }));
}

/** The document, where more than the selection is asked of it; of a file that is no text there is none. */
async function documentOf({ uri, attached }: Source, wanted: ReadonlySet<Variable>): Promise<TextDocument | undefined> {
  const isWanted = wanted.has('surroundingText') || wanted.has('fileText');
  return isWanted && attached.length === 0 ? await workspace.openTextDocument(uri) : undefined;
}

async function commonValues(
  names: ReadonlySet<Variable>,
  sources: Common,
  answers: Map<Variable, string>,
): Promise<Values | undefined> {
  const values: Partial<Record<Variable, string>> = {};
  for (const name of names) {
    const value = answers.get(name) ?? (await sources[name]?.());
    if (value === undefined && sources[name] !== undefined) return undefined;
    if (value !== undefined) values[name] = value;
    if (value !== undefined && asked.includes(name)) answers.set(name, value);
  }
  return values;
}

function commonSources(source: Source, document: TextDocument | undefined, recipe: Recipe): Common {
  const { uri, file, languageId } = source;
  return {
    fileBasename: async () => file,
    relativeFile: async () => relativeFile(uri),
    languageId: async () => languageId,
    fileText: () => large(t('The whole text of {file}', { file }), document?.getText() ?? ''),
    clipboard: readClipboard,
    gitDiff: () => changesOf(source, recipe),
    targetLanguage: async () => recipe.targetLanguage ?? '',
    input: () => askText(recipe),
  };
}

function valuesOf(part: SourcePart, { uri }: Source, document: TextDocument | undefined): Values {
  return {
    selectedText: part.text,
    diagnostics: diagnosticsIn(uri, part.range),
    ...(document === undefined ? {} : { surroundingText: surroundings(document, part.range) }),
  };
}

/** Who runs a recipe that is about the changes wants to know why there are none; an app's field for them is left empty. */
async function changesOf({ uri, file }: Source, { instruction, inputs }: Recipe): Promise<string | undefined> {
  const diff = await gitDiff(uri);
  if ('diff' in diff) return await large(t('The changes of {file}', { file }), diff.diff);
  const isNamed = [instruction, ...Object.values(inputs)].some((template) => variablesIn(template).has('gitDiff'));
  if (!isNamed) return '';
  void window.showWarningMessage(diff.missing);
  return undefined;
}

/** The lines of the selection with those before and after it. */
function surroundings(document: TextDocument, { start, end }: Range): string {
  const last = Math.min(document.lineCount - 1, end.line + around);
  return document.getText(new Range(Math.max(0, start.line - around), 0, last, document.lineAt(last).text.length));
}

/** One line for each problem: where, what, and who says so. @param range `undefined` for the whole file */
export function diagnosticsIn(uri: Source['uri'], range: Range | undefined): string {
  return languages
    .getDiagnostics(uri)
    .filter((diagnostic) => range === undefined || diagnostic.range.intersection(range) !== undefined)
    .toSorted((one, other) => one.range.start.compareTo(other.range.start))
    .map(({ range: at, message, source }) => `${linesOf(at)}: ${message}${source === undefined ? '' : ` (${source})`}`)
    .join('\n');
}

async function readClipboard(): Promise<string | undefined> {
  const text = await env.clipboard.readText();
  if (text.trim() !== '') return text;
  void window.showWarningMessage(t('The clipboard is empty.'));
  return undefined;
}

/** The selected text is sent whole or not at all: the answer may take its place. */
async function meansWhole({ parts, place }: Source): Promise<boolean> {
  const text = parts.map((part) => part.text).join('');
  const all = t('Send All of It');
  return isSmall(text) || (await askLarge(t('Text of {place}', { place }), text, [all])) === all;
}

/** Nothing is cut unseen, and nothing large is sent unsaid. */
async function large(what: string, text: string): Promise<string | undefined> {
  if (isSmall(text)) return text;
  const all = t('Send All of It');
  const cut = t('Send the First {size}', { size: sizeOf(unasked) });
  const pressed = await askLarge(what, text, [all, cut]);
  if (pressed === cut) return cutTo(unasked, text);
  return pressed === all ? text : undefined;
}

function isSmall(text: string): boolean {
  return Buffer.byteLength(text) <= unasked;
}

async function askLarge(what: string, text: string, buttons: readonly string[]): Promise<string | undefined> {
  const fact = t('{what} is {size}.', { what, size: sizeOf(Buffer.byteLength(text)) });
  const detail = t('Much text takes long and costs much, and an app may refuse it.');
  return await window.showWarningMessage(fact, { modal: true, detail }, ...buttons);
}

async function askText({ title }: Recipe): Promise<string | undefined> {
  return await window.showInputBox({ title, prompt: t('What should the app know?'), ignoreFocusOut: true });
}
