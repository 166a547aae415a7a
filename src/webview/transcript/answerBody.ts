import { isEnded, type Run } from '../../conversation/run.ts';
import { Caret } from '../markdown/caret.ts';
import { element } from '../markdown/dom.ts';
import { StreamingMarkdown } from '../markdown/streamingMarkdown.ts';
import { ThinkingSplitter } from '../markdown/thinking.ts';
import { Thought } from './thought.ts';

/** The text of one answer in the page, driven by hand: the frame around it is not rendered anew for every word. */
export class AnswerBody {
  readonly #root: HTMLElement;
  readonly #markdown = element('div', 'md');
  readonly #stream = new StreamingMarkdown(this.#markdown);
  readonly #caret = new Caret();
  #splitter = new ThinkingSplitter();
  #received = '';
  #thought: Thought | undefined;
  #process: HTMLElement | undefined;

  /** @param root an empty element */
  constructor(root: HTMLElement) {
    this.#root = root;
  }

  /** Shows the run as it is now. */
  update(run: Run): void {
    const ended = isEnded(run);
    this.#split(run.text);
    const { thinking, answer, open } = this.#splitter.parts(ended);
    this.#showThinking(thinking, open && !ended);
    this.#caret.remove();
    this.#stream.update(answer, ended);
    if (answer === '') {
      this.#markdown.remove();
      return;
    }
    if (this.#markdown.parentNode === null) this.#root.append(this.#markdown);
    if (!ended && !open) this.#caret.moveTo(this.#markdown);
  }

  #split(text: string): void {
    if (!text.startsWith(this.#received)) {
      this.#splitter = new ThinkingSplitter();
      this.#received = '';
    }
    this.#splitter.append(text.slice(this.#received.length));
    this.#received = text;
  }

  #showThinking(thinking: string, open: boolean): void {
    if (thinking === '' && !open) {
      this.#process?.remove();
      this.#process = undefined;
      this.#thought = undefined;
      return;
    }
    this.#thought ??= new Thought();
    if (this.#process === undefined) {
      this.#process = element('div', 'process', this.#thought.element);
      this.#root.prepend(this.#process);
    }
    this.#thought.update(thinking, open);
  }
}
