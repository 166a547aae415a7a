import { t } from '../words.ts';

/** A size for people, like `1.2 kB`. @param bytes also where the text is none */
export function sizeOf(bytes: number): string {
  if (bytes < 1_000) return t('{n} bytes', { n: bytes });
  const [n, unit] = bytes < 1_000_000 ? [bytes / 1_000, 'kB'] : [bytes / 1_000_000, 'MB'];
  return `${n < 10 ? n.toFixed(1) : Math.round(n)} ${unit}`;
}
