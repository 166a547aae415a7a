import type { Usage } from './run.ts';

const numbers = keeping((language, options: Intl.NumberFormatOptions) => new Intl.NumberFormat(language, options));
const dates = keeping((language, options: Intl.DateTimeFormatOptions) => new Intl.DateTimeFormat(language, options));

/** A formatter is dear to make: many times what formatting costs. The same wishes get the same one. */
function keeping<Options, Format>(
  make: (language: string, options: Options) => Format,
): (language: string, options: Options) => Format {
  const made = new Map<string, Format>();
  return (language, options) => {
    const wishes = `${language} ${JSON.stringify(options)}`;
    const format = made.get(wishes) ?? make(language, options);
    made.set(wishes, format);
    return format;
  };
}

/** As the language writes dates and times. @param at milliseconds since 1970 */
export function formatDate(at: number, language: string, options: Intl.DateTimeFormatOptions): string {
  return dates(language, options).format(at);
}

/** "0.4 s", "6 s", "2 min", in the digits of the language. */
export function formatSeconds(seconds: number, language: string): string {
  if (seconds >= 100) return `${numbers(language, { maximumFractionDigits: 0 }).format(seconds / 60)} min`;
  const digits = seconds < 10 ? 1 : 0;
  return `${numbers(language, { maximumFractionDigits: digits }).format(seconds)} s`;
}

/** A price with its currency, small amounts with as many digits as say something; undefined where nothing was charged. */
export function formatPrice({ totalPrice, currency }: Usage, language: string): string | undefined {
  const amount = Number(totalPrice);
  if (totalPrice === undefined || !Number.isFinite(amount) || amount === 0) return undefined;
  const digits = amount < 0.1 ? 4 : 2;
  const options: Intl.NumberFormatOptions = {
    minimumFractionDigits: digits,
    maximumFractionDigits: Math.max(digits, 6),
  };
  // Intl wants three letters; a server may send anything.
  if (currency === undefined || !/^[A-Za-z]{3}$/.test(currency)) {
    return `${numbers(language, options).format(amount)} ${currency ?? ''}`.trimEnd();
  }
  return numbers(language, { ...options, style: 'currency', currency }).format(amount);
}

/** How many words a text has; a character of Chinese or Japanese counts as one. */
export function countWords(text: string): number {
  return text.match(/[\p{Script=Han}\p{Script=Hiragana}\p{Script=Katakana}]|[\p{L}\p{N}][\w\p{M}'’-]*/gu)?.length ?? 0;
}

/** Like "10:04", in the digits of the language. */
export function formatTime(at: number, language: string): string {
  return formatDate(at, language, { hour: '2-digit', minute: '2-digit', hourCycle: 'h23' });
}

/** "212 B", "0.9 kB", "1.4 MB", in the digits of the language. */
export function formatSize(size: number, language: string): string {
  if (size < 500) return `${numbers(language, {}).format(size)} B`;
  const [amount, unit] = size < 1000 * 1024 ? [size / 1024, 'kB'] : [size / 1024 / 1024, 'MB'];
  const digits = amount < 10 ? 1 : 0;
  return `${numbers(language, { maximumFractionDigits: digits }).format(amount)} ${unit}`;
}
