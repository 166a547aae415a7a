import { t } from '../locale.ts';
import { element, icon } from '../markdown/dom.ts';
import { LineChunks } from '../markdown/lineChunks.ts';

/** What the model thought: open while it thinks, folded once it answers, unless the reader opened or closed it. */
export class Thought {
  readonly element: HTMLDetailsElement;
  readonly #summary = element('summary');
  readonly #body = element('div', 'fold-body thought');
  readonly #chunks = new LineChunks(this.#body);
  #added = '';
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

  /** More thinking, shown with the next update. */
  add(text: string): void {
    this.#added += text;
  }

  update(isThinking: boolean): void {
    if (isThinking) this.#since ??= performance.now();
    this.#write();
    if (!this.#touched && this.element.open !== isThinking) this.element.open = isThinking;
    this.#entitle(isThinking ? 'thinking' : 'done');
  }

  /** Adds the text; who was at its end stays there. */
  #write(): void {
    if (this.#added === '') return;
    const body = this.#body;
    const wasAtEnd = body.scrollHeight - body.scrollTop - body.clientHeight < 4;
    this.#chunks.append(this.#added);
    this.#added = '';
    if (wasAtEnd) body.scrollTop = body.scrollHeight;
  }

  #entitle(phase: 'thinking' | 'done'): void {
    // Once it is over the time stands still.
    if (phase === 'done' && this.#title.startsWith('done')) return;
    const seconds = this.#since === undefined ? 0 : Math.round((performance.now() - this.#since) / 1000);
    const title = `${phase} ${seconds}`;
    if (title === this.#title) return;
    this.#title = title;
    this.#summary.replaceChildren(...(phase === 'thinking' ? thinkingTitle(seconds) : [doneTitle(seconds)]));
  }
}

function thinkingTitle(seconds: number): HTMLElement[] {
  const spinner = icon('loading', t('running'));
  spinner.classList.add('s', 'spin');
  const time = element('span', 'end-slot num', seconds === 0 ? '' : `${seconds} s`);
  return [spinner, element('span', 'cut', t('thinking')), time];
}

function doneTitle(seconds: number): HTMLElement {
  return element('span', 'cut', seconds === 0 ? t('thought') : t('thoughtFor', { n: seconds }));
}
