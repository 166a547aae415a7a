import { workspace, type Disposable, type TextEditor } from 'vscode';
import type { Source } from '../source/source.ts';
import { Cursor, openNewFile } from './cursor.ts';
import type { Followed } from './followed.ts';
import { FollowedDocument } from './followedDocument.ts';
import { Proposals } from './proposal.ts';
import { type Ask, askByMessage } from './tell.ts';

/** Brings answers into documents: follows what was read, and shows what would become of it. */
export class Edits implements Disposable {
  readonly #ask: Ask;
  readonly #cursor: Cursor;
  readonly #proposals = new Proposals();
  readonly #following = new Set<FollowedDocument>();

  /** @param ask shows a message with buttons */
  constructor(ask: Ask = askByMessage) {
    this.#ask = ask;
    this.#cursor = new Cursor(ask);
  }

  /** Whether the person wants to see the diff before Replace changes anything. */
  static get previews(): boolean {
    return workspace.getConfiguration('difyCompanion.edits').get('preview', true);
  }

  /** Where *Insert at Cursor* would insert, like `notes.md:12`; `undefined` if nowhere. */
  get cursorTarget(): string | undefined {
    return this.#cursor.target;
  }

  /**
   * To be called when the text is read, before anything is awaited.
   *
   * @param title what the answer is called in the title of a diff, like "Summary"
   */
  follow(source: Source, title: string): Followed {
    const followed: FollowedDocument = new FollowedDocument(source, {
      title,
      ask: this.#ask,
      cursor: this.#cursor,
      proposals: this.#proposals,
      disposed: () => this.#following.delete(followed),
    });
    this.#following.add(followed);
    return followed;
  }

  /** Takes this one for the text editor that was used last: it was, before this was loaded. */
  aimAt(editor: TextEditor): void {
    this.#cursor.aimAt(editor);
  }

  /** Inserts at the cursor of the text editor that was used last, replaces nothing; tells the person what came of it. */
  async insertAtCursor(text: string): Promise<boolean> {
    return this.#cursor.insert(text);
  }

  /**
   * Shows in a diff what the text makes of the selection in the text editor that was used last, or of the place of its cursor, and waits
   * until the person decides. @param title as in {@link follow} @returns whether the document was changed
   */
  async proposeAtCursor(text: string, title: string): Promise<boolean> {
    const source = await this.#cursor.source();
    if (source === undefined) return false;
    const followed = this.follow(source, title);
    return followed.replace([text], 'preview').finally(() => followed.dispose());
  }

  /** Opens the text as a file that has no name yet. */
  async newFile(text: string): Promise<boolean> {
    return openNewFile(text);
  }

  /** @param uri of the diff's right side; without it that of the active tab */
  async accept(uri?: unknown): Promise<void> {
    await this.#proposals.accept(uri);
  }

  async reject(uri?: unknown): Promise<void> {
    await this.#proposals.reject(uri);
  }

  dispose(): void {
    for (const followed of this.#following) followed.dispose();
    this.#proposals.dispose();
    this.#cursor.dispose();
  }
}
