import type { MarkdownIt, StateBlock, StateInline } from 'markdown-it';

/** A formula longer than this, in characters, stays text: nobody reads it, and making it would hold up the page. */
const longestFormula = 4000;

interface Delimiters {
  readonly open: string;
  readonly close: string;
}

const displayed: readonly Delimiters[] = [
  { open: '$$', close: '$$' },
  { open: '\\[', close: '\\]' },
];
const inLine: readonly Delimiters[] = [...displayed, { open: '\\(', close: '\\)' }, { open: '$', close: '$' }];

/** Teaches a parser formulas, as `math` tokens: `content` is the TeX, `markup` its opening delimiter. */
export function withMath(parser: MarkdownIt): void {
  parser.inline.ruler.before('escape', 'math', mathInLine);
  parser.block.ruler.before('fence', 'math', mathBlock, { alt: ['paragraph', 'reference', 'blockquote', 'list'] });
}

/** The delimiter that closes the one given. */
export function closing(open: string): string {
  return inLine.find((delimiters) => delimiters.open === open)?.close ?? open;
}

function mathInLine(state: StateInline, silent: boolean): boolean {
  const delimiters = inLine.find(({ open }) => state.src.startsWith(open, state.pos));
  if (delimiters === undefined) return false;
  const from = state.pos + delimiters.open.length;
  // Looked for in a window, so that many that are never closed cost no more than their number.
  const rest = state.src.slice(from, Math.min(state.posMax, from + longestFormula));
  const length = delimiters.open === '$' ? lengthBetweenDollars(state, rest) : rest.indexOf(delimiters.close);
  const tex = rest.slice(0, Math.max(0, length));
  if (tex.trim() === '') return false;
  if (!silent) {
    const token = state.push('math', 'math', 0);
    token.content = tex;
    token.markup = delimiters.open;
  }
  state.pos = from + tex.length + delimiters.close.length;
  return true;
}

/**
 * How long the formula is behind a single dollar sign; -1 if there is none. Prices are no formulas: a formula touches both of its signs,
 * stands alone, ends in its line, and is not a number with words behind it.
 */
function lengthBetweenDollars({ src, pos }: StateInline, rest: string): number {
  if (/[\w$]/.test(src.charAt(pos - 1))) return -1;
  const [, tex = ''] = /^((?:[^\\$\n]|\\[^\n])+)\$(?![\d\w$])/.exec(rest) ?? [];
  if (tex === '' || /^\s|\s$/.test(tex) || /^[\d.,]+\s+[\p{L}]{2,}/u.test(tex)) return -1;
  return tex.length;
}

/**
 * A formula with lines of its own. It ends with its closing delimiter at the end of a line. Like all blocks it has to be known by its
 * first line: one that is not closed before a blank line is text, but a block nevertheless.
 */
function mathBlock(state: StateBlock, startLine: number, endLine: number, silent: boolean): boolean {
  const delimiters = opened(state, startLine);
  if (delimiters === undefined) return false;
  if (silent) return true;
  const { open, close } = delimiters;
  let end = startLine + 1;
  let isClosed = lineAt(state, startLine).indexOf(close, open.length) !== -1;
  for (; !isClosed && end < endLine && goesOn(state, end); end++) isClosed = lineAt(state, end).endsWith(close);

  const whole = state.getLines(startLine, end, state.blkIndent, false).trim();
  const tex = isClosed ? whole.slice(open.length, -close.length) : '';
  const isFormula = tex.trim() !== '' && tex.length <= longestFormula;
  const token = state.push(isFormula ? 'math' : 'math_text', 'math', 0);
  token.block = true;
  token.content = isFormula ? tex : whole;
  token.markup = open;
  token.map = [startLine, end];
  state.line = end;
  return true;
}

/** The delimiters of a formula that begins with this line: nothing may stand behind the closing one. */
function opened(state: StateBlock, line: number): Delimiters | undefined {
  if ((state.sCount[line] ?? 0) - state.blkIndent >= 4) return undefined;
  const text = lineAt(state, line);
  const delimiters = displayed.find(({ open }) => text.startsWith(open));
  const end = delimiters === undefined ? -1 : text.indexOf(delimiters.close, delimiters.open.length);
  return end === -1 || end + 2 === text.length ? delimiters : undefined;
}

/** Whether a line is neither blank nor outside of what the formula stands in. */
function goesOn(state: StateBlock, line: number): boolean {
  return !state.isEmpty(line) && (state.sCount[line] ?? 0) >= state.blkIndent;
}

function lineAt(state: StateBlock, line: number): string {
  return state.src.slice((state.bMarks[line] ?? 0) + (state.tShift[line] ?? 0), state.eMarks[line]).trimEnd();
}
