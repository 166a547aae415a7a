import { Disposable, EventEmitter, window, workspace, type TextEditor } from 'vscode';
import type { EditorTarget, StateChange } from '../../../conversation/protocol.ts';
import { nameOf } from '../../source/placeOf.ts';
import type { ChatPart } from '../part.ts';
import type { Attachment } from './attachment.ts';
import { selectionAttachment } from './attachments.ts';

/** What no person writes in, or what this extension shows itself. */
const noTargets = ['output', 'dify-result', 'dify-proposal', 'comment', 'vscode-terminal'];

/** A selection that is being made is told so often, in milliseconds. */
const pause = 150;

/** Follows the editor that was active last and is still to be seen: what is selected there is offered, and nothing of it read. */
export class EditorFollower implements ChatPart {
  readonly #changed = new EventEmitter<StateChange>();
  readonly onDidChange = this.#changed.event;
  readonly #listening: Disposable;
  #editor: TextEditor | undefined;
  #told: EditorTarget | undefined;
  #timer: ReturnType<typeof setTimeout> | undefined;

  constructor() {
    this.#follow(window.activeTextEditor);
    this.#listening = Disposable.from(
      window.onDidChangeActiveTextEditor((editor) => this.#follow(editor)),
      window.onDidChangeVisibleTextEditors(() => this.#follow(undefined)),
      window.onDidChangeTextEditorSelection(({ textEditor }) => this.#soon(textEditor)),
      workspace.onDidChangeTextDocument(({ document }) => {
        if (document === this.#editor?.document) this.#soon(this.#editor);
      }),
    );
  }

  state(): StateChange {
    return { editor: this.#told };
  }

  /** The editor that is meant, if there is one. */
  get editor(): TextEditor | undefined {
    return this.#editor;
  }

  /** What is selected there, to be attached as it is now. */
  selection(): Attachment | undefined {
    if (this.#editor === undefined || this.#editor.selection.isEmpty) return undefined;
    const { document, selection } = this.#editor;
    return selectionAttachment(document, selection);
  }

  dispose(): void {
    clearTimeout(this.#timer);
    this.#listening.dispose();
    this.#changed.dispose();
  }

  /** Who goes to the chat leaves the editor, and means it still. */
  #follow(active: TextEditor | undefined): void {
    if (active !== undefined && !noTargets.includes(active.document.uri.scheme)) this.#editor = active;
    if (this.#editor !== undefined && !window.visibleTextEditors.includes(this.#editor)) this.#editor = undefined;
    this.#tell();
  }

  #soon(editor: TextEditor): void {
    if (editor !== this.#editor) return;
    this.#timer ??= setTimeout(() => this.#tell(), pause);
  }

  #tell(): void {
    clearTimeout(this.#timer);
    this.#timer = undefined;
    const target = targetOf(this.#editor);
    // A change of the document that moves nothing of it.
    if (JSON.stringify(target) === JSON.stringify(this.#told)) return;
    this.#told = target;
    this.#changed.fire(this.state());
  }
}

function targetOf(editor: TextEditor | undefined): EditorTarget | undefined {
  if (editor === undefined) return undefined;
  const { document, selection } = editor;
  return {
    file: nameOf(document.uri),
    line: selection.active.line + 1,
    selection: selection.isEmpty ? undefined : selectionAttachment(document, selection).item,
  };
}
