import type { Parsed } from './parser.ts';

/** Where a growing block is after more text. */
export interface Progress {
  /** Text that stands behind the block and is not part of it. */
  readonly after: string;
  /** Whether the block is over, whatever comes. */
  readonly over: boolean;
}

/** The last block of an answer, of a kind that can take more text without being parsed from its beginning. */
export interface Growth {
  readonly element: HTMLElement;
  /** How much text the next step has to do with again. */
  readonly open: number;
  append(text: string): Progress;
  /** No more text will come. @returns the text behind the block */
  finish(): string;
}

/** Parses blocks; whoever hands it in keeps an eye on what is found. */
export type Parse = (text: string) => Parsed;
