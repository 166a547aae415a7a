import type { Env, Token } from 'markdown-it';
import { element } from './dom.ts';
import { formula } from './formula.ts';
import { splitHidden } from './hidden.ts';
import { allowedAddress } from '../../conversation/links.ts';
import { image } from './images.ts';
import { parseInline } from './parser.ts';

/** Adds a block's inline text to its element. */
export function renderInline(text: string, env: Env, into: Element): void {
  const tokens = parseInline(text, env);
  if (tokens === undefined) {
    into.append(element('span', 'plain-text', text));
    return;
  }
  const stack: Element[] = [into];
  for (const token of tokens) {
    const parent = stack.at(-1) ?? into;
    if (token.nesting === 1) {
      const opened = open(token);
      parent.append(opened);
      stack.push(opened);
    } else if (token.nesting === -1) {
      stack.pop();
    } else {
      parent.append(leaf(token));
    }
  }
  // Neighbouring text tokens (escapes, unmatched delimiters) become one text node.
  into.normalize();
}

function open(token: Token): HTMLElement {
  switch (token.type) {
    case 'em_open':
      return element('em');
    case 'strong_open':
      return element('strong');
    case 's_open':
      return element('s');
    case 'link_open':
      return link(attribute(token, 'href'));
    default:
      return element('span');
  }
}

function leaf(token: Token): Node {
  switch (token.type) {
    case 'softbreak':
    case 'hardbreak':
      // A single newline is a line break, as in Dify's own chat.
      return element('br');
    case 'code_inline':
      return inlineCode(token.content);
    case 'image':
      return image(attribute(token, 'src'), token.content);
    case 'math':
      return formula(token.content, token.markup, false);
    default:
      return new Text(token.content);
  }
}

function inlineCode(text: string): HTMLElement {
  const code = element('code');
  for (const piece of splitHidden(text)) {
    code.append(piece.type === 'hidden' ? element('span', 'ctl', piece.name) : piece.text);
  }
  return code;
}

/** A link where the address may be one; else its text alone, with the address for who looks for it. */
function link(href: string): HTMLElement {
  const address = allowedAddress(href);
  if (address === undefined) {
    const text = element('span', 'no-link');
    text.title = href.slice(0, 300);
    return text;
  }
  const anchor = element('a');
  anchor.href = address;
  anchor.title = address;
  return anchor;
}

function attribute(token: Token, name: string): string {
  return String(token.attrGet(name) ?? '');
}
