import type { Uri } from 'vscode';
import type { ContextItem } from '../../../conversation/conversation.ts';

/** The text of an attachment, or in a sentence why there is none. */
export type Read = { readonly text: string } | { readonly problem: string };

/** Something of the editor that may go along with a question. */
export interface Attachment {
  readonly item: ContextItem;
  /** Where the file stands, by which one that holds secrets is known; '' for what is no file. */
  readonly path: string;
  /** The file that it is, or is about. */
  readonly uri?: Uri;
  /** Whether it is read again when the question is sent, as it is then; a selection stays what was selected. */
  readonly isLive: boolean;
  readonly read: () => Promise<Read>;
}
