import type { Token } from 'markdown-it';
import type { Growth, Parse, Progress } from './growth.ts';
import { renderBlocks } from './renderBlocks.ts';
import { lineOf, lineOffset } from './settle.ts';

/** A long list that is still open: only its last item is parsed again. */
export class ListGrowth implements Growth {
  readonly element: HTMLElement;
  readonly #parse: Parse;
  /** The list's text, from its beginning. Read rarely: reading joins its pieces. */
  #source: string;
  /** The text of the last item; before it nothing changes any more. */
  #last = '';
  /** How many items stand before it. */
  #settled = 0;
  /** Whether its items are paragraphs: one blank line between any two makes all of them so. */
  #loose = false;

  constructor(source: string, element: HTMLElement, parse: Parse) {
    this.element = element;
    this.#parse = parse;
    this.#source = source;
    this.#restart();
  }

  /** The last item, and a part of the list: the browser lays it out as a whole. */
  get open(): number {
    return this.#last.length + this.#source.length / 3;
  }

  append(text: string): Progress {
    this.#source += text;
    this.#last += text;
    const progress = this.#step();
    if (progress.over) this.#check();
    return progress;
  }

  finish(): string {
    const { after } = this.#step();
    this.#check();
    return after;
  }

  #step(): Progress {
    const text = this.#last;
    const { tokens, env } = this.#parse(text);
    const { items, end } = extent(tokens);
    const list = tokens.slice(0, end);
    if (isLoose(list) && !this.#loose) return this.#restart();
    if (this.#loose) loosen(list);

    const [rendered] = renderBlocks(list, env);
    while (this.element.children.length > this.#settled) this.element.lastElementChild?.remove();
    this.element.append(...(rendered?.children ?? []));
    const after = end < tokens.length ? text.slice(lineOffset(text, lineOf(tokens[end]))) : '';
    this.#settleBefore(
      text,
      items.map((index) => lineOf(tokens[index])),
    );
    return { after, over: after.includes('\n') };
  }

  /** An item is settled once the first line of the next one is complete. */
  #settleBefore(text: string, lines: readonly number[]): void {
    for (const count of [lines.length - 1, lines.length - 2]) {
      const offset = count > 0 ? lineOffset(text, lines[count] ?? 0) : 0;
      if (count > 0 && text.includes('\n', offset)) {
        this.#last = text.slice(offset);
        this.#settled += count;
        return;
      }
    }
  }

  /** Makes the whole list anew: at the beginning, and when it turns out to be loose, which happens at most once. */
  #restart(): Progress {
    this.#last = this.#source;
    this.#settled = 0;
    const { tokens } = this.#parse(this.#source);
    this.#loose = isLoose(tokens.slice(0, extent(tokens).end));
    return this.#step();
  }

  /** An item alone does not always show that it makes its list loose. At the end the whole list is asked once. */
  #check(): void {
    const { tokens } = this.#parse(this.#source);
    if (isLoose(tokens.slice(0, extent(tokens).end)) !== this.#loose) this.#restart();
  }
}

/** Where the items of the list that the tokens begin with are, and where it ends. */
function extent(tokens: readonly Token[]): { readonly items: readonly number[]; readonly end: number } {
  const close = tokens.findIndex((token) => token.level === 0 && token.nesting === -1);
  const end = close === -1 ? tokens.length : close + 1;
  const items = tokens.flatMap((token, index) =>
    index < end && token.level === 1 && token.type === 'list_item_open' ? [index] : [],
  );
  return { items, end };
}

function isLoose(list: readonly Token[]): boolean {
  return list.some((token) => token.type === 'paragraph_open' && token.level === 2 && !token.hidden);
}

function loosen(list: readonly Token[]): void {
  for (const token of list) {
    if (token.level === 2 && token.type.startsWith('paragraph_')) token.hidden = false;
  }
}
