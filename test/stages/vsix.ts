/** Names of the files in a VSIX, which is a ZIP archive: read from the directory at its end. */
export function filesOf(archive: Buffer): string[] {
  const end = archive.lastIndexOf(Buffer.from([0x50, 0x4b, 5, 6]));
  if (end < 0) {
    throw new Error('This is not a ZIP archive.');
  }
  const count = archive.readUInt16LE(end + 10);
  const names: string[] = [];
  for (let at = archive.readUInt32LE(end + 16); names.length < count;) {
    const [name, extra, comment] = [28, 30, 32].map((offset) => archive.readUInt16LE(at + offset));
    const start = at + 46;
    names.push(archive.toString('utf8', start, start + (name ?? 0)));
    at = start + (name ?? 0) + (extra ?? 0) + (comment ?? 0);
  }
  return names;
}
