import type { Token } from 'markdown-it';

/** The unfinished end of a text, parsed: blocks that no further text can change, and what may still change. */
export interface Settled {
  readonly settled: readonly Token[];
  readonly open: readonly Token[];
  /** Where what is open begins in the text. */
  readonly offset: number;
}

/**
 * Parts the blocks of a text that is still growing. Markdown is made of lines: once a block's first line is complete, the blocks
 * before it are decided. Not earlier: `2` after a list is a paragraph, `2.` its next item.
 */
export function settle(text: string, tokens: readonly Token[]): Settled {
  const starts = topLevel(tokens);
  for (const start of starts.slice(1).toReversed()) {
    const offset = lineOffset(text, lineOf(tokens[start]));
    if (text.includes('\n', offset)) return { settled: tokens.slice(0, start), open: tokens.slice(start), offset };
  }
  return { settled: [], open: tokens, offset: 0 };
}

/** The indexes at which the blocks of the top level begin. */
export function topLevel(tokens: readonly Token[]): number[] {
  return tokens.flatMap((token, index) => (token.level === 0 && token.nesting !== -1 ? [index] : []));
}

/** The line that a block begins at, counted from 0. */
export function lineOf(token: Token | undefined): number {
  return token?.map?.[0] ?? 0;
}

/** Where a line begins in a text; the text's length for the line behind a last one without a newline. */
export function lineOffset(text: string, line: number): number {
  let offset = 0;
  for (let n = 0; n < line; n++) {
    const newline = text.indexOf('\n', offset);
    if (newline === -1) return text.length;
    offset = newline + 1;
  }
  return offset;
}
