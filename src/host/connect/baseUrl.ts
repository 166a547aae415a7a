import { isLoopback } from '../app.ts';

/** Ends of the addresses that people paste from Dify's API page. */
const endpoint =
  /\/(?:chat-messages|completion-messages|workflows\/run|info|parameters|meta|site|messages|conversations)(?:\/.*)?$/;

/**
 * The address of the API in what a person pasted: with or without scheme, `/v1`, trailing slash, or an endpoint behind it.
 * `undefined` if it is not a web address.
 */
export function baseUrlOf(pasted: string): string | undefined {
  const text = pasted.trim();
  if (text === '' || /\s/.test(text)) return undefined;
  const url = parse(text);
  if (url === undefined || (url.protocol !== 'https:' && url.protocol !== 'http:')) return undefined;
  // A name and password in the address would be shown and stored in clear.
  if (url.hostname === '' || url.username !== '' || url.password !== '') return undefined;
  const path = url.pathname.replace(endpoint, '').replace(/\/+$/, '');
  return url.origin + (path.endsWith('/v1') ? path : `${path}/v1`);
}

function parse(text: string): URL | undefined {
  if (/^[a-z][a-z0-9+.-]*:\/\//i.test(text)) return URL.canParse(text) ? new URL(text) : undefined;
  if (!URL.canParse(`https://${text}`)) return undefined;
  const url = new URL(`https://${text}`);
  // What runs on this computer seldom has a certificate.
  return isLoopback(url) ? new URL(`http://${text}`) : url;
}
