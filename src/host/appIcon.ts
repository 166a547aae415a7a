/** Largest image that is taken for an icon, in bytes. */
const largest = 64_000;

/** How files of the image types begin that every VS Code can show and that hold nothing but an image, in hexadecimal. */
const types: readonly (readonly [type: string, beginning: string])[] = [
  ['image/png', '89504e470d0a1a0a'],
  ['image/jpeg', 'ffd8ff'],
  ['image/gif', '47494638(37|39)61'],
  ['image/webp', '52494646........57454250'],
];

/** The image as a `data:` address; `undefined` for what is too large, or is none by its first bytes, whatever the server calls it. */
export function iconOf(bytes: Uint8Array): string | undefined {
  if (bytes.length > largest) return undefined;
  const beginning = Array.from(bytes.subarray(0, 12), (byte) => byte.toString(16).padStart(2, '0')).join('');
  const type = types.find(([, pattern]) => new RegExp(`^${pattern}`).test(beginning))?.[0];
  return type === undefined ? undefined : `data:${type};base64,${base64(bytes)}`;
}

function base64(bytes: Uint8Array): string {
  return btoa(Array.from(bytes, (byte) => String.fromCharCode(byte)).join(''));
}
