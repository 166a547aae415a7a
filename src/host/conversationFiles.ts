import { FileSystemError, Uri, workspace } from 'vscode';
import type { Conversation } from '../conversation/conversation.ts';
import { restore, store } from '../conversation/stored.ts';
import { parseJson } from '../dify/json.ts';
import { demoIdPrefix } from './app.ts';
import type { Log } from './log.ts';
import { t } from './words.ts';

/** Local copies of what was shown, one file for each conversation and result: nothing is lost, even where Dify keeps nothing. */
export class ConversationFiles {
  readonly #folder: Uri;
  readonly #log: Log;
  #writing = Promise.resolve();

  /** @param storage the folder that VS Code gives the extension */
  constructor(storage: Uri, log: Log) {
    this.#folder = Uri.joinPath(storage, 'conversations');
    this.#log = log;
  }

  /** The copy, or `undefined` if there is none. A file that is none is put aside; whatever is wrong with it, the chat goes on. */
  async read(appId: string, conversationId: string): Promise<Conversation | undefined> {
    const file = this.#file(appId, conversationId);
    try {
      const conversation = restore(parseJson(new TextDecoder().decode(await workspace.fs.readFile(file))), t);
      if (conversation === undefined) {
        this.#log.warn(`The local copy of a conversation cannot be read; it is put aside: ${file.path}`);
        await workspace.fs.rename(file, file.with({ path: `${file.path}.bad-${Date.now()}` }));
      }
      return conversation;
    } catch (error) {
      const missing = error instanceof FileSystemError && error.code === 'FileNotFound';
      if (!missing) this.#log.error('Reading the local copy of a conversation', error);
      return undefined;
    }
  }

  /** The copies of the app, those with the newest messages first. */
  async list(appId: string): Promise<readonly Conversation[]> {
    const entries = await entriesOf(Uri.joinPath(this.#folder, appId));
    const names = entries.filter((name) => name.endsWith('.json'));
    const read = await Promise.all(names.map((name) => this.read(appId, name.slice(0, -'.json'.length))));
    const kept = read.filter((conversation) => conversation !== undefined);
    return kept.toSorted((a, b) => lastAskedAt(b) - lastAskedAt(a));
  }

  /** How many copies there are, of all apps. */
  async count(): Promise<number> {
    const folders = await entriesOf(this.#folder);
    const lists = await Promise.all(folders.map((name) => entriesOf(Uri.joinPath(this.#folder, name))));
    return lists.flat().filter((name) => name.endsWith('.json')).length;
  }

  /** Writes the copy, unless it is the demo's, after those that are being written: a half-written file never takes the place of a whole one. */
  async write(appId: string, conversation: Conversation): Promise<void> {
    const { id } = conversation;
    if (id === undefined || appId.startsWith(demoIdPrefix)) return;
    this.#writing = this.#writing.then(() => this.#write(this.#file(appId, id), store(conversation)));
    await this.#writing;
  }

  /** Deletes the copies of the app, or all of them. */
  async remove(appId: string | undefined): Promise<void> {
    const folder = appId === undefined ? this.#folder : Uri.joinPath(this.#folder, appId);
    this.#writing = this.#writing.then(() => this.#delete(folder));
    await this.#writing;
  }

  async #delete(folder: Uri): Promise<void> {
    try {
      await workspace.fs.delete(folder, { recursive: true, useTrash: false });
    } catch (error) {
      const missing = error instanceof FileSystemError && error.code === 'FileNotFound';
      if (!missing) this.#log.error('Deleting local copies of conversations', error);
    }
  }

  async #write(file: Uri, text: string): Promise<void> {
    const draft = file.with({ path: `${file.path}.new` });
    try {
      await workspace.fs.writeFile(draft, new TextEncoder().encode(text));
      await workspace.fs.rename(draft, file, { overwrite: true });
    } catch (error) {
      // The chat goes on in memory; the log says why nothing is kept.
      this.#log.error('Writing the local copy of a conversation', error);
    }
  }

  #file(appId: string, conversationId: string): Uri {
    return Uri.joinPath(this.#folder, appId, `${conversationId.replaceAll(/[^\w-]/g, '_')}.json`);
  }
}

/** The names in the folder; none where nothing was ever written. */
async function entriesOf(folder: Uri): Promise<readonly string[]> {
  return await workspace.fs.readDirectory(folder).then(
    (entries) => entries.map(([name]) => name),
    () => [],
  );
}

function lastAskedAt({ messages }: Conversation): number {
  return messages.at(-1)?.askedAt ?? 0;
}
