/** Where and why a text is not JSON, for a person who types it. */
export interface JsonFault {
  /** Counted from 1. */
  readonly line: number;
  readonly problem: 'comma' | 'colon' | 'unknown' | 'openText' | 'end';
  /** What stands there, shortened; '' at the end of the text. */
  readonly near: string;
}

type Wanted = 'value' | 'firstItem' | 'commaOrEnd' | 'firstKey' | 'key' | 'colon' | 'nothing';

const token =
  // oxlint-disable-next-line eslint/no-control-regex -- JSON's own rule
  /"(?:[^"\\\u0000-\u001f]|\\(?:["\\/bfnrt]|u[\da-fA-F]{4}))*"|-?(?:0|[1-9]\d*)(?:\.\d+)?(?:[eE][+-]?\d+)?(?![\w.])|(?:true|false|null)\b|[[\]{}:,]/uy;

/** The first fault; `undefined` if the text is JSON. An engine's own message names a position at best, in words of its own. */
export function jsonFault(text: string): JsonFault | undefined {
  const open: ('{' | '[')[] = [];
  let wanted: Wanted = 'value';
  let at = afterSpace(text, 0);
  while (at < text.length) {
    token.lastIndex = at;
    const [found = ''] = token.exec(text) ?? [];
    const next: Wanted | undefined = found === '' ? undefined : step(wanted, found, open);
    if (next === undefined) return faultAt(text, at, wanted, found);
    wanted = next;
    at = afterSpace(text, at + found.length);
  }
  return wanted === 'nothing' ? undefined : { line: lineAt(text, text.trimEnd().length), problem: 'end', near: '' };
}

/** What is wanted after the token, or `undefined` if it may not stand here. Keeps count of what is open. */
function step(wanted: Wanted, found: string, open: ('{' | '[')[]): Wanted | undefined {
  switch (wanted) {
    case 'value':
      return afterValue(found, open);
    case 'firstItem':
      return found === ']' ? closed(open) : afterValue(found, open);
    case 'firstKey':
      if (found === '}') return closed(open);
      return found.startsWith('"') ? 'colon' : undefined;
    case 'key':
      return found.startsWith('"') ? 'colon' : undefined;
    case 'colon':
      return found === ':' ? 'value' : undefined;
    case 'commaOrEnd':
      return afterItem(found, open);
    case 'nothing':
      return undefined;
  }
}

function afterValue(found: string, open: ('{' | '[')[]): Wanted | undefined {
  if (found === '{' || found === '[') {
    open.push(found);
    return found === '{' ? 'firstKey' : 'firstItem';
  }
  if (/^[\]}:,]/.test(found)) return undefined;
  return open.length === 0 ? 'nothing' : 'commaOrEnd';
}

function afterItem(found: string, open: ('{' | '[')[]): Wanted | undefined {
  const isObject = open.at(-1) === '{';
  if (found === ',') return isObject ? 'key' : 'value';
  return found === (isObject ? '}' : ']') ? closed(open) : undefined;
}

function closed(open: ('{' | '[')[]): Wanted {
  open.pop();
  return open.length === 0 ? 'nothing' : 'commaOrEnd';
}

function faultAt(text: string, at: number, wanted: Wanted, found: string): JsonFault {
  const line = lineAt(text, at);
  const near = nearAt(text, at);
  if (found === '' && near.startsWith('"')) return { line, problem: 'openText', near };
  const isValue = found !== '' && !/^[\]}:,]/.test(found);
  if (wanted === 'commaOrEnd' && isValue) return { line, problem: 'comma', near };
  if (wanted === 'colon') return { line, problem: 'colon', near };
  return { line, problem: 'unknown', near };
}

/** A word, a text with its quotes, or one sign. */
function nearAt(text: string, at: number): string {
  const rest = text.slice(at, at + 200);
  const [near = ''] = /^(?:"[^"\n]*"?|[\p{L}\p{N}_.+-]+|.)/u.exec(rest) ?? [];
  return near.length > 24 ? `${near.slice(0, 24)}…` : near;
}

function afterSpace(text: string, from: number): number {
  let at = from;
  while (at < text.length && ' \t\r\n'.includes(text.charAt(at))) at++;
  return at;
}

function lineAt(text: string, at: number): number {
  return text.slice(0, at).split('\n').length;
}
