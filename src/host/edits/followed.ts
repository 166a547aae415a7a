import type { Disposable, Event } from 'vscode';
import type { Source } from '../source/source.ts';
import type { AnchorState } from './anchor.ts';
import type { Answers } from './planner.ts';

/**
 * The text that an action works on, followed while its document changes, is renamed, closed and opened again.
 * Every method that changes something tells the person itself what went wrong and offers what still works. It gives true if the
 * document was changed, by one undo step.
 */
export interface Followed extends Disposable {
  readonly source: Source;
  /** `same`: as it was read, or as we wrote it; `gone`: there is no place any more. */
  state(): AnchorState;
  /** The state may have changed. */
  readonly onDidChange: Event<void>;
  /**
   * @param how whether VS Code's diff comes first; then the promise waits until the person decides. `compare`: also over a text that was
   * changed
   */
  replace(answers: Answers, how: 'preview' | 'direct' | 'compare'): Promise<boolean>;
  insertBelow(answers: Answers): Promise<boolean>;
  /** Goes to the text editor that was last used, whatever document it shows. */
  insertAtCursor(text: string): Promise<boolean>;
  newFile(text: string): Promise<boolean>;
  /** Streams an answer into the place of one part. */
  live(part: number): Live;
}

/** An answer that streams into the document. */
export interface Live {
  /** @param text the whole text so far; it need not begin with what was written before */
  write(text: string): void;
  /**
   * No more will come. Where it gave up, the answer takes the place of the text now, if that is still as it was.
   *
   * @param text the whole answer; `undefined` puts the text back that stood there
   */
  finish(text: string | undefined): Promise<boolean>;
  /** Somebody changed the document: the text that stood there is back, if nobody touched what was written, and nothing is written before the end. */
  readonly onDidGiveUp: Event<void>;
}
