import { FileType, languages, workspace, type Range, type Uri } from 'vscode';
import { sizeOf } from '../../../conversation/fileProblem.ts';
import { diagnosticsIn } from '../../source/gather.ts';
import { uncommitted } from '../../source/gitDiff.ts';
import { nameOf } from '../../source/placeOf.ts';
import { t } from '../../words.ts';
import type { Read } from './attachment.ts';

/** A file larger than this is not even read, in bytes. */
const largest = 5 * 1024 * 1024;

/** The text of a file as the editor has it, saved or not, else as it is on the disk. Nothing is opened for that. */
export async function readFileText(uri: Uri): Promise<Read> {
  const document = openDocument(uri);
  if (document !== undefined) return { text: document.getText() };
  const file = nameOf(uri);
  const { size, type } = await workspace.fs.stat(uri);
  if ((type & FileType.File) === 0) return { problem: t('{file} is a folder. Attach the files in it.', { file }) };
  if (size > largest) {
    const words = { file, size: sizeOf(size), limit: sizeOf(largest) };
    return { problem: t('{file} is {size}. The limit is {limit}.', words) };
  }
  const text = decoded(await workspace.fs.readFile(uri));
  return text === undefined ? { problem: t('{file} is no text. Only text can be attached here.', { file }) } : { text };
}

/** The piece of a file, as it is now. */
export async function readLines(uri: Uri, [first, last]: readonly [number, number]): Promise<Read> {
  const read = await readFileText(uri);
  return 'problem' in read
    ? read
    : {
        text: read.text
          .split('\n')
          .slice(first - 1, last)
          .join('\n'),
      };
}

export function openDocument(uri: Uri) {
  return workspace.textDocuments.find((document) => document.uri.toString() === uri.toString() && !document.isClosed);
}

export async function readProblems(uri: Uri): Promise<Read> {
  const text = diagnosticsIn(uri, undefined);
  return text === '' ? { problem: t('{file} has no problems now.', { file: nameOf(uri) }) } : { text };
}

export function hasProblems(uri: Uri): boolean {
  return languages.getDiagnostics(uri).length > 0;
}

export async function readChanges(uri: Uri | undefined): Promise<Read> {
  const text = await uncommitted(uri);
  return text === '' ? { problem: t('There are no changes that are not committed.') } : { text };
}

/** From line to line, for people; a selection that ends at the beginning of a line ends with the line before. */
export function linesOf({ start, end }: Range): readonly [number, number] {
  const last = end.character === 0 && end.line > start.line ? end.line : end.line + 1;
  return [start.line + 1, last];
}

function decoded(bytes: Uint8Array): string | undefined {
  try {
    const text = new TextDecoder('utf-8', { fatal: true }).decode(bytes);
    return text.includes('\0') ? undefined : text;
  } catch {
    return undefined;
  }
}
