import { meanings } from './dictionary.ts';
import { type Language, languageOf } from './language.ts';

const codes: Readonly<Record<string, Language>> = {
  German: 'de',
  French: 'fr',
  Spanish: 'es',
  Chinese: 'zh',
  Japanese: 'ja',
  English: 'en',
};

/** The names of the languages to choose from. */
export const targetLanguages: readonly string[] = Object.keys(codes);

/**
 * Word by word from a small dictionary, in Markdown: grammar and unknown words stay as they are, and the last line says so.
 *
 * @param target One of {@link targetLanguages}.
 */
export function translationOf(text: string, target: string): string {
  const to = codes[target] ?? 'en';
  const from = languageOf(text);
  if (from === to) return `${text}\n\n*(Demo dictionary: the text seems to be ${target} already.)*`;
  const words = wordsOf(text, from);
  const dictionary = dictionaryOf(from, to);
  const translated = words.map((_, index) => translatedWord(words, index, dictionary));
  const known = translated.filter(({ isKnown }) => isKnown).length;
  const countable = words.filter(isWord).length;
  const remark = `*(Demo dictionary, word by word and no real translation: ${known} of ${countable} words known.)*`;
  return `${assembled(translated, from, to)}\n\n${remark}`;
}

interface Translated {
  readonly text: string;
  readonly isKnown: boolean;
}

/** Small letters become capitals at the start of a sentence; elsewhere a capital is kept, but for German nouns. */
function translatedWord(words: readonly string[], index: number, dictionary: Dictionary): Translated {
  const word = words[index] ?? '';
  const translation = dictionary.words.get(word.toLowerCase());
  if (translation === undefined) return { text: word, isKnown: false };
  const isUpper = startsUpper(word);
  const isFirst = /^$|[.!?。！？]\s*$/u.test(words[index - 1] ?? '');
  const keepsUpper = isUpper && dictionary.from !== 'de' && word !== 'I';
  const becomesUpper = isFirst && (isUpper || isSpaceless(dictionary.from));
  return { text: keepsUpper || becomesUpper ? upperFirst(translation) : translation, isKnown: true };
}

function startsUpper(word: string): boolean {
  const [first = ''] = word;
  return first !== first.toLowerCase();
}

function upperFirst(word: string): string {
  const [first = ''] = word;
  return first.toUpperCase() + word.slice(first.length);
}

interface Dictionary {
  readonly from: Language;
  readonly words: ReadonlyMap<string, string>;
}

/** A table for one pair of languages; the first meaning of a word counts. */
function dictionaryOf(from: Language, to: Language): Dictionary {
  const dictionary = new Map<string, string>();
  for (const row of meanings()) {
    for (const [index, word] of row[from].entries()) {
      // Alternatives stand in the same order where they are forms of one verb.
      const translation = row[to][index] ?? row[to][0] ?? '';
      if (!dictionary.has(word.toLowerCase())) dictionary.set(word.toLowerCase(), translation);
    }
  }
  return { from, words: dictionary };
}

/** Words and what stands between them, nothing lost. Without spaces in the language, the longest known word first. */
function wordsOf(text: string, language: Language): readonly string[] {
  if (!isSpaceless(language)) return text.match(/[\p{L}\p{M}]+(?:['’][\p{L}\p{M}]+)*|[^\p{L}\p{M}]+/gu) ?? [];
  const known = new Set(meanings().flatMap((row) => row[language]));
  const longest = Math.max(...[...known].map((word) => word.length));
  const words: string[] = [];
  for (let position = 0; position < text.length;) {
    const word = knownWordAt(text, position, longest, known) ?? unknownRunAt(text, position);
    const last = words.at(-1) ?? '';
    // Unknown characters stay together.
    if (!known.has(word) && isWord(word) && isWord(last) && !known.has(last)) words[words.length - 1] = last + word;
    else words.push(word);
    position += word.length;
  }
  return words;
}

function knownWordAt(text: string, position: number, longest: number, known: ReadonlySet<string>): string | undefined {
  for (let length = longest; length > 0; length--) {
    const word = text.slice(position, position + length);
    if (known.has(word)) return word;
  }
  return undefined;
}

/** Latin words and spaces as a whole, anything else by the character. */
function unknownRunAt(text: string, position: number): string {
  const run = /[\p{Script=Latin}\p{N}]+|\s+|[^]/uy;
  run.lastIndex = position;
  return run.exec(text)?.[0] ?? text.slice(position);
}

/** Puts spaces where the target needs them and takes them where it has none; the signs follow. */
function assembled(words: readonly Translated[], from: Language, to: Language): string {
  let text = '';
  for (const { text: word } of words) {
    const needsSpace = isSpaceless(from) && !isSpaceless(to) && isWord(word) && /[\p{L}\p{N}]$/u.test(text);
    text += needsSpace ? ` ${word}` : word;
  }
  if (!isSpaceless(to)) {
    return text
      .replaceAll(/[。！？，、](?!\s|$)/g, '$& ')
      .replaceAll(/[。！？，、]/g, (sign) => latinSigns[sign] ?? sign)
      .replaceAll(/ {2,}/g, ' ');
  }
  return text
    .replaceAll(betweenCjk, '')
    .replaceAll(
      /(?<=[\p{Script=Han}\p{Script=Hiragana}\p{Script=Katakana}ー])[.!?,](?:\s+|$)/gu,
      (sign) => cjkSigns[sign.trim()] ?? sign,
    )
    .replaceAll(/ {2,}/g, ' ')
    .trim();
}

const betweenCjk =
  /(?<=[\p{Script=Han}\p{Script=Hiragana}\p{Script=Katakana}ー]) +(?=[\p{Script=Han}\p{Script=Hiragana}\p{Script=Katakana}])/gu;

const latinSigns: Readonly<Record<string, string>> = { '。': '.', '！': '!', '？': '?', '，': ',', '、': ',' };
const cjkSigns: Readonly<Record<string, string>> = { '.': '。', '!': '！', '?': '？', ',': '，' };

function isSpaceless(language: Language): boolean {
  return language === 'zh' || language === 'ja';
}

function isWord(text: string): boolean {
  return /\p{L}/u.test(text);
}
