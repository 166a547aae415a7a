import { isCode, outlineOf } from './code.ts';
import { type Language, languageOf } from './language.ts';
import { contentWordsOf, sentencesOf } from './sentences.ts';

/** A summary in Markdown: for prose its most telling sentences, for source code an outline. Says how it was made. */
export function summaryOf(text: string): string {
  if (text.trim() === '') return 'There is no text to summarize.';
  if (isCode(text)) return outlineOf(text);
  const language = languageOf(text);
  const sentences = sentencesOf(text, language);
  const chosen = tellingSentences(sentences, language);
  const [lead = text.trim(), ...others] = chosen;
  const points = others.map((sentence) => `- ${sentence}`);
  return [
    lead,
    ...(points.length === 0 ? [] : [points.join('\n')]),
    remark(language, chosen.length, sentences.length),
  ].join('\n\n');
}

interface Scored {
  readonly sentence: string;
  readonly index: number;
  readonly words: ReadonlySet<string>;
  readonly score: number;
}

/** About a quarter of the sentences, seven at most, in the order of the text; none that repeats another. */
export function tellingSentences(sentences: readonly string[], language: Language): readonly string[] {
  const wanted = Math.min(7, Math.max(1, Math.round(sentences.length / 4)));
  const chosen: Scored[] = [];
  for (const candidate of scored(sentences, language).toSorted((one, other) => other.score - one.score)) {
    if (chosen.length === wanted) break;
    if (!chosen.some(({ words }) => overlap(words, candidate.words) > 0.6)) chosen.push(candidate);
  }
  return chosen.toSorted((one, other) => one.index - other.index).map(({ sentence }) => sentence);
}

/** Sentences full of the text's own frequent words score high; the first has a start, a fragment a malus. */
function scored(sentences: readonly string[], language: Language): readonly Scored[] {
  const words = sentences.map((sentence) => contentWordsOf(sentence, language));
  const frequencies = new Map<string, number>();
  for (const word of words.flat()) frequencies.set(word, (frequencies.get(word) ?? 0) + 1);
  return sentences.map((sentence, index) => {
    const own = new Set(words[index]);
    const weight = [...own].reduce((sum, word) => sum + Math.log2(1 + (frequencies.get(word) ?? 0)), 0);
    // The root favours longer sentences, yet not as much as their plain sum would.
    const density = weight / Math.sqrt(own.size + 2);
    const place = index === 0 ? 1.3 : 1;
    const form = own.size < 3 || /[?？]$/.test(sentence) ? 0.5 : 1;
    return { sentence, index, words: own, score: density * place * form };
  });
}

function overlap(one: ReadonlySet<string>, other: ReadonlySet<string>): number {
  const smaller = Math.min(one.size, other.size);
  return smaller === 0 ? 0 : [...one].filter((word) => other.has(word)).length / smaller;
}

function remark(language: Language, chosen: number, all: number): string {
  switch (language) {
    case 'zh':
      return `*（演示摘要：按词频从 ${all} 句中选出 ${chosen} 句，没有使用语言模型。）*`;
    case 'ja':
      return `*（デモの要約：${all} 文から単語の頻度で ${chosen} 文を選びました。言語モデルは使っていません。）*`;
    case 'en':
    case 'de':
    case 'fr':
    case 'es':
      return `*(Demo summary: ${chosen} of ${all} ${all === 1 ? 'sentence' : 'sentences'}, picked by word frequency, without a language model.)*`;
  }
}
