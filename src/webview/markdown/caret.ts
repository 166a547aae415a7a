import { element } from './dom.ts';

/** Elements that hold the line that is being written, or hold one that does. Everything else stands within a line. */
const holdsLines =
  'div:not(.answer-form), ul, ol, li, blockquote, .wide, table, thead, tbody, tr, th, td, figure, pre, pre > code, .lines, p, h3, h4, h5, h6';

/** How long the mark has to stand still, in milliseconds, before it blinks. */
const restless = 600;

/** The mark at the end of an answer that is being written. It blinks only while nothing comes, as a text cursor does. */
export class Caret {
  readonly #mark = element('span', 'caret');
  #movedAt = 0;
  #timer: ReturnType<typeof setTimeout> | undefined;

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
    if (line.lastChild === this.#mark) return;
    line.append(this.#mark);
    this.#moved();
  }

  remove(): void {
    this.#mark.remove();
    clearTimeout(this.#timer);
    this.#timer = undefined;
  }

  #moved(): void {
    this.#movedAt = performance.now();
    this.#mark.classList.remove('still');
    this.#timer ??= setTimeout(() => this.#rest(), restless);
  }

  /** One timer for any number of moves. */
  #rest(): void {
    const left = this.#movedAt + restless - performance.now();
    this.#timer = left > 0 ? setTimeout(() => this.#rest(), left) : undefined;
    if (left <= 0) this.#mark.classList.add('still');
  }
}

/** The child that the last line of an element is in; `undefined` if it is the element's own. */
function lastLine(parent: Element): Element | undefined {
  const last = parent.lastElementChild;
  return last !== null && last === parent.lastChild && last.matches(holdsLines) ? last : undefined;
}
