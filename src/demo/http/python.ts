/** JSON as Dify's plain endpoints write it (ujson): compact, ASCII, slashes escaped, a newline behind. */
export function restJson(value: object | null): string {
  return `${escapeNonAscii(JSON.stringify(value)).replaceAll('/', String.raw`\/`)}\n`;
}

/** JSON as Python's `json.dumps` writes it: a space after `,` and `:`, ASCII. */
export function spacedJson(value: unknown): string {
  return escapeNonAscii(spacedUnicodeJson(value));
}

/** JSON as `json.dumps(…, ensure_ascii=False)` writes it. */
export function spacedUnicodeJson(value: unknown): string {
  if (Array.isArray(value)) return `[${value.map(spacedUnicodeJson).join(', ')}]`;
  if (typeof value === 'object' && value !== null) {
    return `{${Object.entries(value)
      .map(([key, member]) => `${JSON.stringify(key)}: ${spacedUnicodeJson(member)}`)
      .join(', ')}}`;
  }
  return JSON.stringify(value ?? null);
}

/** JSON as orjson writes it: compact, UTF-8. */
export function compactJson(value: unknown): string {
  return JSON.stringify(value);
}

/** A value as Python's `repr` shows it, for the messages that quote the caller's input. */
export function repr(value: unknown): string {
  if (value === null || value === undefined) return 'None';
  if (typeof value === 'boolean') return value ? 'True' : 'False';
  if (typeof value === 'string') return quoted(value);
  if (Array.isArray(value)) return `[${value.map(repr).join(', ')}]`;
  if (typeof value === 'object') {
    return `{${Object.entries(value)
      .map(([key, member]) => `${quoted(key)}: ${repr(member)}`)
      .join(', ')}}`;
  }
  return JSON.stringify(value);
}

/** Name of the Python type that JSON parsing makes of a value. */
export function typeName(value: unknown): string {
  if (value === null || value === undefined) return 'NoneType';
  if (Array.isArray(value)) return 'list';
  if (typeof value === 'object') return 'dict';
  if (typeof value === 'boolean') return 'bool';
  if (typeof value === 'number') return Number.isInteger(value) ? 'int' : 'float';
  return 'str';
}

/** Falsy in Python: empty lists and objects are. */
export function isFalsy(value: unknown): boolean {
  if (typeof value !== 'object' || value === null) return !value;
  return Object.keys(value).length === 0;
}

/** Python counts characters by code point. */
export function lengthOf(value: string): number {
  let length = 0;
  for (const _ of value) length++;
  return length;
}

function escapeNonAscii(json: string): string {
  return json.replaceAll(
    /[\u007f-\uffff]/g,
    (character) => String.raw`\u` + character.charCodeAt(0).toString(16).padStart(4, '0'),
  );
}

function quoted(value: string): string {
  const quote = value.includes("'") && !value.includes('"') ? '"' : "'";
  const escaped = value
    .replaceAll('\\', String.raw`\\`)
    .replaceAll('\n', String.raw`\n`)
    .replaceAll('\r', String.raw`\r`)
    .replaceAll('\t', String.raw`\t`)
    .replaceAll(quote, `\\${quote}`);
  return `${quote}${escaped}${quote}`;
}
