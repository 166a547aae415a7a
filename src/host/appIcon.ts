import { pictureAddress } from './media.ts';

/** Largest image that is taken for an icon, in bytes. */
const largest = 64_000;

/** The image as a `data:` address; `undefined` for what is too large, or is none by its first bytes, whatever the server calls it. */
export function iconOf(bytes: Uint8Array): string | undefined {
  return bytes.length > largest ? undefined : pictureAddress(bytes);
}
