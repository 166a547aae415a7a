import { type Token, tokensOf } from './tokens.ts';

/** What a source file asks to be translated. */
export interface L10nKeys {
  /** As they stand in a bundle: the message, and after a slash the comment for translators, if there is one. */
  readonly keys: readonly string[];
  /** Calls whose message is not written out, as `line 12: t(message)`: a translator could not find it. */
  readonly unreadable: readonly string[];
}

/**
 * Finds the messages of `l10n.t('…')`, `vscode.l10n.t({ message: '…', comment: ['…'] })` and `t('…')` in TypeScript. A message is a
 * string, or strings joined by `+`; a backticked one counts if nothing is filled in.
 */
export function l10nKeysIn(source: string): L10nKeys {
  const tokens = tokensOf(source);
  const keys: string[] = [];
  const unreadable: string[] = [];
  for (const [index, token] of tokens.entries()) {
    if (isCallOfT(tokens, index)) {
      const key = keyAt(tokens, index + 2);
      if (key === undefined) {
        const line = source.slice(0, token.start).split('\n').length;
        unreadable.push(`line ${line}: ${source.split('\n')[line - 1]?.trim()}`);
      } else {
        keys.push(key);
      }
    }
  }
  return { keys, unreadable };
}

function isCallOfT(tokens: readonly Token[], index: number): boolean {
  const sign = (offset: number): string | undefined => signAt(tokens, index + offset);
  if (sign(0) !== 't' || sign(1) !== '(') {
    return false;
  }
  // `t(message: string)` and `t(message?: string)` declare.
  const declares = sign(-1) === 'function' || sign(3) === ':' || (sign(3) === '?' && sign(4) === ':');
  return !declares && (sign(-1) !== '.' || sign(-2) === 'l10n');
}

/** The key of a call whose first argument begins at `at`. */
function keyAt(tokens: readonly Token[], at: number): string | undefined {
  if (signAt(tokens, at) !== '{') {
    return joinedStrings(tokens, at)?.value;
  }
  const end = tokens.findIndex((_token, index) => index > at && signAt(tokens, index) === '}');
  const members = tokens.slice(at, end);
  const message = joinedStrings(members, afterName(members, 'message'))?.value;
  const comment = commentAt(members, afterName(members, 'comment'));
  return message === undefined || comment === '' ? message : `${message}/${comment}`;
}

/** Where the value of an object's member begins, or beyond the end. */
function afterName(members: readonly Token[], name: string): number {
  const at = members.findIndex(
    (_token, index) => signAt(members, index) === name && signAt(members, index + 1) === ':',
  );
  return at < 0 ? members.length : at + 2;
}

/** VS Code joins several comments without anything between them. */
function commentAt(tokens: readonly Token[], at: number): string {
  const first = signAt(tokens, at) === '[' ? at + 1 : at;
  let comment = '';
  for (let found = joinedStrings(tokens, first); found; found = joinedStrings(tokens, found.end + 1)) {
    comment += found.value;
  }
  return comment;
}

/** `'one ' + 'two'`, if nothing but strings is joined; `end` is the token after it. */
function joinedStrings(
  tokens: readonly Token[],
  at: number,
): { readonly value: string; readonly end: number } | undefined {
  let value = '';
  for (let index = at; ; index += 2) {
    const token = tokens[index];
    if (token?.type !== 'string') {
      return undefined;
    }
    value += token.text;
    if (signAt(tokens, index + 1) !== '+') {
      return { value, end: index + 1 };
    }
  }
}

/** The word or sign at an index; a string is none. */
function signAt(tokens: readonly Token[], index: number): string | undefined {
  const token = tokens[index];
  return token?.type === 'other' ? token.text : undefined;
}
