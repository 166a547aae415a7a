import { EventEmitter, window, type TextDocument, type TextEditor } from 'vscode';
import { withoutTornTag } from '../../conversation/thinking.ts';
import type { Live } from './followed.ts';
import type { FollowedDocument } from './followedDocument.ts';
import { documentState, editorOf, eolOf, isReadOnly, rangeOf } from './place.ts';
import { type Edit, replacementOf, withoutCommonStart } from './planner.ts';

/**
 * Streams an answer into the editor. All its edits are one undo step, as long as nobody else changes the document. Then it gives up,
 * and the answer goes into the document at its end like any other.
 */
export class LiveEdits implements Live {
  readonly #followed: FollowedDocument;
  readonly #part: number;
  readonly #gaveUp = new EventEmitter<void>();
  readonly #listening: { dispose: () => void };
  readonly #isReadOnly: Promise<boolean>;
  /** What is to be written as soon as the edit before is done. */
  #next: string | undefined;
  #writing: Promise<void> = Promise.resolve();
  #state: 'streaming' | 'givenUp' | 'finished' = 'streaming';

  readonly onDidGiveUp = this.#gaveUp.event;
  readonly #release: () => void;

  constructor(followed: FollowedDocument, part: number) {
    this.#followed = followed;
    this.#part = part;
    this.#isReadOnly = isReadOnly(followed.openDocument?.uri ?? followed.source.uri);
    this.#listening = followed.onDidTouch(() => this.#giveUp());
    followed.streams.begin(part);
    this.#release = followed.hold();
  }

  write(text: string): void {
    if (this.#state !== 'streaming') return;
    const isWaiting = this.#next !== undefined;
    this.#next = text;
    if (!isWaiting) this.#writing = this.#followed.streams.inTurn(() => this.#writeNext());
  }

  async finish(text: string | undefined): Promise<boolean> {
    this.#next = undefined;
    await this.#writing;
    const isWritten = await this.#followed.streams.inTurn(() => this.#writeLast(text));
    // What was given up is put back first.
    await this.#writing;
    this.#state = 'finished';
    this.#listening.dispose();
    this.#gaveUp.dispose();
    const isLate = await this.#followed.streams.end(this.#part, isWritten ? undefined : text).finally(this.#release);
    return isWritten ? text !== undefined : isLate;
  }

  async #writeNext(): Promise<void> {
    const next = this.#next;
    this.#next = undefined;
    if (next === undefined || (await this.#isReadOnly) || this.#state !== 'streaming') return;
    const document = this.#followed.openDocument;
    // Here, and not for each piece that comes: it looks through all of the text.
    const whole = document === undefined ? undefined : this.#replacement(document, withoutTornTag(next));
    if (document === undefined || whole === undefined || editorOf(document) === undefined) return;
    const edit = withoutCommonStart(whole, document.getText());
    if (edit.text !== '' || edit.start < edit.end) await this.#make(document, edit, whole.text, false);
  }

  /** Ends what was streamed with the whole answer, or without one puts the text back; false if it cannot be done in the editor. */
  async #writeLast(text: string | undefined): Promise<boolean> {
    const isLast = this.#followed.streams.isLast(this.#part);
    const document = this.#followed.openDocument;
    if (document === undefined || (await this.#isReadOnly) || this.#state !== 'streaming') return false;
    if (text === undefined) {
      await this.#putBack(isLast);
      return true;
    }
    const isShown = this.#followed.streams.isInStep || editorOf(document) !== undefined;
    const whole = isShown ? this.#replacement(document, text) : undefined;
    // All of it once more: an edit that changes nothing would not end the undo step.
    return whole !== undefined && this.#make(document, whole, whole.text, isLast);
  }

  /** `undefined` if it says nothing yet, or the place is not what it was. */
  #replacement(document: TextDocument, text: string): Edit | undefined {
    const { track } = this.#followed;
    const anchor = track.anchors[this.#part];
    if (anchor === undefined || track.stateOf(this.#part) !== 'same') return undefined;
    const edit = replacementOf(documentState(document), anchor, text);
    return edit.text === '' ? undefined : edit;
  }

  /**
   * @param written what stands at the part after the edit
   * @param isLast whether nothing more is written for any part
   */
  async #make(document: TextDocument, edit: Edit, written: string, isLast: boolean): Promise<boolean> {
    const { streams } = this.#followed;
    const text = document.getText();
    const editor = editorOf(document) ?? (await shown(document));
    if (editor === undefined || document.getText() !== text) return false;
    const stops = { undoStopBefore: !streams.isInStep, undoStopAfter: isLast };
    const range = rangeOf(document, edit);
    const done = await this.#followed.own({ part: this.#part, edit, written }, () =>
      editor.edit((builder) => builder.replace(range, edit.text), stops),
    );
    if (done) streams.isInStep = !stops.undoStopAfter;
    return done;
  }

  /** Before anything else is written: somebody works in the document. */
  #giveUp(): void {
    if (this.#state !== 'streaming') return;
    this.#state = 'givenUp';
    this.#next = undefined;
    // What somebody did is an undo step of its own.
    this.#followed.streams.isInStep = false;
    this.#writing = this.#followed.streams.inTurn(() => this.#putBack(true));
    this.#gaveUp.fire();
  }

  /** The text that stood there comes back, unless somebody changed what was written. */
  async #putBack(isLast: boolean): Promise<void> {
    const { track, openDocument: document } = this.#followed;
    const anchor = track.anchors[this.#part];
    if (document === undefined || anchor === undefined || track.stateOf(this.#part) !== 'same') return;
    const text = anchor.original.replaceAll(/\r?\n/g, eolOf(document));
    const edit = { start: anchor.start, end: anchor.end, text };
    const isThere = document.getText().slice(edit.start, edit.end) === text;
    if (!isThere || this.#followed.streams.isInStep) await this.#make(document, edit, text, isLast);
  }
}

/** `undefined` if its file is gone meanwhile. */
async function shown(document: TextDocument): Promise<TextEditor | undefined> {
  const how = { preserveFocus: true, preview: false };
  return Promise.resolve(window.showTextDocument(document, how)).catch(() => undefined);
}
