import type { MarkdownIt, StateBlock, Token } from 'markdown-it';
import { tagAt, wordsOf, type Tag } from './tags.ts';

/** Folds in folds in folds: nobody opens more. */
const deepest = 4;

/**
 * Teaches a parser `<details>`: `details_open` (with `open` as its only attribute), a summary, and blocks. It goes to its closing tag, as
 * folds are nested, or to the end of what it stands in: then it is open, so that nothing disappears that was only begun.
 */
export function withDetails(parser: MarkdownIt, rule: { readonly alt: string[] }): void {
  parser.block.ruler.before('fence', 'details', details, rule);
}

function details(state: StateBlock, startLine: number, endLine: number, silent: boolean): boolean {
  const tag = openingTag(state, startLine);
  if (tag === undefined) return false;
  if (silent) return true;
  const { text, next, isClosed, behind } = inside(state, startLine, endLine);
  const { summary, body } = partsOf(text.slice(tag.end));
  const block = state.push('details_block_open', 'div', 1);
  block.map = [startLine, next];
  const opening = state.push('details_open', 'details', 1);
  if (tag.attributes.has('open') || !isClosed) opening.attrSet('open', '');
  pushInline(state, 'summary', summary);
  state.push('details_body_open', 'div', 1);
  parseInside(state, body, isClosed);
  state.push('details_body_close', 'div', -1);
  state.push('details_close', 'details', -1);
  if (behind !== '') pushInline(state, 'paragraph', behind);
  state.push('details_block_close', 'div', -1);
  state.line = next;
  return true;
}

function openingTag(state: StateBlock, line: number): Tag | undefined {
  if (Number(state.env['depth'] ?? 0) >= deepest || (state.sCount[line] ?? 0) - state.blkIndent >= 4) return undefined;
  const from = (state.bMarks[line] ?? 0) + (state.tShift[line] ?? 0);
  if (!state.src.startsWith('<details', from)) return undefined;
  const tag = tagAt(state.src.slice(from, state.eMarks[line]), 0);
  return tag?.name === 'details' ? tag : undefined;
}

interface Inside {
  /** From the opening tag on, without the closing one. */
  readonly text: string;
  /** The line behind it. */
  readonly next: number;
  readonly isClosed: boolean;
  /** What stands behind the closing tag in its line. */
  readonly behind: string;
}

function inside(state: StateBlock, startLine: number, endLine: number): Inside {
  let depth = 0;
  let isCode = false;
  for (let line = startLine; line < endLine && goesOn(state, line); line++) {
    const text = state.getLines(line, line + 1, state.blkIndent, false);
    if (/^ {0,3}(?:```|~~~)/.test(text)) isCode = !isCode;
    if (isCode) continue;
    for (const { 0: tag, index } of text.matchAll(/<details(?=[\s>])|<\/details>/g)) {
      depth += tag === '</details>' ? -1 : 1;
      if (depth > 0) continue;
      const before = state.getLines(startLine, line, state.blkIndent, true);
      const behind = text.slice(index + tag.length).trim();
      return { text: before + text.slice(0, index), next: line + 1, isClosed: true, behind };
    }
  }
  let next = startLine + 1;
  while (next < endLine && goesOn(state, next)) next++;
  return { text: state.getLines(startLine, next, state.blkIndent, false), next, isClosed: false, behind: '' };
}

/** Whether a line belongs to what the fold stands in. */
function goesOn(state: StateBlock, line: number): boolean {
  return state.isEmpty(line) || (state.sCount[line] ?? 0) >= state.blkIndent;
}

function partsOf(text: string): { readonly summary: string; readonly body: string } {
  const [whole = '', summary = ''] = /^\s*<summary(?:\s[^<>]*)?>([^]{0,2000}?)<\/summary>/.exec(text) ?? [];
  // What stands behind a tag in its line is a line of its own.
  return { summary: wordsOf(summary), body: text.slice(whole.length).replace(/^[ \t]+/, '') };
}

/** Its blocks, each a level deeper; what of them may still grow is what grows of the fold. */
function parseInside(state: StateBlock, text: string, isClosed: boolean): void {
  const { env, tokens, level } = state;
  const { isGrowing, depth } = env;
  const inner: Token[] = [];
  state.md.block.parse(
    text,
    state.md,
    Object.assign(env, { isGrowing: isGrowing === true && !isClosed, depth: Number(depth ?? 0) + 1 }),
    inner,
  );
  Object.assign(env, { isGrowing, depth });
  for (const token of inner) {
    token.level += level;
    token.map = null;
    tokens.push(token);
  }
}

function pushInline(state: StateBlock, type: string, content: string): void {
  state.push(`${type}_open`, '', 1);
  const token = state.push('inline', '', 0);
  token.content = content;
  token.children = [];
  state.push(`${type}_close`, '', -1);
}
