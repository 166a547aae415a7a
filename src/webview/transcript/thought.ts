import { t } from '../locale.ts';
import { element, icon } from '../markdown/dom.ts';
import { LineChunks } from '../markdown/lineChunks.ts';

/** What the model thought: open while it thinks, folded once it answers, unless the reader opened or closed it. */
export class Thought {
  readonly element: HTMLDetailsElement;
  readonly #summary = element('summary');
  readonly #body = element('div', 'fold-body thought');
  #chunks = new LineChunks(this.#body);
  #text = '';
  #touched = false;
  /** When the thinking began, by the page's clock; `undefined` for an answer that was complete when the page got it. */
  #since: number | undefined;
  #title = '';

  constructor() {
    this.#body.tabIndex = 0;
    this.#body.role = 'region';
    this.#body.ariaLabel = t('reasoning');
    this.element = element('details', 'fold', this.#summary, this.#body);
    this.#summary.addEventListener('click', () => (this.#touched = true));
  }

  update(text: string, thinking: boolean): void {
    if (thinking) this.#since ??= performance.now();
    this.#write(text);
    if (!this.#touched) this.element.open = thinking;
    this.#entitle(thinking);
  }

  #write(text: string): void {
    if (!text.startsWith(this.#text)) {
      this.#body.replaceChildren();
      this.#chunks = new LineChunks(this.#body);
      this.#text = '';
    }
    const atEnd = this.#body.scrollHeight - this.#body.scrollTop - this.#body.clientHeight < 4;
    this.#chunks.append(text.slice(this.#text.length));
    this.#text = text;
    if (atEnd) this.#body.scrollTop = this.#body.scrollHeight;
  }

  #entitle(thinking: boolean): void {
    const seconds = this.#since === undefined ? undefined : Math.round((performance.now() - this.#since) / 1000);
    const title = `${thinking} ${thinking ? seconds : ''}`;
    if (title === this.#title) return;
    this.#title = title;
    if (thinking) {
      const spinner = icon('loading', t('running'));
      spinner.classList.add('s', 'spin');
      const time = element('span', 'end-slot num', seconds === undefined || seconds === 0 ? '' : `${seconds} s`);
      this.#summary.replaceChildren(spinner, element('span', 'cut', t('thinking')), time);
    } else {
      const done = seconds === undefined || seconds === 0 ? t('thought') : t('thoughtFor', { n: seconds });
      this.#summary.replaceChildren(element('span', 'cut', done));
    }
  }
}
