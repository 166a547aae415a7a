import { element } from './dom.ts';
import { splitHidden } from './hidden.ts';

/** Lines in one chunk: laying out a text node costs in proportion to its length. And chunks in one section: their parent looks at each. */
const inOne = 32;

/** Preformatted text that grows at its end, at a cost that does not depend on how long it is. Invisible characters get a mark. */
export class LineChunks {
  readonly #parent: HTMLElement;
  readonly #chunks: HTMLElement[] = [];
  /** The text node at the end of the chunk; `undefined` behind a mark. */
  #text: Text | undefined;
  #lines = 0;

  /** @param parent an empty element, which keeps white space */
  constructor(parent: HTMLElement) {
    this.#parent = parent;
  }

  append(text: string): void {
    let from = 0;
    while (from < text.length) {
      const end = this.#endOfChunk(text, from);
      this.#write(text.slice(from, end));
      from = end;
    }
  }

  /** The chunks, each with its text, of which `source` is the whole. */
  *withText(source: string): Generator<readonly [chunk: Element, text: string]> {
    let from = 0;
    for (const chunk of this.#chunks) {
      let to = from;
      for (let line = 0; line < inOne && to !== source.length; line++) {
        const newline = source.indexOf('\n', to);
        to = newline === -1 ? source.length : newline + 1;
      }
      yield [chunk, source.slice(from, to)];
      from = to;
    }
  }

  /** Where the present chunk ends in `text`; begins a new one if the present one is full. */
  #endOfChunk(text: string, from: number): number {
    if (this.#chunks.length === 0 || this.#lines === inOne) this.#beginChunk();
    let end = from;
    while (this.#lines < inOne) {
      const newline = text.indexOf('\n', end);
      if (newline === -1) return text.length;
      end = newline + 1;
      this.#lines++;
    }
    return end;
  }

  #beginChunk(): void {
    const chunk = element('span', 'lines');
    if (this.#chunks.length % inOne === 0) this.#parent.append(element('span', 'lines', chunk));
    else this.#chunks.at(-1)?.after(chunk);
    this.#chunks.push(chunk);
    this.#text = undefined;
    this.#lines = 0;
  }

  #write(text: string): void {
    const chunk = this.#chunks.at(-1);
    for (const piece of splitHidden(text)) {
      if (piece.type === 'hidden') {
        this.#text = undefined;
        chunk?.append(element('span', 'ctl', piece.name));
      } else if (this.#text === undefined) {
        this.#text = new Text(piece.text);
        chunk?.append(this.#text);
      } else {
        this.#text.appendData(piece.text);
      }
    }
  }
}
