import { languages, Range, window, workspace, type Disposable, type TextEditor } from 'vscode';
import { plainAnswer } from '../../conversation/documentText.ts';
import { hiddenWords } from '../hiddenWords.ts';
import { nameOf, placeOf } from '../source/placeOf.ts';
import type { Source } from '../source/source.ts';
import { t } from '../words.ts';
import { languageFor } from './languageFor.ts';
import { applyEdits, documentState, editorOf, isReadOnly, takesChanges } from './place.ts';
import { planInsertAt } from './planner.ts';
import { type Ask, tellRefusal } from './tell.ts';

/** Remembers the text editor that was used last: a result beside it has the focus when its buttons are pressed. */
export class Cursor implements Disposable {
  readonly #ask: Ask;
  readonly #listening: Disposable;
  #last: TextEditor | undefined;

  constructor(ask: Ask) {
    this.#ask = ask;
    this.#remember(
      window.activeTextEditor ?? window.visibleTextEditors.find((editor) => takesChanges(editor.document.uri)),
    );
    this.#listening = window.onDidChangeActiveTextEditor((editor) => this.#remember(editor));
  }

  /** Where text would be inserted, like `notes.md:12`; `undefined` if nowhere. */
  get target(): string | undefined {
    const editor = this.#last;
    if (editor === undefined || editor.document.isClosed) return undefined;
    const path = workspace.asRelativePath(editor.document.uri);
    return `${path.slice(path.lastIndexOf('/') + 1)}:${editor.selection.active.line + 1}`;
  }

  aimAt(editor: TextEditor): void {
    this.#last = editor;
  }

  /** What is selected there, or the empty place of the cursor; `undefined` if nowhere, which is told. */
  async source(): Promise<Source | undefined> {
    const editor = await this.#editor();
    if (editor === undefined) return undefined;
    const { document, selection } = editor;
    const range = document.validateRange(new Range(selection.start, selection.end));
    const { uri, languageId } = document;
    const parts = [{ range, text: document.getText(range) }];
    return { uri, languageId, parts, file: nameOf(uri), place: placeOf(document, [range]), attached: [] };
  }

  /** Inserts at the cursor, replaces nothing, and says where it did, and how many characters of it nobody sees. */
  async insert(text: string): Promise<boolean> {
    const editor = await this.#editor();
    if (editor === undefined) return false;
    const { document } = editor;
    if (await isReadOnly(document.uri)) return tellRefusal('readOnly', [text], {}, this.#ask);
    const target = this.target ?? '';
    const offset = document.offsetAt(document.validatePosition(editor.selection.active));
    const plan = planInsertAt(documentState(document), offset, text);
    if ('refused' in plan) return tellRefusal(plan.refused, [text], {}, this.#ask);
    if (!(await applyEdits(document, plan.edits))) return tellRefusal('failed', [text], {}, this.#ask);
    const said = [t('Inserted in {place}', { place: target }), hiddenWords(text)];
    window.setStatusBarMessage(said.filter((part) => part !== undefined).join(' · '), 5000);
    return true;
  }

  /** The editor that was used last. In a tab behind another one the cursor is known again once the document is shown. */
  async #editor(): Promise<TextEditor | undefined> {
    const last = this.#last;
    if (last === undefined || last.document.isClosed) {
      await this.#ask(t('Put the cursor where the text should go first.'));
      return undefined;
    }
    // Another one beside it may show the same document, with a cursor of its own.
    if (window.visibleTextEditors.includes(last)) return last;
    const { document } = last;
    return editorOf(document) ?? window.showTextDocument(document, { preserveFocus: true, preview: false });
  }

  dispose(): void {
    this.#listening.dispose();
  }

  #remember(editor: TextEditor | undefined): void {
    if (editor !== undefined && takesChanges(editor.document.uri)) this.#last = editor;
  }
}

/** Opens a file that has no name yet, in the language of the answer's only block of code, else Markdown. */
export async function openNewFile(answer: string): Promise<boolean> {
  const { content, language } = plainAnswer(answer);
  const known = new Set(await languages.getLanguages());
  const document = await workspace.openTextDocument({
    language: languageFor(language, known),
    content: `${content.trimEnd()}\n`,
  });
  await window.showTextDocument(document, { preview: false });
  return true;
}
