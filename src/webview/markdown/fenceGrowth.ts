import { CodeBlock } from './codeBlock.ts';
import type { Growth, Progress } from './growth.ts';

/** The first line of a fenced code block that is not indented: only of such a block every line is code as it stands. */
const openingLine = /^(`{3,}|~{3,})([^\n]*)\n/;

/** A fenced code block that is still open: its lines are added as they come, nothing is parsed again. */
export class FenceGrowth implements Growth {
  readonly open = 0;
  readonly #block: CodeBlock;
  readonly #closing: RegExp;
  readonly #mayClose: RegExp;
  /** The present line, while it may still become the closing one. */
  #held = '';
  #atLineStart = true;
  /** The newline behind the last line, shown only once something follows: the last one belongs to the fence. */
  #owed = '';

  /** @returns `undefined` if the text does not begin with the whole first line of such a block. */
  static of(text: string): { readonly growth: FenceGrowth; readonly rest: string } | undefined {
    const [line, marker, info] = openingLine.exec(text) ?? [];
    if (line === undefined || marker === undefined) return undefined;
    return { growth: new FenceGrowth(marker, info ?? ''), rest: text.slice(line.length) };
  }

  private constructor(marker: string, info: string) {
    this.#block = new CodeBlock(info);
    const character = marker.slice(0, 1);
    this.#closing = new RegExp(`^ {0,3}${character}{${marker.length},}[ \\t]*$`);
    this.#mayClose = new RegExp(`^ {0,3}${character}*[ \\t]*$`);
  }

  get element(): HTMLElement {
    return this.#block.figure;
  }

  append(text: string): Progress {
    const whole = this.#held + text;
    this.#held = '';
    let code = '';
    let from = 0;
    for (let end = whole.indexOf('\n'); end !== -1; end = whole.indexOf('\n', from)) {
      const line = whole.slice(from, end);
      from = end + 1;
      if (this.#atLineStart && this.#closing.test(line)) {
        this.#block.append(code);
        this.#block.close();
        return { after: whole.slice(from), over: true };
      }
      code += this.#owed + line;
      this.#owed = '\n';
      this.#atLineStart = true;
    }
    this.#block.append(code + this.#beginLine(whole.slice(from)));
    return { after: '', over: false };
  }

  finish(): string {
    if (this.#held !== '' && !this.#closing.test(this.#held)) this.#block.append(this.#owed + this.#held);
    this.#block.close();
    return '';
  }

  /** Takes a line without its end. @returns what of it can be shown */
  #beginLine(line: string): string {
    if (line === '') return '';
    if (this.#atLineStart && this.#mayClose.test(line)) {
      this.#held = line;
      return '';
    }
    const shown = this.#owed + line;
    this.#owed = '';
    this.#atLineStart = false;
    return shown;
  }
}
