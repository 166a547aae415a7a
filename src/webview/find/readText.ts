import type { Token } from 'markdown-it';
import { parseBlocks, parseInline } from '../markdown/parser.ts';

/** The words of Markdown as a reader sees them, a line for each block: what is searched where it is not drawn. */
export function readText(markdown: string): string {
  const { tokens, env } = parseBlocks(markdown);
  return tokens
    .map((token) => {
      if (token.type === 'inline') return parseInline(token.content, env)?.map(words).join('') ?? token.content;
      return token.nesting === 0 ? token.content.replace(/\n$/, '') : '';
    })
    .filter((text) => text !== '')
    .join('\n');
}

function words({ type, content }: Token): string {
  return type === 'softbreak' || type === 'hardbreak' ? '\n' : content;
}
