/** Names that Windows keeps for devices, with whatever ending. */
const devices = /^(con|prn|aux|nul|com\d|lpt\d)(\.|$)/i;

/** So much of a name is looked at: its end, which says what it is. */
const longest = 1_000;

/** What a server calls a file, as a name that every file system takes and that hides nothing: no folder, no control character. */
export function cleanName(name: string): string {
  const clean = name
    .slice(-longest)
    .replaceAll(/[\\/:*?"<>|\p{Cc}\p{Cf}\p{Zl}\p{Zp}]+/gu, ' ')
    .replaceAll(/\s+/g, ' ')
    .replace(/^[. ]+|[. ]+$/g, '');
  const [, stem = '', ending = ''] = /^(.*?)(\.[^.]{1,16})?$/s.exec(clean) ?? [];
  const short = stem.slice(0, 100).toWellFormed().trimEnd() + ending.toWellFormed();
  if (short === '' || short.startsWith('.')) return `file${short}`;
  return devices.test(short) ? `_${short}` : short;
}
