import { rm } from 'node:fs/promises';
import path from 'node:path';
import type { Event, Uri } from 'vscode';
import * as v from 'valibot';
import type { Conversation } from '../conversation/conversation.ts';
import { mergeCopies, type Copy } from '../conversation/mergeCopies.ts';
import type { Kept, StoredCopy } from '../conversation/stored.ts';
import { restoreTyped, type Beside, type Typed } from '../conversation/storedTyped.ts';
import { parseJson } from '../dify/json.ts';
import { demoIdPrefix } from './app.ts';
import { Copies, lastAskedAt, type CopiesPorts } from './kept/copies.ts';
import { InTurn } from './kept/inTurn.ts';
import { FileJournal, type Journal } from './kept/journal.ts';
import { currentFile, folderOf, namesIn, placeIn, typedFile, type Place } from './kept/paths.ts';
import { prune, removePlace, type Keeping } from './kept/retention.ts';
import { sharedFolder } from './kept/sharedFolder.ts';
import { FolderWatch } from './kept/watch.ts';
import { codeOf, namesOfFiles, namesOfFolders, readText, writeWhole } from './kept/wholeFiles.ts';

export type { Beside, Kept, Typed, Journal, Keeping };

/** Another window wrote a conversation, or deleted it. */
export interface WrittenElsewhere {
  readonly appId: string;
  readonly key: string;
}

interface FilesPorts extends CopiesPorts {
  /** What the person wants to be kept. */
  readonly keeping: () => Keeping;
}

/** The demo keeps nothing: nobody writes down what happens there. */
const noJournal: Journal = { note: () => {}, typed: () => {}, flush: () => Promise.resolve(), forget: () => {} };

const currentSchema = v.object({ version: v.literal(2), key: v.string() });

/**
 * Conversations on this computer: nothing is lost, even where Dify keeps nothing. For each one a file, a log of every turn that runs,
 * and a file of what is typed, in one folder for each app. Windows share the folder: nobody writes over what another one wrote.
 * Nothing here rejects: what cannot be read is not there, what cannot be written is told once, and the chat goes on.
 */
export class ConversationFiles {
  readonly #root: string;
  readonly #ports: FilesPorts;
  readonly #copies: Copies;
  readonly #inTurn = new InTurn();
  readonly #listeners = new Set<(written: WrittenElsewhere) => void>();
  readonly #watch = new FolderWatch((folder, name) => void this.#tell(folder, name));
  readonly #told = new Set<string>();
  /** By folder, for those that were used in this window: the app. */
  readonly #apps = new Map<string, string>();
  /** Conversations that were used in this window: they are not pruned. */
  readonly #used = new Set<string>();
  #isPruned = false;

  /** @param storage path of the folder that VS Code gives the extension */
  constructor(storage: string, ports: FilesPorts) {
    this.#root = path.join(storage, 'conversations');
    const tell = (words: string): void => this.#tellOnce(words, ports);
    this.#ports = { ...ports, tell };
    this.#copies = new Copies(this.#ports);
  }

