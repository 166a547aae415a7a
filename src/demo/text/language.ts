/** The languages that the demo knows something about. */
export type Language = 'en' | 'de' | 'fr' | 'es' | 'zh' | 'ja';

const frequent = {
  en: 'the a an of to and in is are was were that it this for on with as be by from or not at have has had but they you he she we his her its their which will would can been if there so than then into also more do does did no about our these those such when what who how i my your me us them him just only some any all one two other out up over after before while because very most through between where',
  de: 'der die das den dem des ein eine einen einem einer und ist sind war waren in im zu mit auf für von an als auch es sich nicht nach bei aus wie hat haben wird werden oder aber dass er sie ihr wir ich du man noch nur so um über durch zum zur am wenn was kein keine dieser diese dieses seine ihre sein mehr kann vor bis',
  fr: 'le la les un une des de du et est sont était dans en à au aux pour par sur avec que qui ne pas ce cette ces il elle ils elles nous vous je tu se sa son ses leur plus ou mais comme si être avoir a ont été on sans aussi entre où quand tout très fait peut',
  es: 'el la los las un una unos unas de del y es son era en a al para por con que no se su sus lo le les como más o pero este esta estos estas ese esa ha han fue ser está están muy sin sobre también entre cuando donde todo nos yo tú él ella ellos hay puede ya si',
  zh: '的 了 在 是 我 你 他 她 它 们 和 与 也 就 都 而 及 或 这 那 有 不 为 以 于 上 下 中 个 到 说 要 会 对 把 被 从 让 其 之 我们 你们 他们 一个 可以 这个 那个 因为 所以 但是 如果',
  ja: 'の に は を た が で て と し れ さ ある いる も する から な こと として い や など なり へ か だ これ それ あれ この その あの よう また もの という です ます でした ました ため より られ なる 私 ない',
} satisfies Record<Language, string>;

/** Words that say nothing about a text, by language. */
export const stopWords: Readonly<Record<Language, ReadonlySet<string>>> = {
  en: new Set(frequent.en.split(' ')),
  de: new Set(frequent.de.split(' ')),
  fr: new Set(frequent.fr.split(' ')),
  es: new Set(frequent.es.split(' ')),
  zh: new Set(frequent.zh.split(' ')),
  ja: new Set(frequent.ja.split(' ')),
};

const latin = ['en', 'de', 'fr', 'es'] as const;

/** By the script, and among Latin letters by the commonest words. English if nothing tells. */
export function languageOf(text: string): Language {
  const sample = text.slice(0, 5000);
  const kana = countOf(sample, /[\p{Script=Hiragana}\p{Script=Katakana}]/gu);
  const han = countOf(sample, /\p{Script=Han}/gu);
  const letters = countOf(sample, /\p{Script=Latin}/gu);
  // A CJK character says about as much as three letters.
  if ((kana + han) * 3 > letters) return kana * 8 > han ? 'ja' : 'zh';
  const words = sample.toLowerCase().match(/\p{L}+/gu) ?? [];
  const hits = latin.map((language) => words.filter((word) => stopWords[language].has(word)).length);
  return latin[hits.indexOf(Math.max(...hits))] ?? 'en';
}

function countOf(text: string, pattern: RegExp): number {
  return text.match(pattern)?.length ?? 0;
}
