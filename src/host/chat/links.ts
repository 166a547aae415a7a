/** Schemes that a link in an answer may have. */
const schemes = new Set(['https:', 'http:', 'mailto:']);

/** Controls, bidirectional marks, zero-width characters, spaces: nothing that an address needs, all that it can hide behind. */
const hidden = /[\p{Cc}\p{Cf}\p{Z}]/u;

/** The address to open for a link in an answer, or `undefined` if it is not one that may be opened. */
export function openableLink(href: string): string | undefined {
  if (href.length > 2_048 || hidden.test(href) || !URL.canParse(href)) return undefined;
  const url = new URL(href);
  // "https://github.com@evil.test" shows one host and opens another.
  return schemes.has(url.protocol) && url.username === '' && url.password === '' ? url.href : undefined;
}
