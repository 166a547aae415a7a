import {
  commands,
  EventEmitter,
  languages,
  Range,
  TabInputText,
  TextEditorRevealType,
  ViewColumn,
  window,
  workspace,
  type Disposable,
  type Tab,
  type TextDocument,
  type Uri,
} from 'vscode';
import { onDidCloseLast, tabWith } from '../../closedTabs.ts';
import { resultScheme } from '../../resultUri.ts';

/** The documents in the editor: their text, where they stand, and how their view follows the end. */
export class Documents implements Disposable {
  readonly #changed = new EventEmitter<Uri>();
  readonly #registered: readonly Disposable[];
  /** By document: the last line that the view was taken to, as long as it follows. */
  readonly #following = new Map<string, number>();
  #opening: Promise<unknown> = Promise.resolve();

  /**
   * @param textOf the text as it is now
   * @param closed the person closed the document
   */
  constructor(textOf: (uri: Uri) => string | Promise<string>, closed: (uri: Uri) => void) {
    this.#registered = [
      workspace.registerTextDocumentContentProvider(resultScheme, {
        onDidChange: this.#changed.event,
        provideTextDocumentContent: textOf,
      }),
      workspace.onDidChangeTextDocument(({ document }) => this.#follow(document)),
      window.onDidChangeTextEditorVisibleRanges(({ textEditor: { document }, visibleRanges }) => {
        if (document.uri.scheme === resultScheme) this.#note(document, visibleRanges.at(-1)?.end.line ?? 0);
      }),
      onDidCloseLast(
        ({ input }) => uriIn(input),
        (uri) => {
          this.#following.delete(uri.toString());
          closed(uri);
        },
      ),
    ];
  }

  /** The text of the document is another one now. */
  refresh(uri: Uri): void {
    this.#changed.fire(uri);
  }

  /** Opens it beside the active editor, which keeps the focus; one that is open stays where it is. */
  async showBeside(uri: Uri): Promise<void> {
    this.#following.set(uri.toString(), 0);
    // VS Code throws where another editor comes before the one that it opens.
    const opened = this.#opening.then(async () => {
      if (tabOf(uri) === undefined) await show(uri, { viewColumn: ViewColumn.Beside, preserveFocus: true });
    });
    this.#opening = opened.catch(() => {});
    await this.#opening;
  }

  /** Opens it with the focus, beside a text that is open. */
  async show(uri: Uri): Promise<void> {
    const active = window.activeTextEditor?.document.uri.scheme;
    const other = active === undefined || active === resultScheme ? ViewColumn.Active : ViewColumn.Beside;
    await show(uri, { viewColumn: tabOf(uri)?.group.viewColumn ?? other });
  }

  /** Its view stays where it is, whatever becomes of the text. */
  unfollow(uri: Uri): void {
    this.#following.delete(uri.toString());
  }

  async showPreview(uri: Uri): Promise<void> {
    await commands.executeCommand('markdown.showPreview', uri);
  }

  close(uri: Uri): void {
    const tab = tabOf(uri);
    if (tab !== undefined) void window.tabGroups.close(tab);
  }

  dispose(): void {
    for (const item of this.#registered) item.dispose();
    this.#changed.dispose();
  }

  /** Takes the view to the new end if it was at the old one. */
  #follow(document: TextDocument): void {
    const key = document.uri.toString();
    if (document.uri.scheme !== resultScheme || !this.#following.has(key)) return;
    const end = document.lineAt(document.lineCount - 1).range.end;
    this.#following.set(key, end.line);
    for (const editor of window.visibleTextEditors) {
      if (editor.document === document) editor.revealRange(new Range(end, end), TextEditorRevealType.Default);
    }
  }

  /** What is seen may be told after more has come: who sees the line that the view was taken to last is still at the end. */
  #note(document: TextDocument, lastSeen: number): void {
    const key = document.uri.toString();
    const last = document.lineCount - 1;
    if (lastSeen >= Math.min(last, this.#following.get(key) ?? last))
      this.#following.set(key, Math.min(last, lastSeen));
    else this.#following.delete(key);
  }
}

async function show(uri: Uri, how: { readonly viewColumn?: ViewColumn; readonly preserveFocus?: boolean }) {
  const document = await workspace.openTextDocument(uri);
  const shown = await languages.setTextDocumentLanguage(document, 'markdown');
  await window.showTextDocument(shown, { ...how, preview: false });
}

/** The result in the tab, if it has one. */
export function uriIn(input: unknown): Uri | undefined {
  return input instanceof TabInputText && input.uri.scheme === resultScheme ? input.uri : undefined;
}

function tabOf(uri: Uri): Tab | undefined {
  return tabWith(uri, ({ input }) => uriIn(input));
}
