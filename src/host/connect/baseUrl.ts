import { isLoopback } from '../app.ts';

/** Paths of Dify's own pages: the studio, a web app. The API is not below them. */
const pages = /^\/(?:apps?|explore|chat|chatbot|completion|workflow|signin)(?:\/.*)?$/;

/** Dify Cloud has its pages and its API on different hosts. */
const cloud = new Set(['cloud.dify.ai', 'udify.app']);

/**
 * The address of the API in what a person pasted: with or without scheme, `/v1`, an endpoint behind it, or the address of a page.
 * `undefined` if it is not a web address.
 */
export function baseUrlOf(pasted: string): string | undefined {
  const text = pasted.trim();
  if (text === '' || /\s/.test(text)) return undefined;
  const url = parse(text);
  if (url === undefined || !isUsable(url)) return undefined;
  if (cloud.has(url.hostname)) return 'https://api.dify.ai/v1';
  const api = /^.*\/v1(?=\/|$)/.exec(url.pathname)?.[0];
  return url.origin + (api ?? `${url.pathname.replace(pages, '').replace(/\/+$/, '')}/v1`);
}

function parse(text: string): URL | undefined {
  if (/^[a-z][a-z0-9+.-]*:\/\//i.test(text)) return URL.canParse(text) ? new URL(text) : undefined;
  if (!URL.canParse(`https://${text}`)) return undefined;
  const url = new URL(`https://${text}`);
  // What runs on this computer seldom has a certificate.
  return isLoopback(url) ? new URL(`http://${text}`) : url;
}

/** A name and password in the address would be shown and stored in clear. */
function isUsable({ protocol, hostname, username, password }: URL): boolean {
  return (protocol === 'https:' || protocol === 'http:') && hostname !== '' && username === '' && password === '';
}
