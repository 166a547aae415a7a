/** An answer, parted into what the model thought and what it said. */
export interface Parted {
  readonly thinking: string;
  readonly answer: string;
  /** Whether the text so far ends inside the thinking. */
  readonly open: boolean;
}

const opening = /^<think(?:\s[^<>]*)?>/;
const closing = '</think>';
/** What may still become one of the two tags once more text comes. */
const unfinished = /^(?:<|<t|<th|<thi|<thin|<think|<think\s[^<>]{0,200}|<\/|<\/t|<\/th|<\/thi|<\/thin|<\/think)$/;

/**
 * Takes `<think>…</think>` out of an answer while it grows, however the text is cut. Models leave the opening tag out, leave the
 * closing one out, or glue it to the text; inside a fenced code block, or after a backtick, a tag is text about a tag.
 */
export class ThinkingSplitter {
  #thinking = '';
  #answer = '';
  #open = false;
  /** Text that may be the beginning of a tag. */
  #held = '';
  /** The present line of the answer, as far as it goes. */
  #line = '';
  /** The marker of the fence that the answer is in, or ''. */
  #fence = '';

  append(text: string): void {
    const whole = this.#held + text;
    this.#held = '';
    let from = 0;
    for (let at = whole.indexOf('<'); at !== -1; at = whole.indexOf('<', Math.max(at + 1, from))) {
      this.#put(whole.slice(from, at));
      from = at;
      const rest = whole.slice(at, at + 210);
      if (unfinished.test(rest)) break;
      from += this.#take(rest);
    }
    const last = whole.slice(from);
    if (unfinished.test(last)) this.#held = last;
    else this.#put(last);
  }

  /** The parts so far; `ended` when no more text will come. */
  parts(ended: boolean): Parted {
    const rest = ended ? this.#held : '';
    return {
      thinking: (this.#open ? this.#thinking + rest : this.#thinking).trim(),
      answer: (this.#open ? this.#answer : this.#answer + rest).replace(/^\s*\n/, ''),
      open: this.#open,
    };
  }

  /** Takes a tag at the beginning of `text`, if there is one that counts. @returns how long it was */
  #take(text: string): number {
    if (!this.#open && this.#isQuoting()) return 0;
    if (text.startsWith(closing)) {
      if (!this.#open) this.#allWasThinking();
      this.#open = false;
      this.#line = '';
      return closing.length;
    }
    const tag = this.#open ? undefined : opening.exec(text)?.[0];
    if (tag === undefined) return 0;
    this.#open = true;
    if (this.#thinking !== '') this.#thinking = `${this.#thinking.trimEnd()}\n\n`;
    return tag.length;
  }

  /** Whether the answer is writing code, in which a tag is only text. */
  #isQuoting(): boolean {
    return this.#fence !== '' || /^ {0,3}(?:```|~~~)/.test(this.#line) || this.#line.endsWith('`');
  }

  /** Only a closing tag: the opening one was in the prompt, so the model thought from its first word on. */
  #allWasThinking(): void {
    this.#thinking += this.#answer;
    this.#answer = '';
    this.#fence = '';
  }

  #put(text: string): void {
    if (this.#open) {
      this.#thinking += text;
      return;
    }
    this.#answer += text;
    const lines = text.split('\n');
    for (const [index, line] of lines.entries()) {
      this.#line += line;
      if (index === lines.length - 1) break;
      this.#endLine();
    }
  }

  #endLine(): void {
    const marker = /^ {0,3}(`{3,}|~{3,})(.*)$/.exec(this.#line);
    this.#line = '';
    const [, run = '', rest = ''] = marker ?? [];
    if (this.#fence === '') {
      if (run.startsWith('~') || !rest.includes('`')) this.#fence = run;
      return;
    }
    const closes = run.startsWith(this.#fence) && rest.trim() === '';
    if (closes) this.#fence = '';
  }
}

/** The answer of a run without what the model thought. */
export function withoutThinking(text: string): string {
  const splitter = new ThinkingSplitter();
  splitter.append(text);
  return splitter.parts(true).answer.trim();
}
