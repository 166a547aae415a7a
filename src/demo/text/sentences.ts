import { type Language, stopWords } from './language.ts';

/** The sentences of a prose text, without list marks; lines that end nowhere are joined. */
export function sentencesOf(text: string, language: Language): readonly string[] {
  const segmenter = new Intl.Segmenter(language, { granularity: 'sentence' });
  return blocksOf(text).flatMap((block) => {
    const parts: string[] = [];
    for (const { segment } of segmenter.segment(block)) {
      const previous = parts.at(-1);
      if (previous !== undefined && endsInAbbreviation(previous)) parts[parts.length - 1] = previous + segment;
      else parts.push(segment);
    }
    return parts.map((part) => part.trim()).filter((part) => /[\p{L}\p{N}]/u.test(part));
  });
}

/** The words that carry meaning, in lower case. */
export function contentWordsOf(sentence: string, language: Language): readonly string[] {
  const words = language === 'zh' || language === 'ja' ? segmentedWords(sentence, language) : spacedWords(sentence);
  return words.filter((word) => !stopWords[language].has(word));
}

function spacedWords(sentence: string): readonly string[] {
  return (sentence.toLowerCase().match(/[\p{L}\p{N}][\p{L}\p{N}'’_-]*/gu) ?? []).filter((word) => word.length > 2);
}

function segmentedWords(sentence: string, language: Language): readonly string[] {
  const segmenter = new Intl.Segmenter(language, { granularity: 'word' });
  return [...segmenter.segment(sentence)]
    .filter(({ isWordLike }) => isWordLike === true)
    .map(({ segment }) => segment.toLowerCase())
    .filter((word) => word.length > 1 || /\p{Script=Han}/u.test(word));
}

const listMark = /^\s*(?:[-*+•>]\s+|\d+[.)]\s+|#{1,6}\s+)/;

/** Paragraphs and list items; within them a line break is a space, or nothing between CJK characters. */
function blocksOf(text: string): readonly string[] {
  const blocks: string[] = [];
  let open = false;
  for (const line of text.split(/\r?\n/)) {
    const content = line.replace(listMark, '').trim();
    const isItem = listMark.test(line);
    if (content === '') open = false;
    else if (open && !isItem) blocks.push(joined(blocks.pop() ?? '', content));
    else {
      blocks.push(content);
      // A heading stands alone.
      open = !/^\s*#/.test(line);
    }
  }
  return blocks;
}

function joined(one: string, other: string): string {
  return /[\p{Script=Han}\p{Script=Hiragana}\p{Script=Katakana}，。、！？]$/u.test(one)
    ? one + other
    : `${one} ${other}`;
}

function endsInAbbreviation(text: string): boolean {
  return /\b(?:e\.g|i\.e|Dr|Mr|Mrs|Ms|Prof|St|vs|etc|approx|No|Fig|z\.\s?B|bzw|ca|Nr|M|Mme|Sr|Sra|p\.\s?ej)\.\s*$/.test(
    text,
  );
}
