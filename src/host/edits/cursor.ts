import { languages, window, workspace, type Disposable, type TextEditor } from 'vscode';
import { plainAnswer } from '../../conversation/documentText.ts';
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

  /** Inserts at the cursor, replaces nothing, and says where it did. */
  async insert(text: string): Promise<boolean> {
    const last = this.#last;
    if (last === undefined || last.document.isClosed) {
      await this.#ask(t('Put the cursor where the text should go first.'));
      return false;
    }
    const { document } = last;
    // In a tab behind another one the cursor is known again once the document is shown.
    const editor =
      editorOf(document) ?? (await window.showTextDocument(document, { preserveFocus: true, preview: false }));
    if (await isReadOnly(document.uri)) return tellRefusal('readOnly', [text], {}, this.#ask);
    const target = this.target ?? '';
    const offset = document.offsetAt(document.validatePosition(editor.selection.active));
    const plan = planInsertAt(documentState(document), offset, text);
    if ('refused' in plan) return tellRefusal(plan.refused, [text], {}, this.#ask);
    if (!(await applyEdits(document, plan.edits))) return tellRefusal('failed', [text], {}, this.#ask);
    window.setStatusBarMessage(t('Inserted in {place}', { place: target }), 5000);
    return true;
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
