import { type Token, tokensOf } from './tokens.ts';

/**
 * The full names of the settings that a source file reads or writes by `getConfiguration('…')`: chained, or by a constant that holds
 * the configuration.
 */
export function settingsReadIn(source: string): string[] {
  const tokens = tokensOf(source);
  return tokens.flatMap((token, index) => {
    if (token.text !== 'getConfiguration' || tokens[index + 1]?.text !== '(') {
      return [];
    }
    const first = tokens[index + 2];
    const section = first?.type === 'string' ? `${first.text}.` : '';
    const end = closing(tokens, index + 1);
    const holder = constantAt(tokens, index);
    const uses = holder === undefined ? [end] : indexesOf(tokens, holder);
    return uses.flatMap((use) => accessedAfter(tokens, use)).map((name) => section + name);
  });
}

/** The constant that the expression around `at` is given to, if its value is the configuration itself. */
function constantAt(tokens: readonly Token[], at: number): string | undefined {
  let index = at - 1;
  while (['.', 'vscode', 'workspace'].includes(tokens[index]?.text ?? '')) {
    index -= 1;
  }
  const given = tokens[index]?.text === '=' && tokens[closing(tokens, at + 1) + 1]?.text !== '.';
  return given ? tokens[index - 1]?.text : undefined;
}

function indexesOf(tokens: readonly Token[], name: string): number[] {
  return tokens.flatMap(({ type, text }, index) => (type === 'other' && text === name ? [index] : []));
}

/** The name in `.get<T>('name'` right after a token. */
function accessedAfter(tokens: readonly Token[], at: number): string[] {
  if (tokens[at + 1]?.text !== '.' || !/^(get|inspect|has|update)$/.test(tokens[at + 2]?.text ?? '')) {
    return [];
  }
  const open = tokens.findIndex(({ type, text }, index) => index > at + 2 && type === 'other' && text === '(');
  const name = tokens[open + 1];
  return name?.type === 'string' ? [name.text] : [];
}

/** The index of the bracket that closes the one at `open`. */
function closing(tokens: readonly Token[], open: number): number {
  let depth = 0;
  for (let index = open; index < tokens.length; index += 1) {
    const { type, text } = tokens[index] ?? { type: 'other', text: '' };
    if (type === 'other') {
      depth += text === '(' ? 1 : 0;
      depth -= text === ')' ? 1 : 0;
    }
    if (depth === 0) {
      return index;
    }
  }
  return tokens.length;
}