  /** Another window wrote; listened to as long as somebody listens here. */
  readonly onDidChange: Event<WrittenElsewhere> = (listener) => {
    this.#listeners.add(listener);
    for (const folder of this.#apps.keys()) this.#watch.add(folder);
    return {
      dispose: () => {
        this.#listeners.delete(listener);
        if (this.#listeners.size === 0) this.#watch.dispose();
      },
    };
  };

  /** The conversations of the app in which something was said or that Dify knows, those changed last first. */
  async list(appId: string): Promise<readonly Kept[]> {
    const folder = this.#folder(appId);
    const kept: Kept[] = [];
    const files = await this.#orNothing(() => namesOfFiles(folder));
    // One after the other: other work goes on in between.
    for (const name of namesIn(files ?? [])) {
      const copy = await this.#orNothing(() => this.#copies.read({ folder, name }, files));
      if (copy !== undefined && isWorthListing(copy)) kept.push(keptOf(copy));
    }
    return kept.toSorted((a, b) => b.changedAt - a.changedAt);
  }

  /** The conversation; what ran in it when its window was closed or killed is told as incomplete. */
  async read(appId: string, key: string): Promise<Kept | undefined> {
    const place = this.#use(appId, key);
    this.#pruneOnce();
    const copy = await this.#orNothing(() => this.#copies.read(place));
    return copy === undefined ? undefined : keptOf(copy);
  }

  /** The conversation that Dify calls so. */
  async byId(appId: string, conversationId: string): Promise<Kept | undefined> {
    const sameName = await this.read(appId, conversationId);
    if (sameName?.conversation.id === conversationId) return sameName;
    return (await this.list(appId)).find(({ conversation }) => conversation.id === conversationId);
  }

  /** What is typed there and not sent. */
  async typed(appId: string, key: string): Promise<Typed | undefined> {
    const file = typedFile(this.#use(appId, key));
    return restoreTyped(parseJson((await this.#orNothing(() => readText(file))) ?? ''));
  }

  /** Who writes down what happens in the conversation. Reads and writes nothing yet. */
  journal(appId: string, conversation: Conversation): Journal {
    if (appId.startsWith(demoIdPrefix)) return noJournal;
    const place = this.#use(appId, conversation.key);
    return new FileJournal(place, conversation, {
      copies: this.#copies,
      keeps: () => this.#ports.keeping().keep,
      inTurn: async (name, work) => {
        await this.#inTurn.run(`${place.folder} ${name}`, work);
        if (this.#listeners.size > 0) this.#watch.add(place.folder);
      },
      failed: (error) => this.#failed(error),
    });
  }

  /** Keeps a conversation that nobody writes down, like one that only the server had: with what there is of it already. */
  async write(appId: string, conversation: Conversation): Promise<void> {
    if (!this.#ports.keeping().keep) return;
    await this.#replace(appId, conversation.key, (found) => {
      const mine = { conversation, pinned: false, changedAt: lastAskedAt(conversation.messages), removed: [] };
      return found === undefined ? mine : mergeCopies(conversation, mine, found);
    });
  }

  /** Changes what is kept of a conversation, like its name; one that is not kept stays so. */
  async update(appId: string, key: string, change: (kept: Kept) => Kept): Promise<void> {
    await this.#replace(appId, key, (found) =>
      found === undefined ? undefined : { ...change(keptOf(found)), removed: found.removed },
    );
  }

  /** Deletes one conversation, those of the app, or all. */
  async remove(appId: string | undefined, key?: string): Promise<void> {
    const folder = appId === undefined ? this.#root : this.#folder(appId);
    const work = async (): Promise<void> => {
      if (key === undefined) await rm(folder, { recursive: true, force: true, maxRetries: 3 });
      else {
        this.#copies.removed(placeIn(folder, key));
        await removePlace(placeIn(folder, key));
      }
    };
    await this.#inTurn.settled();
    await this.#inTurn.run(folder, work).catch((error: unknown) => {
      this.#ports.log.error('Deleting local copies of conversations', error);
    });
    if (key === undefined) this.#watch.dispose();
  }

  /** How many conversations are kept, of all apps. */
  async count(): Promise<number> {
    const folders = await this.#folders();
    const counts = await Promise.all(folders.map(async (folder) => namesIn(await namesOfFiles(folder)).length));
    return counts.reduce((sum, count) => sum + count, 0);
  }

  /** The key of the conversation that was shown last. */
  async current(appId: string): Promise<string | undefined> {
    return await this.#currentIn(this.#folder(appId));
  }

  async keepCurrent(appId: string, key: string): Promise<void> {
    if (appId.startsWith(demoIdPrefix)) return;
    const { folder } = this.#use(appId, key);
    const write = async (): Promise<void> => {
      await writeWhole(currentFile(folder), JSON.stringify({ version: 2, key }));
    };
    await this.#inTurn.run(folder, write).catch((error: unknown) => this.#failed(error));
  }

  /** Deletes what is older, or more, than the person wants to keep. Done once, when the first conversation is read. */
  async prune(): Promise<void> {
    const folders = await this.#folders();
    const current = new Set<string>();
    for (const folder of folders) current.add(pathOf(placeIn(folder, (await this.#currentIn(folder)) ?? '')));
    const isOpen = (place: Place): boolean => this.#used.has(pathOf(place)) || current.has(pathOf(place));
    await prune(folders, this.#ports.keeping(), this.#copies, isOpen);
  }

  #pruneOnce(): void {
    if (this.#isPruned) return;
    this.#isPruned = true;
    void this.prune().catch((error: unknown) => {
      this.#ports.log.error('Deleting old local copies of conversations', error);
    });
  }

  async #replace(appId: string, key: string, make: (found: StoredCopy | undefined) => Copy | undefined): Promise<void> {
    if (appId.startsWith(demoIdPrefix)) return;
    const place = placeIn(this.#folder(appId), key);
    const work = async (): Promise<void> => {
      await this.#copies.replace(place, (found) => (found === 'unchanged' ? undefined : make(found)));
    };
    await this.#inTurn.run(`${place.folder} files`, work).catch((error: unknown) => this.#failed(error));
  }

  async #currentIn(folder: string): Promise<string | undefined> {
    const text = await this.#orNothing(() => readText(currentFile(folder)));
    const { success, output } = v.safeParse(currentSchema, parseJson(text ?? ''));
    return success ? output.key : undefined;
  }

  async #tell(folder: string, name: string): Promise<void> {
    const appId = this.#apps.get(folder);
    const place = { folder, name };
    const changed = await this.#orNothing(() => this.#copies.wasChanged(place));
    if (appId === undefined || changed !== true) return;
    const copy = await this.#orNothing(() => this.#copies.read(place));
    for (const listener of this.#listeners) listener({ appId, key: copy?.conversation.key ?? name });
  }

  #use(appId: string, key: string): Place {
    const place = placeIn(this.#folder(appId), key);
    this.#used.add(pathOf(place));
    return place;
  }

  #folder(appId: string): string {
    const folder = folderOf(this.#root, appId);
    this.#apps.set(folder, appId);
    if (this.#listeners.size > 0) this.#watch.add(folder);
    return folder;
  }

  async #folders(): Promise<readonly string[]> {
    return (await namesOfFolders(this.#root)).map((name) => path.join(this.#root, name));
  }

  async #orNothing<T>(read: () => Promise<T>): Promise<T | undefined> {
    try {
      return await read();
    } catch (error) {
      this.#ports.log.error('Reading local copies of conversations', error);
      return undefined;
    }
  }

  #failed(error: unknown): void {
    const { log, tell, t } = this.#ports;
    log.error('Writing the local copy of a conversation', error);
    const reason = codeOf(error);
    tell(t('The conversation cannot be kept on this computer ({reason}). The chat goes on.', { reason }));
  }

  #tellOnce(words: string, { tell }: FilesPorts): void {
    if (this.#told.has(words)) return;
    this.#told.add(words);
    tell(words);
  }
}

/** @param storage the folder that VS Code gives the extension: windows of one workspace may get one each */
export function filesIn(storage: Uri, ports: FilesPorts): ConversationFiles {
  return new ConversationFiles(sharedFolder(storage.fsPath), ports);
}

function isWorthListing({ pinned, conversation: { id, name, messages } }: Kept): boolean {
  return pinned || messages.length > 0 || id !== undefined || name !== '';
}

function pathOf({ folder, name }: Place): string {
  return path.join(folder, name);
}

function keptOf({ conversation, pinned, changedAt }: Kept): Kept {
  return { conversation, pinned, changedAt };
}
