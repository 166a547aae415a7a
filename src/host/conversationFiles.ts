import { Uri } from 'vscode';
import type { Conversation } from '../conversation/conversation.ts';
import { restore, store } from '../conversation/stored.ts';
import { demoIdPrefix } from './app.ts';
import { LocalFolder } from './localFolder.ts';
import type { Log } from './log.ts';
import { t } from './words.ts';

/** Local copies of what was shown, one file for each conversation: nothing is lost, even where Dify keeps nothing. */
export class ConversationFiles {
  readonly #folder: LocalFolder<Conversation>;

  /** @param storage the folder that VS Code gives the extension */
  constructor(storage: Uri, log: Log) {
    const kind = { name: 'conversation', restore: (json: unknown) => restore(json, t) };
    this.#folder = new LocalFolder(Uri.joinPath(storage, 'conversations'), kind, log);
  }

  /** The copy, or `undefined` if there is none. */
  async read(appId: string, conversationId: string): Promise<Conversation | undefined> {
    return await this.#folder.read(appId, conversationId);
  }

  /** The copies of the app, those with the newest messages first. */
  async list(appId: string): Promise<readonly Conversation[]> {
    const ids = await this.#folder.ids(appId);
    const read = await Promise.all(ids.map((id) => this.read(appId, id)));
    const kept = read.filter((conversation) => conversation !== undefined);
    return kept.toSorted((a, b) => lastAskedAt(b) - lastAskedAt(a));
  }

  /** How many copies there are, of all apps. */
  async count(): Promise<number> {
    const apps = await this.#folder.apps();
    const lists = await Promise.all(apps.map((app) => this.#folder.ids(app)));
    return lists.flat().length;
  }

  /** Writes the copy, unless it is the demo's. */
  async write(appId: string, conversation: Conversation): Promise<void> {
    const { id } = conversation;
    if (id === undefined || appId.startsWith(demoIdPrefix)) return;
    await this.#folder.write(appId, id, store(conversation));
  }

  /** Deletes the copies of the app, or all of them. */
  async remove(appId: string | undefined): Promise<void> {
    await this.#folder.remove(appId);
  }
}

function lastAskedAt({ messages }: Conversation): number {
  return messages.at(-1)?.askedAt ?? 0;
}
