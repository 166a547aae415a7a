/** An opening tag as it is written in an answer. */
export interface Tag {
  readonly name: string;
  /** By name in lower case; of two of one name the first. Entities are read. */
  readonly attributes: ReadonlyMap<string, string>;
  /** Whether it ends with `/>`. */
  readonly isClosed: boolean;
  /** Where the text goes on behind it. */
  readonly end: number;
}

const tagForm = /<([a-z]+)((?:\s+[a-z][\w-]*(?:\s*=\s*(?:"[^"]*"|'[^']*'|[^\s"'<>=`]+))?)*)\s*(\/?)>/iy;
const attributeForm = /([a-z][\w-]*)(?:\s*=\s*("[^"]*"|'[^']*'|[^\s"'<>=`]+))?/gi;

/** The opening tag at this place of a text; `undefined` if there is none that is written as it should be. */
export function tagAt(text: string, at: number): Tag | undefined {
  tagForm.lastIndex = at;
  const [whole, name, written = '', slash] = tagForm.exec(text) ?? [];
  if (whole === undefined || name === undefined) return undefined;
  return {
    name: name.toLowerCase(),
    attributes: attributesIn(written),
    isClosed: slash === '/',
    end: at + whole.length,
  };
}

function attributesIn(written: string): Tag['attributes'] {
  const attributes = new Map<string, string>();
  for (const [, name = '', value = ''] of written.matchAll(attributeForm)) {
    const known = name.toLowerCase();
    if (!attributes.has(known)) attributes.set(known, decoded(value.replaceAll(/^["']|["']$/g, '')));
  }
  return attributes;
}

const named: Readonly<Record<string, string>> = { amp: '&', lt: '<', gt: '>', quot: '"', apos: "'", nbsp: '\u00A0' };

/** A text with its character references read: those that templates write. */
export function decoded(text: string): string {
  return text.replace(/&(?:#x([\da-f]{1,6})|#(\d{1,7})|(amp|lt|gt|quot|apos|nbsp));/gi, (whole, hex, decimal, name) => {
    if (typeof name === 'string') return named[name.toLowerCase()] ?? whole;
    const code = typeof hex === 'string' ? Number.parseInt(hex, 16) : Number(decimal);
    return code > 0 && code <= 0x10_ff_ff ? String.fromCodePoint(code) : '\uFFFD';
  });
}

/** What an element says, without the tags in it. */
export function wordsOf(html: string): string {
  return decoded(html.replaceAll(/<\/?[a-z][^<>]*>/gi, ''))
    .replaceAll(/\s+/g, ' ')
    .trim();
}
