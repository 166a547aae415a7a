import type { MarkdownIt, StateBlock } from 'markdown-it';
import { blockNames, extentOf, longestBlock, type BlockName } from './htmlBlock.ts';
import { withDetails } from './detailsRule.ts';

const interrupts = { alt: ['paragraph', 'reference', 'blockquote', 'list'] };
const beginning = new RegExp(`^<(${blockNames.join('|')})(?=[\\s>/])`);
const names: readonly string[] = [...blockNames, 'details'].map((name) => `<${name}`);

/**
 * Teaches a parser the HTML that Dify's own page has a use for, as `html` tokens whose content is the source, and folds. Where
 * `env.isGrowing`, what may still become such a block at the end of the text is a token as well, of as much as is whole: nobody should
 * see a tag come and go.
 */
export function withHtml(parser: MarkdownIt): void {
  parser.block.ruler.before('fence', 'html', htmlBlock, interrupts);
  withDetails(parser, interrupts);
}

/** On the top level alone: what stands in lists and quotations is text of theirs. */
function htmlBlock(state: StateBlock, startLine: number, endLine: number, silent: boolean): boolean {
  const from = placeOf(state, startLine);
  if (state.level > 0 || (state.sCount[startLine] ?? 0) >= 4 || state.src.charAt(from) !== '<') return false;
  const name = nameAt(state.src, from);
  if (name === undefined && !isTorn(state, startLine)) return false;
  if (silent) return true;
  const lines: [number, number] = [startLine, endLine];
  return name === undefined ? push(state, lines, '') : takeBlock(state, lines, { name, from });
}

/** Where the words of a line begin. */
function placeOf({ bMarks, tShift }: StateBlock, line: number): number {
  return (bMarks[line] ?? 0) + (tShift[line] ?? 0);
}

function nameAt(text: string, at: number): BlockName | undefined {
  const begun = beginning.exec(text.slice(at, at + 20))?.[1];
  return blockNames.find((known) => known === begun);
}

function takeBlock(
  state: StateBlock,
  [startLine, endLine]: [number, number],
  { name, from }: { readonly name: BlockName; readonly from: number },
): boolean {
  const text = state.src.slice(from, from + longestBlock);
  const { length, isUnfinished } = extentOf(name, text);
  const whole = text.slice(0, length);
  const mayGrow = state.env['isGrowing'] === true && from + longestBlock > state.src.length;
  if (isUnfinished && mayGrow) return push(state, [startLine, endLine], whole);
  const last = lineAt(state, from + length, startLine, endLine);
  const isAlone = state.src.slice(from + length, state.eMarks[last]).trim() === '';
  return length > 0 && isAlone && push(state, [startLine, last + 1], whole);
}

/** Whether the line is the last of a text that grows, and may yet become the opening tag of a block. */
function isTorn(state: StateBlock, line: number): boolean {
  const { src, env, eMarks } = state;
  if (env['isGrowing'] !== true || (eMarks[line] ?? 0) < src.length) return false;
  const text = src.slice(placeOf(state, line));
  return names.some((name) => name.startsWith(text)) || /^<details\s[^>]{0,500}$/.test(text);
}

function push(state: StateBlock, [from, to]: [from: number, to: number], source: string): true {
  const token = state.push('html', '', 0);
  token.block = true;
  token.content = source;
  token.map = [from, to];
  state.line = to;
  return true;
}

/** The line that a place of the text is in. */
function lineAt({ eMarks }: StateBlock, place: number, startLine: number, endLine: number): number {
  let line = startLine;
  while (line < endLine - 1 && (eMarks[line] ?? 0) < place) line++;
  return line;
}
