import { baseUrlOf } from './baseUrl.ts';
import { shellWords } from './shellWords.ts';

/** What a pasted example names: the address it calls, and its key unless a placeholder stands there. */
export interface Example {
  readonly address: string;
  readonly key: string | undefined;
}

/** The options of curl with a value that stand in examples; without them their values would be taken for addresses. */
const shortWithValue = 'XHduAebFTomxEwcCDKQrtyYzUP';
const longWithValue =
  /^--(?:request|header|data(?:-raw|-binary|-urlencode|-ascii)?|json|url|user|user-agent|referer|cookie|cookie-jar|form(?:-string)?|output|max-time|connect-timeout|proxy(?:-user|-header)?|cacert|capath|cert|key|retry(?:-delay|-max-time)?|write-out|resolve|connect-to|interface|oauth2-bearer|upload-file|config|range|limit-rate|noproxy)$/;

const placeholder = /[{}<>$%*…]|^\.{3}|your|api[-_ ]?key|^(?:app-)?x+$|^token$/i;

/**
 * Reads a cURL command such as Dify's API page shows, of any shell, on one line or several; or another example of a call (Python,
 * JavaScript …), of which no more than the address and a key behind `Bearer` are seen. `undefined` for what is none.
 */
export function readExample(pasted: string): Example | undefined {
  const words = shellWords(pasted);
  const at = words.findIndex((word, index) => isCurl(word) && !isCurl(words[index + 1] ?? ''));
  if (at >= 0 && at < words.length - 1) return readCommand(words.slice(at + 1)) ?? readSnippet(pasted);
  return /\s/.test(pasted.trim()) ? readSnippet(pasted) : undefined;
}

function isCurl(word: string): boolean {
  return /^(?:.*[\\/>$%#])?curl(?:\.exe)?$/i.test(word);
}

function readCommand(words: readonly string[]): Example | undefined {
  const { headers, named, positional, bearer } = sorted(words);
  const address = [...named, ...positional].find((word) => looksLikeAddress(word));
  if (address === undefined) return undefined;
  const keys = headers.map((header) => /^\s*authorization\s*:\s*bearer\s+(.+?)\s*$/i.exec(header)?.[1]);
  return { address, key: realKey([...bearer, ...keys].find((key) => key !== undefined)) };
}

interface Sorted {
  readonly headers: string[];
  readonly named: string[];
  readonly positional: string[];
  readonly bearer: string[];
}

function sorted(words: readonly string[]): Sorted {
  const all: Sorted = { headers: [], named: [], positional: [], bearer: [] };
  const lists: Readonly<Record<string, string[]>> = {
    '-H': all.headers,
    '--header': all.headers,
    '--url': all.named,
    '--oauth2-bearer': all.bearer,
  };
  for (let index = 0; index < words.length; index++) {
    const word = words[index] ?? '';
    const option = optionOf(word);
    if (option === undefined) all.positional.push(word);
    else if (option.value !== undefined) lists[option.name]?.push(option.value);
    else if (option.wantsValue) {
      index++;
      lists[option.name]?.push(words[index] ?? '');
    }
  }
  return all;
}

/** The option in a word: `--header=…`, `-H…`, or the last of several letters, as in `-sSX POST`. */
function optionOf(
  word: string,
): { readonly name: string; readonly value: string | undefined; readonly wantsValue: boolean } | undefined {
  if (word.startsWith('--')) {
    const [name = '', ...value] = word.split('=');
    const wantsValue = longWithValue.test(name.toLowerCase());
    return { name: name.toLowerCase(), value: value.length > 0 ? value.join('=') : undefined, wantsValue };
  }
  if (!/^-[a-zA-Z#0-9]/.test(word)) return undefined;
  const at = word.split('').findIndex((letter, index) => index > 0 && shortWithValue.includes(letter));
  if (at < 0) return { name: word, value: undefined, wantsValue: false };
  const value = word.slice(at + 1).replace(/^=/, '');
  return { name: `-${word[at]}`, value: value === '' ? undefined : value, wantsValue: true };
}

function looksLikeAddress(word: string): boolean {
  return /^https?:|[.:]\w|^localhost/i.test(word) && baseUrlOf(word) !== undefined;
}

function readSnippet(pasted: string): Example | undefined {
  const address = /https?:\/\/[^\s"'`<>()]+/i.exec(pasted)?.[0];
  if (address === undefined) return undefined;
  return { address, key: realKey(/\bBearer\s+((?:app|dataset|ds)-[\w-]{4,})/i.exec(pasted)?.[1]) };
}

function realKey(key: string | undefined): string | undefined {
  return key === undefined || placeholder.test(key) ? undefined : key;
}
