import MarkdownIt, { type Env, type Token } from 'markdown-it';
import { withHtml } from './html/htmlRules.ts';
import { withMath } from './mathRules.ts';

/** Blocks and the link definitions found among them. */
export interface Parsed {
  readonly tokens: readonly Token[];
  readonly env: Env;
}

/** Inline text longer than this is shown as it is: nobody reads its emphasis, and parsing it would hold up the page. */
const longestInline = 200_000;

const options = { html: false, breaks: true } as const;
const blocks = new MarkdownIt(options);
blocks.core.ruler.enableOnly(['normalize', 'block', 'strip_references']);
const inlines = new MarkdownIt({ ...options, linkify: true });
inlines.core.ruler.enableOnly(['block', 'inline', 'linkify', 'text_join']);
// Only addresses written in full become links: `README.md` and `node.js` are not hosts.
inlines.linkify.set({ fuzzyLink: false, fuzzyEmail: false });
inlines.linkify.add('ftp:', null).add('//', null);
for (const parser of [blocks, inlines]) {
  // The renderer decides what is a link, by its own rule; here everything is one, so that no address shows as raw Markdown.
  parser.validateLink = () => true;
  withMath(parser);
}
withHtml(blocks);

/**
 * The block structure of a text; the inline text of its blocks stays unparsed, which keeps this cheap for the part that grows.
 *
 * @param isGrowing more text may come, which makes a whole of what is torn at the end
 */
export function parseBlocks(text: string, isGrowing = false): Parsed {
  const env: Env = { isGrowing };
  return { tokens: blocks.parse(text, env), env };
}

/** The inline tokens of a block's text; `undefined` if it is too long to be parsed. */
export function parseInline(text: string, env: Env): readonly Token[] | undefined {
  if (text.length > longestInline) return undefined;
  return inlines.parseInline(text, env)[0]?.children ?? [];
}
