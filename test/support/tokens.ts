/** A piece of TypeScript source: a string by its value, or a word or sign as it stands. Comments and blanks are left out. */
export interface Token {
  readonly type: 'string' | 'other';
  readonly text: string;
  /** Where it begins in the source. */
  readonly start: number;
}

/**
 * Cuts TypeScript into tokens, as far as that can be done without a grammar. A backticked string into which something is filled is no
 * string: what is filled in is cut like everything else, between a `` ` `` and another.
 */
export function tokensOf(source: string): Token[] {
  const tokens: Token[] = [];
  /** For each backticked string we are in, how many braces are open in what is filled in. */
  const filling: number[] = [];
  let at = 0;
  while (at < source.length) {
    const text = nextText(source, at, tokens.at(-1));
    if (isString(text)) {
      tokens.push({ type: 'string', text: valueOf(text), start: at });
    } else if (!/^(\s|\/\/|\/\*)/.test(text)) {
      tokens.push({ type: 'other', text, start: at });
    }
    at += text.length;
    if (lettersFollow(text, filling)) {
      at = afterLetters(source, at, filling);
    }
  }
  return tokens;
}

/** Whether letters of a backticked string come next: after its first backtick, and after the brace that closes what is filled in. */
function lettersFollow(text: string, filling: number[]): boolean {
  if (text === '`') {
    return true;
  }
  const depth = filling.pop();
  if (depth === undefined || (text === '}' && depth === 0)) {
    return depth !== undefined;
  }
  filling.push(depth + (text === '{' ? 1 : 0) - (text === '}' ? 1 : 0));
  return false;
}

/** In this order: blanks, comments, whole strings, words, regular expressions, and any sign. */
const grammar =
  /\s+|\/\/.*|\/\*[^]*?\*\/|'(?:\\[^]|[^'\\])*'|"(?:\\[^]|[^"\\])*"|`(?:\\[^]|\$(?!\{)|[^`\\$])*`|[\w$]+|(\/(?:\\.|\[(?:\\.|[^\]\\\n])*\]|[^/\\\n[])+\/[a-z]*)|[^]/y;

function nextText(source: string, at: number, before: Token | undefined): string {
  grammar.lastIndex = at;
  const [text = '', expression] = grammar.exec(source) ?? [];
  // After a value a slash divides; everywhere else it begins a regular expression.
  return expression !== undefined && endsValue(before) ? '/' : text;
}

function endsValue(token: Token | undefined): boolean {
  if (token === undefined || /^(return|typeof|case|in|of|await|yield|void|delete|else|do)$/.test(token.text)) {
    return false;
  }
  return token.type === 'string' || /^[\w$)\]}`]/.test(token.text);
}

function isString(text: string): boolean {
  return text.length > 1 && /^['"`]/.test(text);
}

/** The end of the letters of a backticked string that begin at `at`: after a `${`, which then is noted, or after the last backtick. */
function afterLetters(source: string, at: number, filling: number[]): number {
  const letters = /(?:\\[^]|\$(?!\{)|[^`\\$])*(\$\{|`)?/y;
  letters.lastIndex = at;
  if (letters.exec(source)?.[1] === '${') {
    filling.push(0);
  }
  return letters.lastIndex;
}

const escapes: Readonly<Record<string, string>> = { n: '\n', t: '\t', r: '\r', b: '\b', f: '\f', v: '\v', 0: '\0' };

/** What a string in source text stands for. */
function valueOf(quoted: string): string {
  return quoted
    .slice(1, -1)
    .replaceAll(/\\(?:u\{([\da-f]+)\}|u([\da-f]{4})|x([\da-f]{2})|\r?\n|([^]))/gi, (...found: readonly unknown[]) => {
      const [, braces, four, two, letter] = found;
      const code = braces ?? four ?? two;
      if (typeof code === 'string') {
        return String.fromCodePoint(Number.parseInt(code, 16));
      }
      return typeof letter === 'string' ? (escapes[letter] ?? letter) : '';
    });
}
