import type { Ask } from './ask.ts';

/** A part of a multipart body, as it is written: file names and types are the caller's to get wrong. */
export interface Part {
  readonly name: string;
  readonly content: string | Uint8Array;
  readonly filename?: string;
  readonly type?: string;
}

const boundary = '----contract-boundary-7d3f';

/** A POST of these parts. */
export function multipart(path: string, parts: readonly Part[]): Ask {
  const bytes = parts.flatMap(({ content, filename, name, type }) => {
    const disposition = `form-data; name="${name}"${filename === undefined ? '' : `; filename="${filename}"`}`;
    const head = `--${boundary}\r\nContent-Disposition: ${disposition}\r\n`;
    const typed = type === undefined ? '' : `Content-Type: ${type}\r\n`;
    return [Buffer.from(`${head}${typed}\r\n`), Buffer.from(content), Buffer.from('\r\n')];
  });
  return {
    path,
    method: 'POST',
    body: new Uint8Array(Buffer.concat([...bytes, Buffer.from(`--${boundary}--\r\n`)])),
    headers: { 'Content-Type': `multipart/form-data; boundary=${boundary}` },
  };
}

/** A PNG of one point. */
export const dot = new Uint8Array(
  Buffer.from(
    'iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNkYPhfDwAChwGA60e6kgAAAABJRU5ErkJggg==',
    'base64',
  ),
);
