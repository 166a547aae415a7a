import { element } from './dom.ts';
import { splitHidden } from './hidden.ts';

/** Lines in one chunk. Laying out a text node costs in proportion to its length, so a long text is many short ones. */
const linesPerChunk = 32;

/** Preformatted text that grows at its end, at a cost that does not depend on how long it is. Invisible characters get a mark. */
export class LineChunks {
  readonly #parent: HTMLElement;
  #chunk: HTMLElement | undefined;
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
    for (const chunk of this.#parent.querySelectorAll(':scope > .lines')) {
      let to = from;
      for (let line = 0; line < linesPerChunk && to !== source.length; line++) {
        const newline = source.indexOf('\n', to);
        to = newline === -1 ? source.length : newline + 1;
      }
      yield [chunk, source.slice(from, to)];
      from = to;
    }
  }

  /** Where the present chunk ends in `text`; begins a new one if the present one is full. */
  #endOfChunk(text: string, from: number): number {
    if (this.#chunk === undefined || this.#lines === linesPerChunk) {
      this.#chunk = element('span', 'lines');
      this.#parent.append(this.#chunk);
      this.#text = undefined;
      this.#lines = 0;
    }
    let end = from;
    while (this.#lines < linesPerChunk) {
      const newline = text.indexOf('\n', end);
      if (newline === -1) return text.length;
      end = newline + 1;
      this.#lines++;
    }
    return end;
  }

  #write(text: string): void {
    for (const piece of splitHidden(text)) {
      if (piece.type === 'hidden') {
        this.#text = undefined;
        this.#chunk?.append(element('span', 'ctl', piece.name));
      } else if (this.#text === undefined) {
        this.#text = new Text(piece.text);
        this.#chunk?.append(this.#text);
      } else {
        this.#text.appendData(piece.text);
      }
    }
  }
}
