const names: ReadonlyMap<string, unknown> = new Map<string, unknown>([
  ['True', true],
  ['true', true],
  ['False', false],
  ['false', false],
  ['None', null],
  ['null', null],
]);

const escapes: Readonly<Record<string, string>> = { n: '\n', t: '\t', r: '\r', b: '\b', f: '\f', '0': '\0', '\n': '' };

/** Deeper than this nobody writes by hand; the reading is recursive. */
const deepest = 100;

/** The value that the text is in Python's notation, or in JSON; `undefined` if it is neither. */
export function parsePython(text: string): unknown {
  try {
    return new Reader(text).whole();
  } catch (error) {
    if (error instanceof SyntaxError) return undefined;
    throw error;
  }
}

class Reader {
  readonly #text: string;
  #at = 0;
  #depth = 0;

  constructor(text: string) {
    this.#text = text;
  }

  whole(): unknown {
    const value = this.#value();
    this.#skip();
    if (this.#at < this.#text.length) throw new SyntaxError();
    return value;
  }

  #value(): unknown {
    this.#skip();
    const [next = ''] = this.#text.slice(this.#at);
    if (next === '{') return this.#nested(() => Object.fromEntries(this.#items('{', '}', () => this.#pair())));
    if (next === '[') return this.#nested(() => this.#items('[', ']', () => this.#value()));
    if (next === '"' || next === "'") return this.#string(next);
    return this.#word();
  }

  #nested<T>(read: () => T): T {
    if (++this.#depth > deepest) throw new SyntaxError();
    const value = read();
    this.#depth--;
    return value;
  }

  #items<T>(open: string, close: string, read: () => T): T[] {
    const items: T[] = [];
    this.#take(open);
    while (!this.#is(close)) {
      items.push(read());
      if (!this.#is(',')) break;
      this.#take(',');
    }
    this.#take(close);
    return items;
  }

  #pair(): [string, unknown] {
    this.#skip();
    const [quote = ''] = this.#text.slice(this.#at);
    if (quote !== '"' && quote !== "'") throw new SyntaxError();
    const key = this.#string(quote);
    this.#take(':');
    return [key, this.#value()];
  }

  #string(quote: string): string {
    this.#take(quote);
    let value = '';
    for (;;) {
      const char = this.#text[this.#at++];
      if (char === undefined) throw new SyntaxError();
      if (char === quote) return value;
      value += char === '\\' ? this.#escape() : char;
    }
  }

  #escape(): string {
    const char = this.#text[this.#at++] ?? '';
    const digits = { x: 2, u: 4, U: 8 }[char];
    if (digits === undefined) return escapes[char] ?? char;
    const code = this.#text.slice(this.#at, this.#at + digits);
    const point = parseInt(code, 16);
    if (code.length < digits || !/^[\da-f]+$/i.test(code) || point > 0x10_ff_ff) throw new SyntaxError();
    this.#at += digits;
    return String.fromCodePoint(point);
  }

  #word(): unknown {
    const [word = ''] = /^[\w.+-]+/.exec(this.#text.slice(this.#at, this.#at + 400)) ?? [];
    this.#at += word.length;
    if (names.has(word)) return names.get(word);
    if (!/^[+-]?(?:\d+\.?\d*|\.\d+)(?:e[+-]?\d+)?$/i.test(word)) throw new SyntaxError();
    return Number(word);
  }

  #is(char: string): boolean {
    this.#skip();
    return this.#text[this.#at] === char;
  }

  #take(char: string): void {
    if (!this.#is(char)) throw new SyntaxError();
    this.#at++;
  }

  #skip(): void {
    while (/\s/.test(this.#text[this.#at] ?? '')) this.#at++;
  }
}
