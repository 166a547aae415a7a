import { isEnded, type Run } from '../../conversation/run.ts';
import { growthSince } from '../growth.ts';
import { Caret } from '../markdown/caret.ts';
import { element } from '../markdown/dom.ts';
import { StreamingMarkdown } from '../markdown/streamingMarkdown.ts';
import { ThinkingSplitter } from '../../conversation/thinking.ts';
import { Thought } from './thought.ts';

/** The text of one answer in the page, driven by hand: the frame around it is not rendered anew for every word. */
export class AnswerBody {
  readonly #root: HTMLElement;
  readonly #caret = new Caret();
  /** The run that is shown. */
  #run: Run | undefined;
  /** Whether it was shown as a text to which nothing comes. */
  #isWhole = false;
  #shown: Shown;

  /** @param root an empty element */
  constructor(root: HTMLElement) {
    this.#root = root;
    this.#shown = new Shown();
  }

  /** Shows the run as it is now. */
  update(run: Run): void {
    const shown = this.#run;
    this.#run = run;
    const hasReasoned = run.reasoning !== (shown?.reasoning ?? '');
    if (shown !== undefined && this.#isWhole && shown.text === run.text && !hasReasoned) return;
    const ended = isEnded(run);
    // First, as it may begin anew.
    const more = shown === undefined ? run.text : this.#moreThan(shown, run);
    this.#shown.reason(run.reasoning);
    this.#shown.add(more, ended);
    this.#isWhole = ended;
    this.#place(ended);
  }

  /** What a run has more than the one that is shown; if it is not that one's continuation, everything anew. */
  #moreThan(shown: Run, run: Run): string {
    const growth = growthSince(shown, run);
    // What was shown as whole cannot grow: an answer that goes on after a pause or a cut is shown anew.
    if (growth !== undefined && !this.#isWhole) return growth;
    if (!this.#isWhole && run.text.startsWith(shown.text)) return run.text.slice(shown.text.length);
    this.#shown = new Shown();
    this.#root.replaceChildren();
    return run.text;
  }

  /** Only what has something to show stands in the page: the spaces between the parts of an answer are the page's. */
  #place(ended: boolean): void {
    const { process, markdown, hasThinking, hasAnswer, isThinking } = this.#shown;
    if (!hasThinking) process.remove();
    else if (process.parentNode === null) this.#root.prepend(process);
    if (!hasAnswer) markdown.remove();
    else if (markdown.parentNode === null) this.#root.append(markdown);
    if (hasAnswer && !ended && !isThinking) this.#caret.moveTo(markdown);
    else this.#caret.remove();
  }
}

/** The two parts of an answer's text, as elements. */
class Shown {
  readonly markdown = element('div', 'md');
  readonly process: HTMLElement;
  hasAnswer = false;
  #hasThought = false;
  #isThinking = false;
  /** How much of the reasoning is shown, in UTF-16 code units. */
  #reasoned = 0;
  readonly #thought = new Thought();
  readonly #stream = new StreamingMarkdown(this.markdown);
  readonly #splitter = new ThinkingSplitter({
    answer: (text) => this.#answer(text),
    thinking: (text) => this.#think(text),
    retractAnswer: () => this.#retract(),
  });

  constructor() {
    this.process = element('div', 'process', this.#thought.element);
  }

  get isThinking(): boolean {
    return this.#isThinking;
  }

  get hasThinking(): boolean {
    return this.#hasThought || this.#isThinking;
  }

  /** What was thought apart from the text; it only ever grows. */
  reason(all: string): void {
    const more = all.slice(this.#reasoned);
    this.#reasoned = all.length;
    if (more !== '') this.#think(more);
  }

  add(text: string, ended: boolean): void {
    this.#splitter.append(text);
    if (ended) this.#splitter.end();
    const reasons = this.#reasoned > 0 && !this.hasAnswer;
    this.#isThinking = (this.#splitter.isThinking || reasons) && !ended;
    this.#thought.update(this.#isThinking);
    if (ended) this.#stream.end();
    else this.#stream.show();
  }

  #answer(text: string): void {
    this.hasAnswer ||= text.trim() !== '';
    this.#stream.add(text);
  }

  #think(text: string): void {
    this.#hasThought = true;
    this.#thought.add(text);
  }

  #retract(): void {
    this.hasAnswer = false;
    this.#stream.reset();
  }
}
