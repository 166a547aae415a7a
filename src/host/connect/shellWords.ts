/** How a quoted part of a command ends, and what stands for a character within it. */
interface Quote {
  readonly end: RegExp;
  readonly escape: RegExp;
}

/** bash, `cmd` and PowerShell at once: a pasted command does not say whose it is. A quote of `cmd` is escaped itself: `^"`. */
const quotes: Readonly<Record<string, Quote>> = {
  "'": { end: /^'/, escape: /^(?!)/ },
  "$'": { end: /^'/, escape: /^\\([\s\S])/ },
  '"': { end: /^"/, escape: /^[\\`](["\\$`])/ },
  '^"': { end: /^\^?"/, escape: /^(?:\\\^?(?=["\\])|\^(?!"))([\s\S])/ },
  '‘': { end: /^[’']/, escape: /^(?!)/ },
  '“': { end: /^[”"]/, escape: /^\\(["\\])/ },
};

/** What carries a command on to the next line. A field of one line loses the line's end, or makes a space of it. */
const continued = /^(?:[\\^`](?:[ \t]*\r?\n|[ \t])|[\\^`](?=-)|\s)+/;
const opening = /^(?:\$'|\^"|['"‘“])/;

/**
 * The words of a command as a shell would see them, as far as no more of it is needed: no variables, and what stands behind a pipe is
 * part of it.
 */
export function shellWords(command: string): readonly string[] {
  const words: string[] = [];
  let word: string | undefined;
  let rest = command;
  while (rest !== '') {
    const space = continued.exec(rest)?.[0];
    if (space !== undefined) {
      if (word !== undefined) words.push(word);
      word = undefined;
      rest = rest.slice(space.length);
      continue;
    }
    const read = part(rest);
    word = (word ?? '') + read.text;
    rest = rest.slice(read.length);
  }
  return word === undefined ? words : [...words, word];
}

/** The next quoted part, or one character; and how long it is as written. */
function part(rest: string): { readonly text: string; readonly length: number } {
  const open = opening.exec(rest)?.[0];
  const quote = open === undefined ? undefined : quotes[open];
  if (open !== undefined && quote !== undefined) return quoted(rest, open.length, quote);
  const escaped = /^[\\^`]([\s\S])/.exec(rest)?.[1];
  if (escaped !== undefined) return { text: escaped, length: 2 };
  const [character = ''] = rest;
  return { text: character, length: character.length };
}

function quoted(rest: string, start: number, { end, escape }: Quote): { text: string; length: number } {
  let text = '';
  let at = start;
  while (at < rest.length) {
    const here = rest.slice(at);
    const escaped = escape.exec(here);
    const close = escaped === null ? end.exec(here) : null;
    if (close !== null) return { text, length: at + close[0].length };
    text += escaped?.[1] ?? rest[at] ?? '';
    at += escaped?.[0].length ?? 1;
  }
  // Cut off within the quotes: what is there counts.
  return { text, length: rest.length };
}
