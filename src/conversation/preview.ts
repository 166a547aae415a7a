import { isFields } from '../dify/json.ts';

/** The beginning of a value that a step of a run got or gave, as text: indented JSON, or the text that it is. */
export interface Preview {
  readonly text: string;
  /** UTF-16 code units of the whole, roughly where it is large. More than `text` has: the rest is left out. */
  readonly size: number;
}

/** So much of a value is in the run, and so in the page and in files, in UTF-16 code units. */
const shownAtMost = 2_000;

/** A larger value is kept as its preview only, in UTF-16 code units. */
const keptAtMost = 256 * 1024;

/** All that is kept of whole values at one time, in UTF-16 code units: the oldest go. */
const allAtMost = 16 * 1024 * 1024;

/** Deeper than this nothing is written: a server may nest as deep as it likes, and each level is a call here. */
const depth = 100;

/** The preview of a value; `undefined` where there is nothing to see: null, an empty text, object or array. */
export function previewOf(value: unknown): Preview | undefined {
  if (isNothing(value)) return undefined;
  const text = textOf(value, keptAtMost + 1);
  if (text.length > keptAtMost) return { text: textOf(value, shownAtMost), size: sizeOf(value) };
  const preview = { text: beginning(text, shownAtMost), size: text.length };
  if (text.length > shownAtMost) wholes.keep(preview, text);
  return preview;
}

/** The preview of what may be JSON as text: indented then. */
export function previewOfJson(json: string): Preview | undefined {
  if (json.length > keptAtMost || !/^\s*[[{]/.test(json)) return previewOf(json);
  try {
    return previewOf(JSON.parse(json));
  } catch {
    return previewOf(json);
  }
}

/**
 * The whole text of a value, for as long as it is kept: in the window that read the run, of values up to 256 kB, and the newest ones.
 * Else its preview.
 */
export function wholeOf(preview: Preview): string {
  return wholes.of(preview) ?? preview.text;
}

/** Whole texts stand beside their previews, not in them: what is posted and what is written to files is the preview. */
class Wholes {
  readonly #texts = new WeakMap<Preview, string>();
  /** The oldest first. */
  readonly #kept: { readonly preview: WeakRef<Preview>; readonly size: number }[] = [];
  #size = 0;

  of(preview: Preview): string | undefined {
    return this.#texts.get(preview);
  }

  keep(preview: Preview, text: string): void {
    this.#texts.set(preview, text);
    this.#kept.push({ preview: new WeakRef(preview), size: text.length });
    this.#size += text.length;
    while (this.#size > allAtMost) this.#letGo();
  }

  #letGo(): void {
    const oldest = this.#kept.shift();
    const preview = oldest?.preview.deref();
    if (preview !== undefined) this.#texts.delete(preview);
    this.#size -= oldest?.size ?? this.#size;
  }
}

const wholes = new Wholes();

function isNothing(value: unknown): boolean {
  if (value === undefined || value === null || value === '') return true;
  return typeof value === 'object' && Object.keys(value).length === 0;
}

function textOf(value: unknown, limit: number): string {
  return typeof value === 'string' ? beginning(value, limit) : new JsonBeginning(limit).of(value);
}

/** A copy: a piece of a long text would hold all of it in memory. It ends with a whole character. */
function beginning(text: string, limit: number): string {
  if (text.length <= limit) return text;
  const piece = text.slice(0, limit).replace(/[\uD800-\uDBFF]$/, '');
  return String(JSON.parse(JSON.stringify(piece)));
}

/** Writes as much of a value as is wanted: `JSON.stringify` would write megabytes to throw them away. */
class JsonBeginning {
  readonly #limit: number;
  #text = '';

  constructor(limit: number) {
    this.#limit = limit;
  }

  of(value: unknown): string {
    this.#write(value, '\n');
    return beginning(this.#text, this.#limit);
  }

  get #room(): number {
    return this.#limit - this.#text.length;
  }

  /** @param line a line break and the present indent */
  #write(value: unknown, line: string): void {
    if (this.#room <= 0) return;
    if (typeof value === 'string') this.#text += JSON.stringify(beginning(value, this.#room));
    else if (typeof value !== 'object' || value === null) this.#text += String(value);
    else if (line.length > depth * 2) this.#text += '…';
    else if (Array.isArray(value)) this.#writeAll('[]', value.entries(), line);
    else this.#writeAll('{}', Object.entries(value), line);
  }

  #writeAll(brackets: string, members: Iterable<[number | string, unknown]>, line: string): void {
    const [open = '', close = ''] = brackets;
    this.#text += open;
    let end = '';
    for (const [name, value] of members) {
      if (this.#room <= 0) return;
      this.#text += `${end === '' ? '' : ','}${line}  `;
      if (typeof name === 'string') this.#text += `${JSON.stringify(beginning(name, this.#room))}: `;
      this.#write(value, `${line}  `);
      end = line;
    }
    this.#text += end + close;
  }
}

/** How long the value is as JSON, give or take what is escaped and indented in it. */
function sizeOf(value: unknown, level = 0): number {
  if (typeof value === 'string') return value.length + (level === 0 ? 0 : 2);
  if (level > depth) return 1;
  if (Array.isArray(value)) return value.reduce<number>((sum, item) => sum + sizeOf(item, level + 1) + 1, 2);
  if (!isFields(value)) return String(value).length;
  let size = 2;
  for (const name in value) size += name.length + 4 + sizeOf(value[name], level + 1);
  return size;
}
