import { isCode, outlineOf } from './code.ts';
import { type Language, languageOf } from './language.ts';
import { contentWordsOf, sentencesOf } from './sentences.ts';
import { summaryOf, tellingSentences } from './summary.ts';
import { targetLanguages, translationOf } from './translation.ts';

/** What is asked for, told by a word of the instruction. The first that fits counts: to correct the grammar is not to repair code. */
const tools: readonly (readonly [RegExp, (text: string, instruction: string) => string])[] = [
  [/summar|摘要|总结|概括|要約|まとめ/i, (text) => summaryOf(text)],
  [/translat|翻译|翻譯|翻訳/i, (text, instruction) => translationOf(text, languageIn(instruction))],
  [/gramma|spelling|proofread|语法|拼写|校对|文法|誤字|校正/i, (text) => corrected(text)],
  [/polish|rephras|rewrit|improve|润色|改写|推敲|書き直/i, (text) => polished(text)],
  [/continu|续写|续|続き/i, (text) => continuationOf(text)],
  [/explain|解释|讲解|説明|解説/i, (text) => explanationOf(text)],
  [/\bfix|repair|debug|修复|直し|修正/i, (text) => notRepaired(text)],
];

/** Does with the text what the instruction asks, as far as that goes without a language model. */
export function toolAnswer(instruction: string, text: string): string {
  if (text.trim() === '') return 'There is no text to work on.';
  const tool = tools.find(([asks]) => asks.test(instruction))?.[1];
  return tool === undefined ? unknownTool : tool(text, instruction);
}

const unknownTool =
  'The demo has no language model. It can summarize, translate by a small dictionary, explain, polish, correct and continue a text.';

/** Names of languages as an instruction may say them, and as the dictionary does. */
const spoken: Readonly<Record<string, RegExp>> = {
  German: /German|Deutsch|德语|ドイツ語/i,
  French: /French|Français|法语|フランス語/i,
  Spanish: /Spanish|Español|西班牙语|スペイン語/i,
  Chinese: /Chinese|中文|汉语|中国語/i,
  Japanese: /Japanese|日本語|日语/i,
};

function languageIn(instruction: string): string {
  return targetLanguages.find((language) => spoken[language]?.test(instruction) === true) ?? 'English';
}

type Rule = readonly [RegExp, string];

/** Mistakes that can be told without understanding the text. Everything else stays to the byte. */
const corrections: readonly Rule[] = [
  [/\b(t)eh\b/gi, '$1he'],
  [/\b(rec)ie(ve[ds]?)\b/gi, '$1ei$2'],
  [/\b(sep)e(rate)/gi, '$1a$2'],
  [/\b(definit)a(ly)\b/gi, '$1e$2'],
  [/\b(occur)(ed|ing)\b/g, '$1r$2'],
  [/\b(could|should|would) of\b/gi, '$1 have'],
  [/\b(is|was|are|were) to (late|early|big|small|much|many|few)\b/g, '$1 too $2'],
  [/\btheir (is|are|was|were)\b/g, 'there $1'],
  [/\bi(?=['’]m\b| am\b| was\b| have\b)/g, 'I'],
  [/\b(a) (?=[aeio]\w{2})/g, '$1n '],
  // A word said twice, but for those that may be.
  [/(?<![\p{L}\p{M}])(?!(?:had|that)\b)(\p{L}{2,}) \1(?![\p{L}\p{M}])/giu, '$1'],
  [/(?<=\S) +(?=[,.;:!?،؛؟](?:\s|$))/g, ''],
  [/(?<=\p{Script=Han}),(?=\p{Script=Han})/gu, '，'],
  [/(的|了|を|が|は|に|で)\1(?!\p{L}*\1)/gu, '$1'],
];

const wordy: readonly Rule[] = [
  [/ in order to /g, ' to '],
  [/\bdue to the fact that\b/g, 'because'],
  [/\bat this point in time\b/g, 'now'],
  [/\b(very|really|quite) (?=\p{L})/gu, ''],
  [/\bmake use of\b/g, 'use'],
  [/进行了?(讨论|修改|测试|检查|调查)/gu, '$1'],
  [/することができ/gu, 'でき'],
];

function corrected(text: string): string {
  return inProse(text, corrections);
}

function polished(text: string): string {
  return inProse(text, [...corrections, ...wordy]);
}

/** Of code only what comments say is prose. */
function inProse(text: string, rules: readonly Rule[]): string {
  return isCode(text) ? text.replaceAll(comment, (words) => rules.reduce(applied, words)) : rules.reduce(applied, text);
}

const comment = /(?<=^|[ \t])(?:\/\/|#) .*$/gm;

function applied(text: string, [mistake, correction]: Rule): string {
  return text.replaceAll(mistake, correction);
}

/** What a text is about, in numbers and words of its own. */
function explanationOf(text: string): string {
  if (isCode(text)) return outlineOf(text);
  const language = languageOf(text);
  const sentences = sentencesOf(text, language);
  const words = sentences.flatMap((sentence) => contentWordsOf(sentence, language));
  const counts = new Map<string, number>();
  for (const word of words) counts.set(word, (counts.get(word) ?? 0) + 1);
  const frequent = [...counts].toSorted(([, one], [, other]) => other - one).slice(0, 6);
  const lead = tellingSentences(sentences, language)[0] ?? text.trim();
  return [
    `**${lead}**`,
    `The text has ${sentences.length} ${sentences.length === 1 ? 'sentence' : 'sentences'}. What it speaks of most:`,
    frequent.map(([word, count]) => `- ${word} (${count}×)`).join('\n'),
    '*(Demo explanation, counted, without a language model.)*',
  ].join('\n\n');
}

/** One more sentence, out of the text's own. */
function continuationOf(text: string): string {
  if (isCode(text))
    return `${/\/\/|[;{]\s*$/m.test(text) ? '//' : '#'} The demo has no language model and continues no code.`;
  const language = languageOf(text);
  const lead = tellingSentences(sentencesOf(text, language), language)[0] ?? text.trim();
  return `${inShort[language]}${language === 'zh' || language === 'ja' ? lead : ` ${lead}`}`;
}

const inShort: Readonly<Record<Language, string>> = {
  en: 'In short:',
  de: 'Kurz gesagt:',
  fr: 'En bref :',
  es: 'En resumen:',
  zh: '总之，',
  ja: '要するに、',
};

function notRepaired(text: string): string {
  return `The demo has no language model and repairs no code. It is as it was:\n\n\`\`\`\n${text.trimEnd()}\n\`\`\``;
}
