/** A language of people, and everything that a form may call it. */
interface Language {
  /** Its name in itself. */
  readonly own: string;
  /** Code first; lower case. */
  readonly names: readonly string[];
}

/** In the order in which they are offered. */
const languages: readonly Language[] = [
  language('English', 'en', 'eng', '英语', '英語', '英文'),
  language(
    '简体中文',
    'zh-cn',
    'zh-hans',
    'zh',
    'zho',
    'chi',
    'cn',
    'chs',
    'chinese',
    'simplified chinese',
    'mandarin',
    '中文',
    '汉语',
    '漢語',
    '中国語',
    '简体',
    '簡體中文',
    '簡体字',
    '簡体中国語',
  ),
  language(
    '繁體中文',
    'zh-tw',
    'zh-hant',
    'zh-hk',
    'cht',
    'traditional chinese',
    '繁体中文',
    '繁體',
    '繁体',
    '繁体字',
    '繁体中国語',
  ),
  language('日本語', 'ja', 'jp', 'jpn', 'japanese', '日语', '日語', '日文'),
  language('한국어', 'ko', 'kr', 'kor', 'korean', '韩语', '韓語', '韩文', '韓国語', '朝鮮語'),
  language('Deutsch', 'de', 'ger', 'deu', 'german', '德语', '德語', '德文', 'ドイツ語'),
  language('Français', 'fr', 'fre', 'fra', 'french', 'francais', '法语', '法語', '法文', 'フランス語'),
  language('Español', 'es', 'spa', 'spanish', 'espanol', '西班牙语', '西班牙語', 'スペイン語'),
  language('Italiano', 'it', 'ita', 'italian', '意大利语', '義大利語', 'イタリア語'),
  language(
    'Português',
    'pt',
    'por',
    'pt-br',
    'portuguese',
    'portugues',
    'brazilian portuguese',
    '葡萄牙语',
    '葡萄牙語',
    'ポルトガル語',
  ),
  language('Русский', 'ru', 'rus', 'russian', '俄语', '俄語', '俄文', 'ロシア語'),
  language('العربية', 'ar', 'ara', 'arabic', '阿拉伯语', '阿拉伯語', 'アラビア語'),
  language('Nederlands', 'nl', 'dutch', '荷兰语', '荷蘭語', 'オランダ語'),
  language('Polski', 'pl', 'polish', '波兰语', '波蘭語', 'ポーランド語'),
  language('Türkçe', 'tr', 'turkish', 'turkce', '土耳其语', '土耳其語', 'トルコ語'),
  language('Українська', 'uk', 'ukr', 'ukrainian', '乌克兰语', '烏克蘭語', 'ウクライナ語'),
  language('Tiếng Việt', 'vi', 'vietnamese', '越南语', '越南語', 'ベトナム語'),
  language('ไทย', 'th', 'thai', '泰语', '泰語', 'タイ語'),
  language('Bahasa Indonesia', 'id', 'indonesian', '印尼语', '印尼語', 'インドネシア語'),
  language('हिन्दी', 'hi', 'hindi', '印地语', '印地語', 'ヒンディー語'),
  language('עברית', 'he', 'hebrew', '希伯来语', '希伯來語', 'ヘブライ語'),
  language('Svenska', 'sv', 'swedish', '瑞典语', '瑞典語', 'スウェーデン語'),
];

/** The names of languages in themselves; that of the display language first. @param display like `en` or `zh-cn` */
export function languageNames(display: string): readonly string[] {
  const first = find(display);
  return [...(first === undefined ? [] : [first]), ...languages.filter((each) => each !== first)].map(({ own }) => own);
}

/**
 * The languages to choose from, as they are offered: that of the last time first, then that of the display.
 *
 * @param choices the app's, in its own words; empty if it takes any
 */
export function languagesToOffer(
  choices: readonly string[],
  last: string | undefined,
  display: string,
): { readonly offered: readonly string[]; readonly last: string | undefined } {
  const known = choices.length === 0 || last === undefined ? last : sameLanguage(last, choices);
  const ofDisplay = choices.length === 0 ? undefined : sameLanguage(display, choices);
  const first = [known, ofDisplay].filter((each) => each !== undefined);
  const others = choices.length === 0 ? languageNames(display) : choices;
  return { offered: [...new Set([...first, ...others])], last: known };
}

/** Whether the text names a language of people, in whatever script: `German`, `Deutsch (DE)`, `德语`, `de-AT`. */
export function namesLanguage(text: string): boolean {
  return find(text) !== undefined;
}

/** The one of the choices that is the same language, in whatever script and however it is written. */
export function sameLanguage(wanted: string, choices: readonly string[]): string | undefined {
  const exact = choices.find((choice) => plain(choice) === plain(wanted));
  if (exact !== undefined) return exact;
  const meant = find(wanted);
  return meant === undefined ? undefined : choices.find((choice) => find(choice) === meant);
}

function language(own: string, ...names: readonly string[]): Language {
  return { own, names: [...names, plain(own)] };
}

/** As it is written, else without what stands in brackets, else what stands there, else a code without its region. */
function find(text: string): Language | undefined {
  const written = plain(text);
  const outside = plain(text.replaceAll(/[(（[].*?[)）\]]/g, ' '));
  const inside = /[(（[](.*?)[)）\]]/.exec(text)?.[1] ?? '';
  const order = [
    plain(`${inside} ${outside}`),
    plain(inside + outside),
    written,
    outside,
    plain(inside),
    ...written.split(/\s*[/|,·–]\s*|\s+-\s+/),
  ];
  if (/^[a-z]{2}-[a-z]{2,4}$/.test(written)) order.push(written.slice(0, 2));
  for (const name of order) {
    const found = languages.find(({ names }) => names.includes(name));
    if (found !== undefined) return found;
  }
  return undefined;
}

/** Lower case, no flags, `_` as `-`. */
function plain(text: string): string {
  return text
    .toLowerCase()
    .replaceAll(/[^\p{L}\p{M}\p{N}\s_/|,·–-]/gu, ' ')
    .replaceAll('_', '-')
    .replaceAll(/\s+/g, ' ')
    .trim();
}
