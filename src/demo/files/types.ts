/** What Dify calls a file's type. */
export type FileType = 'image' | 'document' | 'audio' | 'video' | 'custom';

const fileTypes: readonly FileType[] = ['image', 'document', 'audio', 'video', 'custom'];

const extensionsOf: Readonly<Record<Exclude<FileType, 'custom'>, readonly string[]>> = {
  image: ['jpg', 'jpeg', 'png', 'webp', 'gif', 'svg'],
  video: ['mp4', 'mov', 'mpeg', 'webm'],
  audio: ['mp3', 'm4a', 'wav', 'amr', 'mpga'],
  document: 'txt markdown md mdx pdf html htm xlsx xls vtt properties doc docx csv eml msg pptx ppt xml epub'.split(
    ' ',
  ),
};

/** The type that the server reads off the extension (without its dot), else off the media type. */
export function detectedType(extension: string, mimeType: string): FileType {
  const byExtension = fileTypes.find((type) => type !== 'custom' && extensionsOf[type].includes(extension));
  if (byExtension !== undefined) return byExtension;
  const byMime = (['image', 'video', 'audio'] as const).find((type) => mimeType.includes(type));
  return byMime ?? (/text|pdf/.test(mimeType) ? 'document' : 'custom');
}

export function isFileType(value: unknown): value is FileType {
  return fileTypes.some((type) => type === value);
}

const mebibyte = 1024 * 1024;

/** The most bytes that may be uploaded under this extension: exactly so many pass. */
export function sizeLimit(extension: string): number {
  if (extensionsOf.image.includes(extension)) return 10 * mebibyte;
  if (extensionsOf.video.includes(extension)) return 100 * mebibyte;
  if (extensionsOf.audio.includes(extension)) return 50 * mebibyte;
  return 15 * mebibyte;
}

const mimeTypes: Readonly<Record<string, string>> = {
  png: 'image/png',
  jpg: 'image/jpeg',
  jpeg: 'image/jpeg',
  gif: 'image/gif',
  webp: 'image/webp',
  svg: 'image/svg+xml',
  mp4: 'video/mp4',
  mov: 'video/quicktime',
  mpeg: 'video/mpeg',
  webm: 'video/webm',
  mp3: 'audio/mpeg',
  wav: 'audio/x-wav',
  m4a: 'audio/mp4',
  txt: 'text/plain',
  md: 'text/markdown',
  markdown: 'text/markdown',
  html: 'text/html',
  htm: 'text/html',
  csv: 'text/csv',
  xml: 'text/xml',
  json: 'application/json',
  pdf: 'application/pdf',
  doc: 'application/msword',
  docx: 'application/vnd.openxmlformats-officedocument.wordprocessingml.document',
  xlsx: 'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet',
  pptx: 'application/vnd.openxmlformats-officedocument.presentationml.presentation',
  py: 'text/x-python',
  zip: 'application/zip',
};

/** The media type that a name suggests, '' if none. */
export function guessedMimeType(filename: string): string {
  return mimeTypes[extensionOf(filename)] ?? '';
}

/** Lower case, without the dot; '' for none. A leading dot begins no extension. */
export function extensionOf(filename: string): string {
  return /[^./\\]\.([^./\\]*)$/.exec(filename)?.[1]?.toLowerCase() ?? '';
}
