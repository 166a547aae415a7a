import { Range, Uri, workspace } from 'vscode';
import type { ResultPosition, ResultSource } from '../../../conversation/result.ts';
import type { Source } from '../../source/source.ts';

/** The source as it is kept in a file. */
export function plainSource({ uri, languageId, file, place, parts }: Source): ResultSource {
  const kept = parts.map(({ range, text }) => ({ start: plain(range.start), end: plain(range.end), text }));
  return { uri: uri.toString(), languageId, file, place, parts: kept };
}

function plain({ line, character }: Range['start']): ResultPosition {
  return { line, character };
}

/** The source that {@link plainSource} made plain. */
export function sourceOf({ uri, languageId, file, place, parts }: ResultSource): Source {
  return {
    uri: Uri.parse(uri, true),
    languageId,
    file,
    place,
    parts: parts.map(({ start, end, text }) => ({
      range: new Range(start.line, start.character, end.line, end.character),
      text,
    })),
    attached: [],
  };
}

/** Whether all of it still stands where it stood, as far as can be told after a while. */
export async function isStillThere({ uri, parts }: Source): Promise<boolean> {
  try {
    // Opening one that has no file would make another, empty one.
    const isOpen = workspace.textDocuments.some((open) => open.uri.toString() === uri.toString());
    if (uri.scheme === 'untitled' && !isOpen) return false;
    const document = await workspace.openTextDocument(uri);
    return parts.every(({ range, text }) => document.getText(range) === text);
  } catch {
    // The file is gone, or was never one.
    return false;
  }
}
