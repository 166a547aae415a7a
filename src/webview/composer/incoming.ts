/** A pasted text longer than this, in UTF-16 code units or in lines, would bury the question: it goes along as a chip. */
const longest = 10_000;
const mostLines = 200;

/** Largest file that is read in the page: the host cuts what is larger. */
const mostBytes = 200 * 1024;

/** Where VS Code and others put the addresses of what is dragged. */
const addressTypes = ['application/vnd.code.uri-list', 'text/uri-list'];

/** Whether the text goes along as a chip rather than into the field. */
export function isLong(text: string): boolean {
  return text.length > longest || text.split('\n', mostLines + 1).length > mostLines;
}

/** Whether something is dragged that may be dropped here: files, or rows of the explorer and editor tabs. */
export function bringsFiles(transfer: Pick<DataTransfer, 'types'> | null): boolean {
  const types = transfer?.types ?? [];
  return types.includes('Files') || addressTypes.some((type) => types.includes(type));
}

/** The addresses, one a line; '' if there are none, as for files from outside of VS Code. */
export function addressesIn(transfer: Pick<DataTransfer, 'getData'>): string {
  return addressTypes.map((type) => transfer.getData(type)).find((text) => text.trim() !== '') ?? '';
}

/** The beginning of a text file, as large as it may go along; `undefined` if it is no text. */
export async function textOf(file: Blob): Promise<string | undefined> {
  const bytes = await file.slice(0, mostBytes + 1).arrayBuffer();
  try {
    // The last character may be cut in two.
    const text = new TextDecoder('utf-8', { fatal: true }).decode(bytes, { stream: file.size > bytes.byteLength });
    return text.includes('\0') ? undefined : text;
  } catch {
    return undefined;
  }
}
