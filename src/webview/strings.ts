import { answersWords } from './words/answers.ts';
import { chatWords } from './words/chat.ts';
import { composerWords } from './words/composer.ts';
import { filesWords } from './words/files.ts';
import { formWords } from './words/form.ts';
import { humanInputWords } from './words/humanInput.ts';
import { listsWords } from './words/lists.ts';
import { stepsWords } from './words/steps.ts';
import { sourcesWords } from './words/sources.ts';
import { surviveWords } from './words/survive.ts';
import { runAppsWords } from './words/runApps.ts';
import { richWords } from './words/rich.ts';
import { turnsWords } from './words/turns.ts';
import { uploadsWords } from './words/uploads.ts';

/** Every text of the page: English, 简体中文, 日本語. */
const strings = {
  ...chatWords,
  ...composerWords,
  ...surviveWords,
  ...turnsWords,
  ...formWords,
  ...listsWords,
  ...answersWords,
  ...stepsWords,
  ...filesWords,
  ...sourcesWords,
  ...uploadsWords,
  ...humanInputWords,
  ...runAppsWords,
  ...richWords,
} as const;

type Strings = typeof strings;
type Key = keyof Strings;

/** The names in braces of a text. */
type Names<Text extends string> = Text extends `${string}{${infer Name}}${infer Rest}` ? Name | Names<Rest> : never;
type Values<K extends Key> = Readonly<Record<Names<Strings[K][number]>, string | number>>;

/** The text of a key in one language, its values filled in. A value that is missing does not compile. */
export type Translate = <K extends Key>(
  key: K,
  ...values: [Names<Strings[K][number]>] extends [never] ? [] : [Values<K>]
) => string;

/** @param language BCP 47, as VS Code's display language gives it: `zh-cn`, `ja`; all that is not known is English. */
export function translator(language: string): Translate {
  const column = columnOf(language);
  const numbers = new Intl.NumberFormat(language);
  return (key, ...[values]) => {
    const filled: Readonly<Record<string, string | number>> = values ?? {};
    const text = pluralOf(strings[key][column], filled['n']);
    return text.replace(/\{(\w+)\}/g, (_, name: string) => {
      const value = filled[name] ?? '';
      return typeof value === 'number' ? numbers.format(value) : value;
    });
  };
}

function columnOf(language: string): 0 | 1 | 2 {
  const tag = language.toLowerCase();
  if (tag === 'ja' || tag.startsWith('ja-')) return 2;
  // Traditional Chinese is not translated; English is what VS Code itself falls back to there.
  return /^zh(-cn|-sg|-hans.*)?$/.test(tag) ? 1 : 0;
}

function pluralOf(text: string, n: string | number | undefined): string {
  const [one = '', other] = text.split('|');
  return other === undefined || n === 1 ? one : other;
}
