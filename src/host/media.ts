/** How files begin that every VS Code can show and that hold nothing but an image, in hexadecimal. */
const pictures: readonly (readonly [type: string, beginning: string])[] = [
  ['image/png', '89504e470d0a1a0a'],
  ['image/jpeg', 'ffd8ff'],
  ['image/gif', '47494638(37|39)61'],
  ['image/webp', '52494646........57454250'],
];

const sounds: readonly (readonly [type: string, beginning: string])[] = [
  ['audio/mpeg', '494433|ff(e|f)[2-7a-f]'],
  ['audio/wav', '52494646........57415645'],
  ['audio/ogg', '4f676753'],
  ['audio/flac', '664c6143'],
  ['audio/mp4', '........66747970(4d344[12]|69736f6d|6d7034)'],
];

/** The picture as a `data:` address; `undefined` for what is none by its first bytes, whatever the server calls it. */
export function pictureAddress(bytes: Uint8Array): string | undefined {
  return addressOf(bytes, pictures);
}

/** The sound as a `data:` address, likewise. */
export function soundAddress(bytes: Uint8Array): string | undefined {
  return addressOf(bytes, sounds);
}

function addressOf(bytes: Uint8Array, types: typeof pictures): string | undefined {
  const beginning = Buffer.from(bytes.subarray(0, 16)).toString('hex');
  const type = types.find(([, pattern]) => new RegExp(`^(${pattern})`).test(beginning))?.[0];
  return type === undefined ? undefined : `data:${type};base64,${Buffer.from(bytes).toString('base64')}`;
}
