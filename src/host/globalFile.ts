import { FileSystemError, RelativePattern, Uri, workspace, type Disposable, type Event } from 'vscode';
import type { Log } from './log.ts';
import type { CommonFile } from './commonState.ts';

/** A file in the folder that VS Code gives the extension for all windows. */
export class GlobalFile implements CommonFile, Disposable {
  readonly #file: Uri;
  readonly #log: Log;
  readonly #watcher;
  readonly onDidChange: Event<void>;

  /** @param folder the extension's `globalStorageUri` */
  constructor(folder: Uri, name: string, log: Log) {
    this.#file = Uri.joinPath(folder, name);
    this.#log = log;
    this.#watcher = workspace.createFileSystemWatcher(new RelativePattern(folder, name));
    this.onDidChange = (listener, context, disposables) => {
      const told = (): void => listener.call(context);
      const [created, changed] = [this.#watcher.onDidCreate(told), this.#watcher.onDidChange(told)];
      const listening = { dispose: () => [created, changed].forEach((item) => void item.dispose()) };
      disposables?.push(listening);
      return listening;
    };
  }

  async read(): Promise<string | undefined> {
    try {
      return new TextDecoder().decode(await workspace.fs.readFile(this.#file));
    } catch (error) {
      const missing = error instanceof FileSystemError && error.code === 'FileNotFound';
      if (!missing) this.#log.error('Reading what other windows changed', error);
      return undefined;
    }
  }

  async write(text: string): Promise<void> {
    const draft = this.#file.with({ path: `${this.#file.path}.new` });
    try {
      await workspace.fs.writeFile(draft, new TextEncoder().encode(text));
      await workspace.fs.rename(draft, this.#file, { overwrite: true });
    } catch (error) {
      // This window goes on; the others hear of it when they are opened anew.
      this.#log.error('Telling other windows of a change', error);
    }
  }

  dispose(): void {
    this.#watcher.dispose();
  }
}
