import type { Env, Token } from 'markdown-it';
import { parseBlocks, parseInline } from '../markdown/parser.ts';

/**
 * What Markdown says, without its marks: list items keep their bullets and numbers, cells of tables are a tab apart, links tell their
 * address behind their text, code is as it is.
 */
export function plainText(markdown: string): string {
  const { tokens, env } = parseBlocks(markdown);
  const writer = new Writer(env);
  for (const token of tokens) writer.take(token);
  return writer.text;
}

/** Tokens that are a block as it stands there. */
const blocks: ReadonlySet<string> = new Set(['fence', 'code_block', 'html']);

/** Where a list is: what the next item begins with. */
interface List {
  next: number | undefined;
}

class Writer {
  readonly #env: Env;
  readonly #lines: string[] = [];
  readonly #lists: List[] = [];
  #quotes = 0;
  #cells: string[] | undefined;
  /** The bullet of an item that has no text yet. */
  #bullet = '';

  constructor(env: Env) {
    this.#env = env;
  }

  get text(): string {
    return this.#lines.join('\n').trim();
  }

  take(token: Token): void {
    if (token.type === 'inline') this.#inline(token.content);
    else if (token.nesting === 1) this.#open(token);
    else if (token.nesting === -1) this.#close(token);
    else if (blocks.has(token.type)) this.#block(token.content.replace(/\n$/, ''));
  }

  #open(token: Token): void {
    switch (token.type) {
      case 'bullet_list_open':
        this.#lists.push({ next: undefined });
        break;
      case 'ordered_list_open':
        this.#lists.push({ next: Number(token.attrGet('start') ?? 1) });
        break;
      case 'list_item_open':
        this.#bullet = this.#nextBullet();
        break;
      case 'blockquote_open':
        this.#quotes++;
        break;
      case 'tr_open':
        this.#cells = [];
        break;
      default:
    }
  }

  #close({ hidden, type }: Token): void {
    switch (type) {
      case 'bullet_list_close':
      case 'ordered_list_close':
        this.#lists.pop();
        if (this.#lists.length === 0) this.#gap();
        break;
      case 'blockquote_close':
        this.#quotes--;
        break;
      case 'tr_close':
        this.#write((this.#cells ?? []).join('\t'));
        this.#cells = undefined;
        break;
      case 'heading_close':
      case 'summary_close':
      case 'table_close':
        this.#gap();
        break;
      case 'paragraph_close':
        if (!hidden && this.#lists.length === 0) this.#gap();
        break;
      default:
    }
  }

  #inline(content: string): void {
    const text = spoken(content, this.#env);
    if (this.#cells === undefined) this.#write(text);
    else this.#cells.push(text.replaceAll('\n', ' '));
  }

  #block(code: string): void {
    this.#write(code);
    if (this.#lists.length === 0) this.#gap();
  }

  #nextBullet(): string {
    const list = this.#lists.at(-1);
    if (list?.next === undefined) return '- ';
    return `${list.next++}. `;
  }

  /** The lines, indented by the lists that they are in. */
  #write(text: string): void {
    const indent = '  '.repeat(Math.max(0, this.#lists.length - 1));
    const under = indent + ' '.repeat(this.#lists.length === 0 ? 0 : 2);
    const quote = '> '.repeat(this.#quotes);
    for (const [index, line] of text.split('\n').entries()) {
      const start = index === 0 && this.#bullet !== '' ? indent + this.#bullet : under;
      this.#lines.push(line === '' ? quote.trimEnd() : quote + start + line);
    }
    this.#bullet = '';
  }

  #gap(): void {
    if (this.#lines.at(-1) !== '') this.#lines.push('');
  }
}

/** The text of a block without emphasis; an address that is not its own text follows it in brackets. */
function spoken(content: string, env: Env): string {
  const tokens = parseInline(content, env);
  if (tokens === undefined) return content;
  const links: { readonly href: string; readonly from: number }[] = [];
  let text = '';
  for (const token of tokens) {
    if (token.type === 'link_open') links.push({ href: String(token.attrGet('href') ?? ''), from: text.length });
    else if (token.type === 'link_close') text += addressOf(links.pop(), text);
    else if (token.type === 'softbreak' || token.type === 'hardbreak') text += '\n';
    else text += token.content;
  }
  return text;
}

function addressOf(link: { readonly href: string; readonly from: number } | undefined, text: string): string {
  return link === undefined || link.href === '' || text.slice(link.from) === link.href ? '' : ` (${link.href})`;
}
