import type { Range, Uri } from 'vscode';

/** One selection, and what stood there when it was read. */
export interface SourcePart {
  readonly range: Range;
  readonly text: string;
}

/** The text that an action works on, and where it stands. */
export interface Source {
  readonly uri: Uri;
  readonly languageId: string;
  /** One for each selection, from top to bottom; at least one. Of a file that is no text one without text. */
  readonly parts: readonly SourcePart[];
  /** Name of the file, without its folder. */
  readonly file: string;
  /** Path in the workspace with line numbers, like `docs/notes.md:3-9`, for people. */
  readonly place: string;
  /** Files that go to the app as files, because they are no text. */
  readonly attached: readonly Uri[];
}
