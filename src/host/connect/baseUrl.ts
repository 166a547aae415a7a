import { isLoopback } from '../app.ts';

/** What was pasted cannot be an address of Dify: no web address, one with a name and password in it, or a key. */
export type AddressProblem = 'noAddress' | 'credentials' | 'key';

/** Where the API may be, the likeliest address first; or why there is none. */
export type AddressReading = readonly [string, ...string[]] | AddressProblem;

/** Segments that begin a page of Dify's own, an endpoint, or the API of its pages: the API is not below them. */
const pages =
  /\/(?:apps?|explore|chat|chatbot|completion|workflow|agent|signin|install|datasets|plugins|tools|account|console|api|chat-messages|completion-messages|workflows|info|parameters|site|meta|messages|conversations|files)(?:\/.*)?$/i;

/** Dify Cloud has its pages, documentation and API on different hosts. */
const cloud = /^(?:(?:cloud|docs|legacy-docs|www)\.)?dify\.ai$|^udify\.app$/;

const keys = /^(?:app|dataset|ds)-[\w-]{8,}$/;
const otherSchemes =
  /^(?!https?:)(?:[a-z][a-z0-9+.-]*:\/\/|(?:javascript|data|mailto|file|command|vscode|blob|about):)/i;

/**
 * Reads any address of an app that a person would paste: with or without scheme and `/v1`, an endpoint, a page of the app, in quotes,
 * in Markdown, behind a label. Nothing is asked of the network: which candidate is the API only its answer tells.
 */
export function candidatesOf(pasted: string): AddressReading {
  const text = unwrap(pasted);
  if (keys.test(text)) return 'key';
  if (text === '' || /\s/.test(text) || otherSchemes.test(text)) return 'noAddress';
  const urls = urlsOf(text);
  const [first] = urls;
  if (first === undefined) return 'noAddress';
  if (first.username !== '' || first.password !== '') return 'credentials';
  const [likeliest, ...others] = new Set(urls.flatMap(apisAt));
  return likeliest === undefined ? 'noAddress' : [likeliest, ...others];
}

/** The likeliest address of the API in what was pasted, like `https://api.dify.ai/v1`; `undefined` if there is none. */
export function baseUrlOf(pasted: string): string | undefined {
  const reading = candidatesOf(pasted);
  return typeof reading === 'string' ? undefined : reading[0];
}

/** The address out of what stands around it. */
function unwrap(pasted: string): string {
  const text = pasted.replaceAll(/[\u200b-\u200d\u2060\ufeff]/g, '').trim();
  const withScheme = otherSchemes.test(text)
    ? undefined
    : /https?:\/\/(?:[^\s"'`<>()[\]{}“”]*@)?(?:\[[\da-f:.]+\])?[^\s"'`<>()[\]{}“”，。、；]*/i.exec(text)?.[0];
  const bare = text
    .replace(/^[\p{L}_ ]{2,30}(?:=|[:：]\s)\s*/u, '')
    .replaceAll(/^["'`<(“]+|["'`>)”]+(?=[.,;。，]*$)/g, '');
  return (withScheme ?? bare).trim().replace(/[.,;:!?。，；]+$/, '');
}

/** Without a scheme both are possible; what runs on this computer seldom has a certificate. */
function urlsOf(text: string): readonly URL[] {
  if (/^https?:/i.test(text)) return URL.canParse(text) ? [new URL(text)] : [];
  if (!URL.canParse(`https://${text}`)) return [];
  const [encrypted, plain] = [new URL(`https://${text}`), new URL(`http://${text}`)];
  if (cloud.test(encrypted.hostname) || encrypted.hostname === 'api.dify.ai') return [encrypted];
  return isLoopback(encrypted) ? [plain, encrypted] : [encrypted, plain];
}

function apisAt({ origin, hostname, pathname }: URL): readonly string[] {
  if (hostname === '') return [];
  if (cloud.test(hostname)) return ['https://api.dify.ai/v1'];
  const api = /^(.*)\/v1(?=\/|$)/i.exec(pathname);
  if (api !== null) return [`${origin}${api[1] ?? ''}/v1`];
  const path = pathname.replace(/\/+$/, '');
  const prefix = pathname.replace(pages, '').replace(/\/+$/, '');
  const possible = [`${prefix}/v1`, '/v1', prefix, path].filter((each) => each !== '');
  return possible.map((each) => origin + each);
}
