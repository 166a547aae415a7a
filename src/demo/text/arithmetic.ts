/**
 * The value of a calculation with + - * / ^, brackets and decimals.
 *
 * @throws {SyntaxError} naming the place that is no calculation.
 */
export function calculated(expression: string): number {
  const tokens =
    expression
      .replaceAll('×', '*')
      .replaceAll('÷', '/')
      .match(/\d+(?:\.\d+)?|\S/g) ?? [];
  const reader = { tokens, at: 0 };
  const value = sum(reader);
  if (reader.at < tokens.length) throw new SyntaxError(`"${tokens[reader.at]}" has no place in this calculation.`);
  return value;
}

interface Reader {
  readonly tokens: readonly string[];
  at: number;
}

function sum(reader: Reader): number {
  let value = product(reader);
  for (;;) {
    if (took(reader, '+')) value += product(reader);
    else if (took(reader, '-')) value -= product(reader);
    else return value;
  }
}

function product(reader: Reader): number {
  let value = signed(reader);
  for (;;) {
    if (took(reader, '*')) value *= signed(reader);
    else if (took(reader, '/')) value /= signed(reader);
    else return value;
  }
}

function signed(reader: Reader): number {
  return took(reader, '-') ? -signed(reader) : power(reader);
}

function power(reader: Reader): number {
  const base = atom(reader);
  return took(reader, '^') ? base ** signed(reader) : base;
}

function atom(reader: Reader): number {
  if (took(reader, '(')) {
    const value = sum(reader);
    if (!took(reader, ')')) throw new SyntaxError('A bracket is not closed.');
    return value;
  }
  const token = reader.tokens[reader.at] ?? '';
  if (!/^\d/.test(token)) throw new SyntaxError(token === '' ? 'A number is missing.' : `"${token}" is no number.`);
  reader.at++;
  return Number(token);
}

function took(reader: Reader, sign: string): boolean {
  if (reader.tokens[reader.at] !== sign) return false;
  reader.at++;
  return true;
}
