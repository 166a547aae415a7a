import { FileType, Uri, window, workspace } from 'vscode';
import { t } from '../../words.ts';
import type { Attachment } from './attachment.ts';
import { fileAttachment, selectionAttachment } from './attachments.ts';

interface AddToChatPorts {
  readonly attach: (attachment: Attachment) => Promise<boolean>;
  /** Shows the chat. Resolves when it has a conversation, or none because no app is connected; `false` if its app cannot be asked. */
  readonly show: () => Promise<boolean>;
}

/** "Add to Dify Chat" of the editor and the explorer: what dropping does, without holding Shift. */
export class AddToChat {
  readonly #ports: AddToChatPorts;

  constructor(ports: AddToChatPorts) {
    this.#ports = ports;
  }

  /** What is selected in the active editor, or all of its text where nothing is. */
  async addSelection(): Promise<void> {
    const editor = window.activeTextEditor;
    if (editor === undefined) return tellNothing();
    const { document, selection } = editor;
    await this.#add([selection.isEmpty ? fileAttachment(document.uri) : selectionAttachment(document, selection)]);
  }

  /** Files of the explorer, the clicked one and those that are selected with it; else that of the active editor. */
  async addFile(clicked: unknown, selected: unknown): Promise<void> {
    const files: Uri[] = [];
    for (const uri of given(clicked, selected)) if (await isFile(uri)) files.push(uri);
    if (files.length === 0) return tellNothing();
    await this.#add(files.map((uri) => fileAttachment(uri)));
  }

  async #add(attachments: readonly Attachment[]): Promise<void> {
    const { show, attach } = this.#ports;
    if (!(await show())) return tellNoChat();
    for (const attachment of attachments) await attach(attachment);
  }
}

function tellNothing(): void {
  void window.showInformationMessage(t('Open a file, or select one in the explorer first.'));
}

function tellNoChat(): void {
  void window.showInformationMessage(
    t('None of your apps can chat: files and text go into the form of the app that is shown.'),
  );
}

function given(clicked: unknown, selected: unknown): readonly Uri[] {
  const one = clicked ?? window.activeTextEditor?.document.uri;
  const all: readonly unknown[] = Array.isArray(selected) && selected.length > 0 ? selected : [one];
  return all.filter((uri): uri is Uri => uri instanceof Uri);
}

/** A file that has no place on a disk, like an untitled one, is one too. */
async function isFile(uri: Uri): Promise<boolean> {
  if (uri.scheme === 'untitled') return true;
  return ((await workspace.fs.stat(uri)).type & FileType.File) !== 0;
}
