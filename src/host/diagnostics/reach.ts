import { isLoopback } from '../app.ts';

/** From where an address can be reached, as far as its name tells. */
export type Reach = 'loopback' | 'private' | 'public';

const privateAddress =
  /^(?:10\.|192\.168\.|172\.(?:1[6-9]|2\d|3[01])\.|169\.254\.|100\.(?:6[4-9]|[7-9]\d|1[01]\d|12[0-7])\.|\[f[cd]|\[fe[89ab])/;

/** Names that no public name server knows: of one word, or under an ending kept for networks of one's own. */
const privateName = /^[^.[]+$|\.(?:local|internal|lan|home|corp|intranet|home\.arpa)$/;

export function reachOf(url: URL): Reach {
  if (isLoopback(url)) return 'loopback';
  const isAddress = /^[\d.]+$|^\[/.test(url.hostname);
  return (isAddress ? privateAddress : privateName).test(url.hostname) ? 'private' : 'public';
}
