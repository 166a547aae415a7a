import { element } from './dom.ts';

/** Elements that hold the line that is being written, or hold one that does. Everything else stands within a line. */
const holdsLines =
  'div, ul, ol, li, blockquote, .wide, table, thead, tbody, tr, th, td, figure, pre, pre > code, .lines, p, h3, h4, h5, h6';

/** The mark at the end of an answer that is being written. */
export class Caret {
  readonly #mark = element('span', 'caret');

  constructor() {
    this.#mark.ariaHidden = 'true';
  }

  /** Puts the mark behind the last word in `root`. */
  moveTo(root: HTMLElement): void {
    let line: Element = root;
    let last = lastLine(line);
    while (last !== undefined) {
      line = last;
      last = lastLine(line);
    }
    if (line.lastChild !== this.#mark) line.append(this.#mark);
  }

  remove(): void {
    this.#mark.remove();
  }
}

/** The child that the last line of an element is in; `undefined` if it is the element's own. */
function lastLine(parent: Element): Element | undefined {
  const last = parent.lastElementChild;
  return last !== null && last === parent.lastChild && last.matches(holdsLines) ? last : undefined;
}
