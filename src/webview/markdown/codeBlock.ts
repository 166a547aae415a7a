import type { HighlightIn } from '../highlight/highlight.ts';
import { t } from '../locale.ts';
import { codeHead, completeCodeHead } from './codeToolbar.ts';
import { element } from './dom.ts';
import { languageId, languageName } from './languages.ts';
import { LineChunks } from './lineChunks.ts';

/** Code longer than this, in characters, stays plain. */
const longestColoured = 50_000;
/** What is coloured in one go, in characters: some 5 ms of work. */
const slice = 2048;

const blockOfFigure = new WeakMap<Element, CodeBlock>();

/** A block of code in an answer, which may still grow. */
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
    // VS Code's preview of Markdown draws diagrams, or shows their code.
    completeCodeHead(this.#head, languageId(this.fence).toLowerCase() === 'mermaid');
    const n = this.#source.split('\n').length;
    this.figure.ariaLabel =
      this.#language === '' ? t('codeNameless', { n }) : t('codeName', { language: this.#language, n });
  }

  /** Colours the block, which is closed: a slice with each step. */
  *colour(highlightIn: HighlightIn): Generator<void> {
    const highlight = this.#source.length > longestColoured ? undefined : highlightIn(languageId(this.fence));
    if (highlight === undefined) return;
    // The first use of a language is dear by itself.
    highlight('');
    yield;
    for (const [chunk, text] of this.#chunks.withText(this.#source)) {
      const coloured = document.createDocumentFragment();
      for (const piece of slices(text)) {
        coloured.append(highlight(piece));
        yield;
      }
      // The mark at the end of the answer may stand in the last chunk.
      chunk.replaceChildren(coloured, ...chunk.querySelectorAll(':scope > .caret'));
    }
  }
}

/** The longest pieces of a text that end with a line and have at most `slice` characters; a longer line is cut. */
function* slices(text: string): Generator<string> {
  for (let from = 0; from < text.length;) {
    const end = text.length - from <= slice ? text.length : text.lastIndexOf('\n', from + slice - 1) + 1;
    const to = end > from ? end : from + slice;
    yield text.slice(from, to);
    from = to;
  }
}

/** The code block that an element is in. */
export function codeBlockAround(inside: Element): CodeBlock | undefined {
  const figure = inside.closest('figure.code');
  return figure === null ? undefined : blockOfFigure.get(figure);
}
