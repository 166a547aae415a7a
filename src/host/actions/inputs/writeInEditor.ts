import {
  commands,
  EventEmitter,
  FileSystemError,
  FileType,
  ProgressLocation,
  TabInputText,
  Uri,
  window,
  workspace,
  type CancellationToken,
  type Disposable,
  type FileChangeEvent,
  type FileStat,
  type FileSystemProvider,
} from 'vscode';
import { cleanFileName } from '../../../dify/upload.ts';
import { t } from '../../words.ts';
import type { Sheet } from '../../files/asks.ts';

const scheme = 'dify-input';

/**
 * Lets the person write text of several lines in an editor, as VS Code does with the message of a commit: it is taken when it was saved
 * and the editor is closed. `undefined` if it never was saved, or was cancelled. It is on no disk.
 */
export async function writeInEditor({ name, language }: Sheet, text: string): Promise<string | undefined> {
  const file = new MemoryFile(text);
  const registered = workspace.registerFileSystemProvider(scheme, file, { isCaseSensitive: true });
  const extension = language === 'json' ? 'json' : 'txt';
  const uri = Uri.from({ scheme, path: `/${cleanFileName(name)}.${extension}`, query: crypto.randomUUID() });
  try {
    await window.showTextDocument(await workspace.openTextDocument(uri), { preview: false });
    const location = ProgressLocation.Notification;
    const told = t('Write the text, save it and close its editor to go on.');
    const closed = await window.withProgress({ location, title: told, cancellable: true }, (_, token) =>
      whenClosed(uri, token),
    );
    if (closed) return file.written;
    await discard(uri);
    return undefined;
  } finally {
    registered.dispose();
  }
}

/** Resolves when no editor shows the document: true; or when the person cancels: false. */
function whenClosed(uri: Uri, token: CancellationToken): Promise<boolean> {
  return new Promise((resolve) => {
    const listening: Disposable[] = [];
    const end = (isClosed: boolean): void => {
      for (const item of listening) item.dispose();
      resolve(isClosed);
    };
    listening.push(
      window.tabGroups.onDidChangeTabs(({ closed }) => {
        if (closed.length > 0 && !isOpen(uri)) end(true);
      }),
      token.onCancellationRequested(() => end(false)),
    );
  });
}

function isOpen(uri: Uri): boolean {
  const tabs = window.tabGroups.all.flatMap(({ tabs: each }) => each);
  return tabs.some(({ input }) => input instanceof TabInputText && input.uri.toString() === uri.toString());
}

async function discard(uri: Uri): Promise<void> {
  await window.showTextDocument(uri);
  await commands.executeCommand('workbench.action.revertAndCloseActiveEditor');
}

/** The one file of its file system. */
class MemoryFile implements FileSystemProvider {
  readonly #changed = new EventEmitter<FileChangeEvent[]>();
  readonly onDidChangeFile = this.#changed.event;
  #bytes: Uint8Array;
  #isWritten = false;
  #time = Date.now();

  constructor(text: string) {
    this.#bytes = new TextEncoder().encode(text);
  }

  /** What was saved last, without the end of its last line. */
  get written(): string | undefined {
    const text = new TextDecoder().decode(this.#bytes).replaceAll('\r\n', '\n').replace(/\n$/, '');
    return this.#isWritten ? text : undefined;
  }

  watch(): Disposable {
    return { dispose: () => {} };
  }

  stat(): FileStat {
    return { type: FileType.File, ctime: 0, mtime: this.#time, size: this.#bytes.length };
  }

  readFile(): Uint8Array {
    return this.#bytes;
  }

  writeFile(_: Uri, content: Uint8Array): void {
    this.#bytes = content;
    this.#isWritten = true;
    this.#time = Date.now();
  }

  readDirectory(): [] {
    return [];
  }

  createDirectory(uri: Uri): void {
    throw FileSystemError.NoPermissions(uri);
  }

  delete(uri: Uri): void {
    throw FileSystemError.NoPermissions(uri);
  }

  rename(uri: Uri): void {
    throw FileSystemError.NoPermissions(uri);
  }
}
