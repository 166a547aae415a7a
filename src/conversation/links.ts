/** The longest address that may be opened. */
const longest = 2048;

/** White space, controls, bidirectional and other invisible characters: an address that holds one is not what it looks like. */
const deceptive = /[\s\p{Cc}\p{Cf}\p{Co}\p{Cn}\p{Zl}\p{Zp}]/u;

/**
 * The address that a link of an answer leads to, as it would be opened; `undefined` if it may not be a link. The page asks before it draws
 * one, and the extension host asks again before it opens one: what a page posts is not trusted.
 * Only https, http and mailto written in full; no user name, which serves to disguise the host.
 */
export function allowedAddress(href: string): string | undefined {
  if (href.length > longest || deceptive.test(href) || !/^(https?:\/\/[^/\\]|mailto:[^/])/i.test(href))
    return undefined;
  const url = URL.parse(href);
  if (url === null || url.username !== '' || url.password !== '') return undefined;
  return url.href;
}
