import { t } from '../locale.ts';
import { codeHead, completeCodeHead } from './codeToolbar.ts';
import { element } from './dom.ts';
import { languageName } from './languages.ts';
import { LineChunks } from './lineChunks.ts';

const blockOfFigure = new WeakMap<Element, CodeBlock>();

/** A block of code in an answer, which may still grow. Colouring, once there is any, belongs into `close`: a block is coloured once. */
export class CodeBlock {
  readonly figure: HTMLElement;
  readonly #language: string;
  /** What the fence names, as it stands there. */
  readonly fence: string;
  readonly #head: HTMLElement;
  readonly #chunks: LineChunks;
  #source = '';

  /** @param info what stands behind the fence: its first word names the language */
  constructor(info: string) {
    this.#language = languageName(info);
    this.fence = info.trim().split(/\s/, 1)[0] ?? '';
    const code = element('code');
    this.#chunks = new LineChunks(code);
    const pre = element('pre', '', code);
    pre.tabIndex = 0;
    this.#head = codeHead(this.#language);
    this.figure = element('figure', 'code', this.#head, pre);
    this.figure.dataset['fence'] = this.fence;
    this.figure.ariaLabel = t('code');
    blockOfFigure.set(this.figure, this);
  }

  /** The code as it came, which is what a copy gives. */
  get source(): string {
    return this.#source;
  }

  append(text: string): void {
    if (text === '') return;
    this.#source += text;
    this.#chunks.append(text);
  }

  /** No more code will come. */
  close(): void {
    completeCodeHead(this.#head);
    const n = this.#source.split('\n').length;
    this.figure.ariaLabel =
      this.#language === '' ? t('codeNameless', { n }) : t('codeName', { language: this.#language, n });
  }
}

/** The code block that an element is in. */
export function codeBlockAround(inside: Element): CodeBlock | undefined {
  const figure = inside.closest('figure.code');
  return figure === null ? undefined : blockOfFigure.get(figure);
}
