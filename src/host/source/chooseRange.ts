import {
  ColorThemeKind,
  commands,
  Range,
  SymbolKind,
  TextEditorRevealType,
  ThemeColor,
  window,
  type DocumentSymbol,
  type Position,
  type QuickPick,
  type QuickPickItem,
  type TextDocument,
  type TextEditor,
  type TextEditorDecorationType,
} from 'vscode';
import { t } from '../words.ts';
import { linesOf } from './placeOf.ts';

/** A language's own service answers by then, or the list opens without what it knows, and is completed later. In milliseconds. */
const patience = 300;

interface Choice extends QuickPickItem {
  readonly range: Range;
}

/** Lets the person choose how much of the text, which is shown while they look. `undefined` if they give up. */
export async function chooseRange(editor: TextEditor): Promise<Range | undefined> {
  const cursor = editor.selection.active;
  const symbol = symbolAt(editor.document, cursor);
  await Promise.race([symbol, new Promise((resolve) => setTimeout(resolve, patience))]);
  const before = editor.visibleRanges[0];
  const shown = window.createTextEditorDecorationType(decoration());
  const input = window.createQuickPick<Choice>();
  input.title = t('Nothing is selected. Work on what?');
  input.items = choicesIn(editor.document, cursor, undefined);
  input.busy = true;
  let isOpen = true;
  // It may come when the list is long gone, and the document with it.
  void symbol.then((found) => isOpen && complete(input, choicesIn(editor.document, cursor, found)));
  const range = await new Promise<Range | undefined>((resolve) => {
    input.onDidChangeActive(([active]) => preview(editor, shown, active?.range));
    input.onDidAccept(() => resolve(input.activeItems[0]?.range));
    input.onDidHide(() => resolve(undefined));
    input.show();
  });
  isOpen = false;
  input.dispose();
  shown.dispose();
  if (before !== undefined) editor.revealRange(before, TextEditorRevealType.AtTop);
  return range;
}

/** Who has begun to choose stays where they are. */
function complete(input: QuickPick<Choice>, choices: readonly Choice[]): void {
  const [active] = input.activeItems;
  const isUntouched = active === undefined || (active === input.items[0] && input.value === '');
  const same = choices.find(({ label }) => label === active?.label);
  input.busy = false;
  input.items = choices;
  if (!isUntouched && same !== undefined) input.activeItems = [same];
}

/** The one that is meant most likely comes first: in code what the cursor stands in, in prose the paragraph. */
function choicesIn(document: TextDocument, cursor: Position, symbol: NamedRange | undefined): readonly Choice[] {
  const inParagraph = choiceOf(document, t('Current Paragraph'), paragraphAt(document, cursor));
  const inSymbol = symbol === undefined ? [] : choiceOf(document, titleOf(symbol, document), symbol.range);
  const whole = choiceOf(document, t('Whole File'), new Range(0, 0, document.lineCount, 0));
  const isProse = ['markdown', 'plaintext', 'restructuredtext', 'latex', 'asciidoc'].includes(document.languageId);
  return [...(isProse ? [inParagraph, inSymbol] : [inSymbol, inParagraph]), whole].flat();
}

function choiceOf(document: TextDocument, label: string, range: Range | undefined): readonly Choice[] {
  if (range === undefined) return [];
  const valid = document.validateRange(range);
  const lines = valid.isSingleLine
    ? t('line {lines}', { lines: linesOf(valid) })
    : t('lines {lines}', { lines: linesOf(valid) });
  const size = t('{n} characters', { n: document.getText(valid).length });
  return [{ label, description: `${lines} · ${size}`, range: valid }];
}

function titleOf({ kind, name }: NamedRange, { languageId }: TextDocument): string {
  if (languageId === 'markdown') return t('Current Section: {name}', { name: name.replace(/^#+\s*/, '') });
  const isFunction = [SymbolKind.Function, SymbolKind.Method, SymbolKind.Constructor].includes(kind);
  return isFunction ? t('Current Function: {name}', { name }) : t('Current Symbol: {name}', { name });
}

/** The lines around the cursor's up to the next blank lines; `undefined` on a blank line. */
function paragraphAt(document: TextDocument, cursor: Position): Range | undefined {
  // The text may have become shorter since the cursor was there.
  const { line } = document.validatePosition(cursor);
  const isBlank = (at: number): boolean => document.lineAt(at).isEmptyOrWhitespace;
  if (isBlank(line)) return undefined;
  let first = line;
  while (first > 0 && !isBlank(first - 1)) first--;
  let last = line;
  while (last < document.lineCount - 1 && !isBlank(last + 1)) last++;
  return new Range(first, 0, last, document.lineAt(last).text.length);
}

/** What is used of a symbol. VS Code's command gives no `DocumentSymbol` but objects with the members of one. */
type NamedRange = Pick<DocumentSymbol, 'name' | 'kind' | 'range' | 'children'>;

/** The smallest thing with a name that the cursor stands in, as the language's extension sees it. */
async function symbolAt(document: TextDocument, cursor: Position): Promise<NamedRange | undefined> {
  let smallest: NamedRange | undefined;
  let inside = await symbolsIn(document);
  while (inside.length > 0) {
    const around: NamedRange | undefined = inside.find(({ range }) => range.contains(cursor));
    smallest = around ?? smallest;
    // Old extensions know no tree.
    inside = around?.children ?? [];
  }
  return smallest;
}

async function symbolsIn({ uri }: TextDocument): Promise<readonly NamedRange[]> {
  try {
    const found: readonly NamedRange[] | undefined = await commands.executeCommand(
      'vscode.executeDocumentSymbolProvider',
      uri,
    );
    return found ?? [];
  } catch {
    // A language's extension that fails, or a document that was closed: the list does without.
    return [];
  }
}

function preview(editor: TextEditor, shown: TextEditorDecorationType, range: Range | undefined): void {
  editor.setDecorations(shown, range === undefined ? [] : [range]);
  if (range !== undefined) editor.revealRange(range, TextEditorRevealType.InCenterIfOutsideViewport);
}

/** Like what VS Code finds again of a selection; high contrast knows no such background, and gets a border. */
function decoration() {
  const { kind } = window.activeColorTheme;
  const isContrast = kind === ColorThemeKind.HighContrast || kind === ColorThemeKind.HighContrastLight;
  const border = { borderStyle: 'solid', borderWidth: '1px', borderColor: new ThemeColor('contrastActiveBorder') };
  return {
    backgroundColor: new ThemeColor('editor.selectionHighlightBackground'),
    isWholeLine: true,
    ...(isContrast ? border : {}),
  };
}
