import type { InputControl } from '../../dify/inputForm.ts';
import type { Answer } from '../quickInput.ts';

/** A document that text is written in. */
export interface Sheet {
  readonly name: string;
  /** VS Code's word for its language. */
  readonly language: 'plaintext' | 'json';
}

/** One line to be typed. */
export interface LineQuestion {
  readonly title: string;
  readonly canGoBack: boolean;
  readonly prompt: string;
  readonly placeholder: string;
  readonly value: string;
  /** What is wrong with what stands there, while it is typed, or ''. */
  readonly typing: (text: string) => string;
  /** The same when it is accepted. */
  readonly problem: (text: string) => string;
  /** How much of the room is used, or ''. */
  readonly counted: (text: string) => string;
  /** For text of several lines: the document that it may be written in. */
  readonly editor: Sheet | undefined;
  /** Whether the other fields can be looked at. */
  readonly hasMore: boolean;
  /** Hears every change, so that nothing typed is lost. */
  readonly changed: (text: string) => void;
}

export interface Row {
  readonly id: string;
  readonly label: string;
  readonly description?: string;
  readonly detail?: string;
  /** Name of a codicon. */
  readonly icon?: string;
}

export interface RowQuestion {
  readonly title: string;
  readonly canGoBack: boolean;
  readonly placeholder: string;
  readonly rows: readonly Row[];
  /** The row that the keyboard begins at. */
  readonly active: string | undefined;
  readonly hasMore: boolean;
}

/** A file of this computer or the workspace. */
export interface LocalFile {
  readonly name: string;
  /** Bytes. */
  readonly size: number;
  /** Where it is; none for what a page brings. */
  readonly uri?: string;
  /** A small picture of it as a `data:` address, where there is one. */
  readonly thumbnail?: string;
  readonly read: () => Promise<Uint8Array>;
}

/** What a question gives: `all` where the person wants to see all fields. */
export type Said<T> = Answer<T> | 'all';

/** The answer in an object: what is typed may be any word. */
export interface Typed {
  readonly text: string;
}

/** What filling in a form asks and tells. Everywhere `undefined` is: the person gave up, or took nothing. */
export interface InputAsks {
  line(question: LineQuestion): Promise<Said<Typed>>;
  choose(question: RowQuestion): Promise<Said<Pick<Row, 'id'>>>;
  /** Text of several lines, in an editor. */
  write(sheet: Sheet, text: string): Promise<string | undefined>;
  /** Files of this computer; more than one where the field takes them. */
  openFiles(control: Pick<InputControl, 'type' | 'label' | 'files'>): Promise<readonly LocalFile[] | undefined>;
  workspaceFiles(control: InputControl): Promise<readonly LocalFile[] | undefined>;
  /** Works behind a notification that can be cancelled; `told` hears how far it is, in per cent. */
  working<T>(
    title: string,
    work: (told: (percent: number) => void, signal: AbortSignal) => Promise<T>,
  ): Promise<T | undefined>;
  /** Nobody waits for an answer. */
  warn(sentence: string): void;
}
