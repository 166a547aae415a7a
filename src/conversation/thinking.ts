/** Takes the parts of an answer as they come. */
export interface Parts {
  /** More of what the model says. */
  answer(text: string): void;
  /** More of what the model thinks, without blank space around it; a second stretch begins with an empty line. */
  thinking(text: string): void;
  /** What was taken for the answer so far was thinking: it comes again as that. */
  retractAnswer(): void;
}

const opening = /^<think(?:\s[^<>]*)?>/;
const closing = '</think>';
/** How Dify 0.15 wrote the thoughts of a model into its answer. */
const fold = /^<details(?:\s[^<>]*)?>\s{0,9}<summary>\s{0,9}Thinking\.\.\.\s{0,9}<\/summary>/;
const endOfFold = '</details>';
/** What may still become one of the tags once more text comes. */
const unfinished =
  /^(?:<|<t|<th|<thi|<thin|<think|<think\s[^<>]{0,200}|<\/|<\/t|<\/th|<\/thi|<\/thin|<\/think|<\/d[etails]{0,6})$/;
/** Longer than any text that {@link isUnfinished} says yes to. */
const longestTag = 300;

/** Whether the text, which begins with `<`, may still become the beginning or the end of thinking. */
function isUnfinished(text: string): boolean {
  if (unfinished.test(text)) return true;
  if ('<details'.startsWith(text)) return true;
  const [whole = '', rest = ''] = /^<details(?:\s[^<>]{0,200})?(?:>(.*))?$/s.exec(text) ?? [];
  return whole !== '' && rest.length < 80 && '<summary>Thinking...</summary>'.startsWith(rest.replaceAll(/\s+/g, ''));
}

/**
 * Takes `<think>…</think>` out of an answer while it grows, however the text is cut. Models leave the opening tag out, leave the
 * closing one out, or glue it to the text; inside a fenced code block, or after a backtick, a tag is text about a tag.
 */
export class ThinkingSplitter {
  readonly #parts: Parts;
  /** All of the answer so far: should only a closing tag come, it was thinking. */
  #answer = '';
  #isThinking = false;
  /** What ends the thinking: in the answer, thinking that had no beginning. */
  #closing = closing;
  /** Text that may be the beginning of a tag. */
  #held = '';
  /** The present line of the answer, as far as it goes. */
  #line = '';
  /** The marker of the fence that the answer is in, or ''. */
  #fence = '';
  /** Whether any thinking was handed on, in this stretch and at all. */
  #hasThought = { now: false, ever: false };
  /** Blank space of the thinking, handed on once something follows. */
  #space = '';

  constructor(parts: Parts) {
    this.#parts = parts;
  }

  /** Whether the text so far ends inside the thinking. */
  get isThinking(): boolean {
    return this.#isThinking;
  }

  append(text: string): void {
    const whole = this.#held + text;
    this.#held = '';
    let from = 0;
    for (let at = whole.indexOf('<'); at !== -1; at = whole.indexOf('<', Math.max(at + 1, from))) {
      this.#put(whole.slice(from, at));
      from = at;
      const rest = whole.slice(at, at + longestTag);
      if (isUnfinished(rest)) break;
      from += this.#takeTag(rest);
    }
    const last = whole.slice(from);
    if (isUnfinished(last)) this.#held = last;
    else this.#put(last);
  }

  /** No more text will come: what may have become a tag is none. */
  end(): void {
    this.#put(this.#held);
    this.#held = '';
  }

  /** Takes a tag at the beginning of `text`, if there is one that counts. @returns how long it was */
  #takeTag(text: string): number {
    if (!this.#isThinking && this.#isQuoting()) return 0;
    if (text.startsWith(this.#closing)) return this.#takeEnd();
    if (this.#isThinking) return 0;
    const isFold = fold.test(text);
    const tag = (isFold ? fold : opening).exec(text)?.[0];
    if (tag === undefined) return 0;
    if (isFold) this.#closing = endOfFold;
    this.#beginThinking();
    return tag.length;
  }

  #takeEnd(): number {
    if (!this.#isThinking) this.#allWasThinking();
    const { length } = this.#closing;
    this.#isThinking = false;
    this.#closing = closing;
    this.#line = '';
    return length;
  }

  /** Whether the answer is writing code, in which a tag is only text. */
  #isQuoting(): boolean {
    return this.#fence !== '' || /^ {0,3}(?:```|~~~)/.test(this.#line) || this.#line.endsWith('`');
  }

  /** Only a closing tag: the opening one was in the prompt, so the model thought from its first word on. */
  #allWasThinking(): void {
    const thought = this.#answer;
    this.#answer = '';
    this.#parts.retractAnswer();
    this.#beginThinking();
    this.#think(thought);
  }

  #beginThinking(): void {
    this.#isThinking = true;
    this.#hasThought.now = false;
    this.#space = this.#hasThought.ever ? '\n\n' : '';
  }

  #put(text: string): void {
    if (text === '') return;
    if (this.#isThinking) {
      this.#think(text);
      return;
    }
    this.#answer += text;
    this.#parts.answer(text);
    const lines = text.split('\n');
    for (const line of lines.slice(0, -1)) this.#endLine(this.#line + line);
    this.#line += lines.at(-1) ?? '';
  }

  #think(text: string): void {
    const begun = this.#hasThought.now ? text : text.trimStart();
    const spoken = begun.trimEnd();
    if (spoken !== '') {
      this.#parts.thinking(this.#space + spoken);
      this.#hasThought = { now: true, ever: true };
      this.#space = '';
    }
    this.#space += begun.slice(spoken.length);
  }

  #endLine(line: string): void {
    this.#line = '';
    const [, run = '', rest = ''] = /^ {0,3}(`{3,}|~{3,})(.*)$/.exec(line) ?? [];
    if (this.#fence === '') {
      if (run.startsWith('~') || !rest.includes('`')) this.#fence = run;
    } else if (run.startsWith(this.#fence) && rest.trim() === '') {
      this.#fence = '';
    }
  }
}

/** How much of an answer is not thinking, in UTF-16 code units, while it grows. */
export class SpokenLength {
  readonly #splitter = new ThinkingSplitter({
    answer: (text) => (this.#length += text.length),
    thinking: () => {},
    retractAnswer: () => (this.#length = 0),
  });
  #length = 0;

  get length(): number {
    return this.#length;
  }

  append(text: string): void {
    this.#splitter.append(text);
  }
}

/** An answer that still grows, without what may become a tag at its end: nobody should see it come and go. */
export function withoutTornTag(text: string): string {
  const at = text.lastIndexOf('<');
  return at !== -1 && isUnfinished(text.slice(at)) ? text.slice(0, at) : text;
}

/** The answer of a run without what the model thought. */
export function withoutThinking(text: string): string {
  let answer = '';
  const splitter = new ThinkingSplitter({
    answer: (more) => (answer += more),
    thinking: () => {},
    retractAnswer: () => (answer = ''),
  });
  splitter.append(text);
  splitter.end();
  return answer.replace(/^\s*\n/, '').trimEnd();
}
