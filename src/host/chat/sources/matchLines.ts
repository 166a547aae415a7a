/** Where a piece of a text stands in a file. */
export interface Match {
  /** First and last line, from 0. */
  readonly lines: readonly [first: number, last: number];
  /** How much of the piece was found there, from 0 to 1. */
  readonly share: number;
}

/** So many words in a row are looked for at a time. */
const rowLength = 4;

/** Below this share it is another text that uses the same words. */
const least = 0.5;

/**
 * The lines of a file that a piece of a document is from. Dify cuts documents into pieces, takes white space out, or addresses, or
 * headings; what it read may be a conversion of the file, too. So only words are compared, in rows of a few, and the shortest stretch of
 * the file is taken that has most of them. `undefined` if less than half of the piece is there.
 */
export function matchLines(piece: string, file: string): Match | undefined {
  const wanted = wordsOf(piece);
  const length = Math.min(rowLength, wanted.length);
  if (length === 0) return undefined;
  const rows = new Map<string, number>();
  for (const row of rowsOf(wanted, length)) if (!rows.has(row)) rows.set(row, rows.size);
  const words = wordsOf(file);
  const best = bestStretch(hitsIn(words, rows, length), wanted.length * 1.3 + 8);
  if (best === undefined || best.count / rows.size < least) return undefined;
  const first = words[best.from]?.line ?? 0;
  const last = words[best.to + length - 1]?.line ?? first;
  return { lines: [first, last], share: best.count / rows.size };
}

interface Word {
  readonly text: string;
  readonly line: number;
}

/** Tags, entities and the addresses of links: marks of Markdown and HTML that a conversion takes out. What is left of them is no word. */
const marks = /<\/?[a-z][^<>\n]*>|&#?\w+;|(?<=\])\([^()\n]*\)|https?:\/\/\S+/gi;
/** A character of Chinese or Japanese is a word: there are no spaces between words. */
const word = /[\p{Script=Han}\p{Script=Hiragana}\p{Script=Katakana}]|[\p{L}\p{N}]+/gu;

function wordsOf(text: string): readonly Word[] {
  return text.split(/\r\n|\r|\n/).flatMap((content, line) => {
    const plain = content.replaceAll(marks, ' ').normalize('NFKC').toLowerCase();
    return (plain.match(word) ?? []).map((found) => ({ text: found, line }));
  });
}

function* rowsOf(words: readonly Word[], length: number): Generator<string> {
  for (let at = 0; at + length <= words.length; at++) yield rowAt(words, at, length);
}

function rowAt(words: readonly Word[], at: number, length: number): string {
  let row = '';
  for (let n = at; n < at + length; n++) row += `${words[n]?.text ?? ''} `;
  return row;
}

/** A row of the piece in the file. */
interface Hit {
  /** The word of the file that it begins at. */
  readonly at: number;
  readonly row: number;
}

function hitsIn(words: readonly Word[], rows: ReadonlyMap<string, number>, length: number): readonly Hit[] {
  const hits: Hit[] = [];
  let at = 0;
  for (const text of rowsOf(words, length)) {
    const row = rows.get(text);
    if (row !== undefined) hits.push({ at, row });
    at++;
  }
  return hits;
}

interface Stretch {
  readonly from: number;
  readonly to: number;
  /** How many different rows are in it. */
  readonly count: number;
}

/** The stretch with the most different rows, and of those the shortest, the first. @param longest in words */
function bestStretch(hits: readonly Hit[], longest: number): Stretch | undefined {
  const inside = new Counts();
  let best: Stretch | undefined;
  let left = 0;
  const mayGo = (hit: Hit, end: number): boolean => end - hit.at > longest || inside.of(hit.row) > 1;
  for (const { at, row } of hits) {
    inside.add(row);
    // What is too far away goes, and what is there once more further on.
    for (let hit = hits[left]; hit !== undefined && mayGo(hit, at); hit = hits[left]) {
      inside.remove(hit.row);
      left++;
    }
    const stretch = { from: hits[left]?.at ?? at, to: at, count: inside.different };
    if (best === undefined || isBetter(stretch, best)) best = stretch;
  }
  return best;
}

/** How often each row is there. */
class Counts {
  readonly #times = new Map<number, number>();

  get different(): number {
    return this.#times.size;
  }

  of(row: number): number {
    return this.#times.get(row) ?? 0;
  }

  add(row: number): void {
    this.#times.set(row, this.of(row) + 1);
  }

  remove(row: number): void {
    if (this.of(row) > 1) this.#times.set(row, this.of(row) - 1);
    else this.#times.delete(row);
  }
}

function isBetter(one: Stretch, other: Stretch): boolean {
  return one.count > other.count || (one.count === other.count && one.to - one.from < other.to - other.from);
}
