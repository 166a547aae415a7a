import type { Citation } from '../../../dify/metadata.ts';
import { matchLines } from './matchLines.ts';

/** The files of the workspace, for who looks for a text in them. */
export interface WorkspaceFiles<File> {
  /** Files whose name is this; with `*` any ending. */
  readonly named: (name: string, most: number) => Promise<readonly File[]>;
  /** Files that may hold a text, those for people first. */
  readonly texts: (most: number) => Promise<readonly File[]>;
  /** As it is now; `undefined` for what is no text, or too large. */
  readonly read: (file: File) => Promise<string | undefined>;
}

export interface FoundSource<File> {
  readonly file: File;
  /** From 0; `undefined` where only the name is the same. */
  readonly lines: readonly [first: number, last: number] | undefined;
}

/** Most files of one name, and of any, that are looked through. */
const most = { named: 50, texts: 2_000 } as const;

/** So much of the piece has to be in a file of another name. */
const leastElsewhere = 0.75;

/**
 * Where in the workspace the piece of a cited document is: in a file of the document's name if there is one, else in whatever file has
 * its text. A file that has the name alone, and is the only one, is the document as it is now.
 */
export async function findSource<File>(
  { document_name, content }: Pick<Citation, 'document_name' | 'content'>,
  files: WorkspaceFiles<File>,
  signal: AbortSignal,
): Promise<FoundSource<File> | undefined> {
  const name = lastPart(document_name);
  const exact = name === '' ? [] : await files.named(name, most.named);
  const inExact = await bestOf(exact, content, files, signal);
  if (inExact !== undefined) return inExact.found;
  const stem = name.replace(/\.[^.]{1,8}$/, '');
  const alike = stem.length < 2 ? [] : await files.named(`${stem}.*`, most.named);
  const inAlike = await bestOf(alike, content, files, signal);
  if (inAlike !== undefined) return inAlike.found;
  const [only] = exact;
  if (only !== undefined) return exact.length === 1 ? { file: only, lines: undefined } : undefined;
  return await firstWith(content, files, signal);
}

/** A document may be called by a path, or by the address of a page. */
function lastPart(name: string): string {
  return (
    name
      .trim()
      .split(/[\\/]/)
      .findLast((part) => part !== '') ?? ''
  );
}

async function bestOf<File>(
  candidates: readonly File[],
  content: string,
  files: WorkspaceFiles<File>,
  signal: AbortSignal,
): Promise<{ readonly found: FoundSource<File>; readonly share: number } | undefined> {
  let best: { readonly found: FoundSource<File>; readonly share: number } | undefined;
  for (const file of candidates) {
    if (signal.aborted) break;
    // oxlint-disable-next-line no-await-in-loop -- One text at a time is in memory.
    const match = matchLines(content, (await files.read(file)) ?? '');
    if (match !== undefined && match.share > (best?.share ?? 0)) {
      best = { found: { file, lines: match.lines }, share: match.share };
    }
  }
  return best;
}

async function firstWith<File>(
  content: string,
  files: WorkspaceFiles<File>,
  signal: AbortSignal,
): Promise<FoundSource<File> | undefined> {
  for (const file of await files.texts(most.texts)) {
    if (signal.aborted) return undefined;
    // oxlint-disable-next-line no-await-in-loop -- The first that has it ends the search.
    const match = matchLines(content, (await files.read(file)) ?? '');
    if (match !== undefined && match.share >= leastElsewhere) return { file, lines: match.lines };
  }
  return undefined;
}
