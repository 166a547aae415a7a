import type { Emitter } from 'highlight.js';
import { element } from '../markdown/dom.ts';
import { splitHidden } from '../markdown/hidden.ts';

/** The kinds of tokens that have a colour in chat.css; any other text needs no element of its own. */
const coloured = new Set([
  'addition',
  'attr',
  'attribute',
  'built_in',
  'bullet',
  'comment',
  'deletion',
  'doctag',
  'keyword',
  'literal',
  'meta',
  'name',
  'number',
  'property',
  'quote',
  'regexp',
  'section',
  'selector-tag',
  'string',
  'subst',
  'symbol',
  'title',
  'type',
  'variable',
]);

/** What highlight.js writes into instead of a string of HTML: text nodes, and elements with a class around the tokens. */
export class TokenNodes implements Emitter {
  /** The scopes that the next text begins in: highlight.js makes these objects, and can be told nothing else than their class. */
  static begun: readonly string[] = [];

  readonly root = document.createDocumentFragment();
  /** Where text goes, innermost last; a scope without a colour is the one around it. */
  readonly #stack: (DocumentFragment | HTMLElement)[] = [this.root];

  constructor() {
    const { begun } = TokenNodes;
    TokenNodes.begun = [];
    for (const scope of begun) this.startScope(scope);
  }

  addText(text: string): void {
    if (text === '') return;
    const parent = this.#innermost();
    for (const piece of splitHidden(text)) {
      if (piece.type === 'hidden') parent.append(element('span', 'ctl', piece.name));
      else if (parent.lastChild instanceof Text) parent.lastChild.appendData(piece.text);
      else parent.append(piece.text);
    }
  }

  /** @param scope as highlight.js names it: `title.function` is a title */
  startScope(scope: string): void {
    const parent = this.#innermost();
    const [kind = ''] = scope.split('.');
    if (!coloured.has(kind)) {
      this.#stack.push(parent);
      return;
    }
    const token = element('span', `hljs-${kind}`);
    parent.append(token);
    this.#stack.push(token);
  }

  endScope(): void {
    if (this.#stack.length > 1) this.#stack.pop();
  }

  openNode(scope: string): void {
    this.startScope(scope);
  }

  closeNode(): void {
    this.endScope();
  }

  __addSublanguage(inner: Emitter): void {
    if (inner instanceof TokenNodes) this.#innermost().append(inner.root);
  }

  finalize(): void {
    // Elements need no closing tags.
  }

  /** Nobody wants the HTML. */
  toHTML(): string {
    return '';
  }

  #innermost(): DocumentFragment | HTMLElement {
    return this.#stack.at(-1) ?? this.root;
  }
}
