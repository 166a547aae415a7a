import { EventEmitter, type Disposable } from 'vscode';
import type { Conversation } from '../../../conversation/conversation.ts';
import { conversationRows, givenName, type KeptConversation } from '../../../conversation/conversationRows.ts';
import { ConversationSearch } from '../../../conversation/conversationSearch.ts';
import { titleOf } from '../../../conversation/exported.ts';
import { describe } from '../../../conversation/failure.ts';
import type { ConversationList, ConversationRow, StateChange } from '../../../conversation/protocol.ts';
import type { App } from '../../app.ts';
import { sentenceOf } from '../../sentence.ts';
import { t, wordsFor } from '../../words.ts';
import type { ChatPart } from '../part.ts';
import type { Happened } from '../talk.ts';
import { Deletion, type Doomed } from './deletion.ts';
import { foundRows } from './foundRows.ts';
import { Naming } from './naming.ts';
import type { ListPorts } from './ports.ts';
import { ServerList } from './serverList.ts';
import { shownOf, withShown } from './shown.ts';
import { unsentRows } from './unsentRows.ts';
import { wholeConversation } from './wholeConversation.ts';

/** How long reading a conversation may take, in milliseconds. */
const patience = 60_000;

type Scope = ConversationList['scope'];

/** The list of the shown app's conversations: the server's and this computer's. */
export class ConversationsPart implements ChatPart, Disposable {
  readonly #ports: ListPorts;
  readonly #changed = new EventEmitter<StateChange>();
  readonly onDidChange = this.#changed.event;
  readonly #naming: Naming;
  readonly #deletion: Deletion;
  readonly #listening: readonly Disposable[];
  #search = new ConversationSearch();
  #wanted: { readonly search: string; readonly scope: Scope } = { search: '', scope: 'all' };
  /** `undefined` while no page shows the list. */
  #server: ServerList | undefined;
  #kept: readonly KeptConversation[] = [];
  #rows: readonly ConversationRow[] = [];
  /** What an act of the person came to, if it failed. */
  #problem = '';
  /** How many conversations are being read to be shown. */
  #opening = 0;
  #drawings = 0;

  constructor(ports: ListPorts) {
    this.#ports = ports;
    const { talk, kept } = ports;
    this.#naming = new Naming(ports, (id, name) => this.#server?.renamed(id, name));
    this.#deletion = new Deletion(ports, {
      changed: () => void this.#draw(),
      deleted: (doomed) => this.#deleted(doomed),
      failed: ({ app }, error) => this.#failed(app, error),
    });
    this.#listening = [
      talk.onDidHappen((happened) => this.#follow(happened)),
      talk.onDidShow(() => this.#followShown()),
      kept.onDidChange(({ appId }) => appId === this.#server?.app.id && void this.#readKept()),
    ];
  }

  state(): StateChange {
    return { list: this.#list() };
  }

  /** Opens the list, or searches it. It is read anew when it opens. */
  async list(search: string, scope: Scope): Promise<void> {
    const app = this.#ports.talk.app;
    if (app === undefined) return;
    this.#wanted = { search: search.trim().toLowerCase(), scope };
    if (this.#server?.app.id === app.id) return await this.#draw();
    this.#problem = '';
    const server = new ServerList(app, this.#ports, () => server === this.#server && void this.#draw());
    this.#server = server;
    await Promise.all([this.#readKept(), server.refresh()]);
    await this.#takeName(server);
  }

  close(): void {
    this.#server = undefined;
    this.#kept = [];
    this.#rows = [];
    this.#problem = '';
    this.#wanted = { search: '', scope: this.#wanted.scope };
    // The texts of all conversations are not held in memory for nothing.
    this.#search = new ConversationSearch();
    void this.#draw();
  }

  async more(): Promise<void> {
    await this.#server?.more();
  }

  /** Shows the conversation of the row; one that only the server has is read first. */
  async open(key: string): Promise<void> {
    await this.#try(async (app) => {
      const conversation = await this.whole(app, key);
      if (conversation !== undefined) await this.#ports.talk.openConversation(app, conversation);
    });
  }

  async rename(key: string, name: string): Promise<void> {
    await this.#try(async (app) => {
      await this.#naming.rename(app, { key, id: await this.#idOf(app, key) }, name);
      this.#patch(key, ({ conversation, ...kept }) => ({ ...kept, conversation: { ...conversation, name } }));
    });
  }

  async suggestName(key: string): Promise<void> {
    await this.#try(async (app) => {
      const conversation = await this.whole(app, key);
      if (conversation !== undefined) await this.#naming.suggest(app, conversation);
      if (conversation !== undefined && (await this.#local(app, key)) !== undefined) await this.#readKept();
    });
  }

  /** Pins are this computer's: what is pinned is kept here. */
  async pin(key: string, pinned: boolean): Promise<void> {
    await this.#try(async (app) => {
      const { kept } = this.#ports;
      const conversation = await this.whole(app, key);
      if (conversation === undefined) return;
      if ((await kept.read(app.id, key)) === undefined) await kept.write(app.id, conversation);
      await kept.update(app.id, key, (one) => ({ ...one, pinned }));
      await this.#readKept();
    });
  }

  /** @see Deletion */
  async delete(key: string): Promise<void> {
    await this.#try(async (app) => {
      const conversation = await this.#local(app, key);
      const listed = this.#server?.rows.find(({ id }) => id === key);
      const id = conversation === undefined ? listed?.id : conversation.id;
      if (conversation === undefined && listed === undefined) return;
      await this.#deletion.begin({ app, key, id, title: this.#titleOf(key, conversation), conversation });
    });
  }

  async undoDelete(): Promise<void> {
    await this.#deletion.undo();
  }

  /** The conversation with all that is known of it; `undefined` if there is none of this key. @throws {DifyError} */
  async whole(app: App, key: string): Promise<Conversation | undefined> {
    const local = await this.#local(app, key);
    if (local !== undefined) return local;
    const listed = this.#server?.rows.find(({ id }) => id === key);
    if (listed === undefined) return undefined;
    this.#opening++;
    this.#tell();
    try {
      return await wholeConversation(app, listed, this.#ports.clients, AbortSignal.timeout(patience));
    } finally {
      this.#opening--;
      this.#tell();
    }
  }

  dispose(): void {
    this.#naming.dispose();
    this.#deletion.dispose();
    for (const one of this.#listening) one.dispose();
    this.#changed.dispose();
  }

  #list(): ConversationList | undefined {
    const deleted = this.#deletion.current;
    if (this.#server === undefined && deleted === undefined) return undefined;
    const { state, problem, hasMore } = this.#server ?? { state: 'read', problem: '', hasMore: false };
    return {
      ...this.#wanted,
      rows: this.#rows,
      state: this.#opening > 0 ? 'reading' : state,
      problem: this.#problem || problem,
      hasMore,
      deleted,
    };
  }

  #titleOf(key: string, conversation: Conversation | undefined): string {
    const row = this.#rows.find((one) => one.key === key);
    const known = conversation === undefined ? '' : titleOf(conversation);
    return row?.name || known || row?.firstQuestion || t('New conversation');
  }

  async #draw(): Promise<void> {
    const drawing = ++this.#drawings;
    const rows = await this.#found(() => drawing === this.#drawings);
    if (rows === undefined) return;
    this.#rows = rows;
    this.#tell();
  }

  /** @returns `undefined` if nobody waits for it any more */
  async #found(isWanted: () => boolean): Promise<readonly ConversationRow[] | undefined> {
    const server = this.#server;
    if (server === undefined) return [];
    const { search, scope } = this.#wanted;
    const { talk } = this.#ports;
    const kept = withShown(this.#kept, shownOf(talk, server.app));
    const begun = conversationRows({ kept, listed: server.rows, going: talk.going(server.app.id) });
    const known = new Set(begun.map(({ key }) => key));
    const unsent = unsentRows(talk, server.app.id, Date.now()).filter(({ key }) => !known.has(key));
    const rows = [...unsent, ...begun].filter(
      ({ key, local }) => (local || scope === 'all') && !this.#deletion.hides(server.app.id, key),
    );
    return await foundRows(rows, { search, kept, texts: this.#search, isWanted });
  }

  /** The shown conversation got its name late, or elsewhere. */
  async #takeName({ app, rows }: ServerList): Promise<void> {
    const { talk } = this.#ports;
    const shown = shownOf(talk, app);
    const listed = rows.find(({ id }) => id === shown?.id);
    if (shown === undefined || listed === undefined) return;
    const name = givenName(listed.name, shown.messages[0]?.typed ?? '');
    if (name !== '' && name !== shown.name) await talk.apply(app.id, shown.key, { type: 'named', name });
  }

  async #readKept(): Promise<void> {
    const server = this.#server;
    if (server === undefined) return;
    const kept = await this.#ports.kept.list(server.app.id);
    if (server !== this.#server) return;
    this.#kept = kept;
    await this.#draw();
  }

  /** As it is in this window or on the disk. */
  async #local(app: App, key: string): Promise<Conversation | undefined> {
    const { talk, kept } = this.#ports;
    return talk.opened(app.id, key) ?? (await kept.read(app.id, key))?.conversation;
  }

  async #idOf(app: App, key: string): Promise<string | undefined> {
    const local = await this.#local(app, key);
    return local === undefined ? this.#server?.rows.find(({ id }) => id === key)?.id : local.id;
  }

  #patch(key: string, change: (kept: KeptConversation) => KeptConversation): void {
    this.#kept = this.#kept.map((one) => (one.conversation.key === key ? change(one) : one));
    void this.#draw();
  }

  #follow({ appId, event }: Happened): void {
    const isSmall = event.type === 'run' && event.event.type === 'textAppended';
    if (!isSmall && appId === this.#server?.app.id) void this.#draw();
  }

  #followShown(): void {
    const { app } = this.#ports.talk;
    const { search, scope } = this.#wanted;
    if (this.#server === undefined) return;
    if (app?.id === this.#server.app.id) void this.#draw();
    else if (app === undefined) this.close();
    else void this.list(search, scope);
  }

  #deleted({ id, key }: Doomed): void {
    if (id !== undefined) this.#server?.removed(id);
    this.#kept = this.#kept.filter(({ conversation }) => conversation.key !== key);
    void this.#draw();
  }

  /** What the person wanted of the list, and what went wrong with it. */
  async #try(work: (app: App) => Promise<void>): Promise<void> {
    const { app } = this.#ports.talk;
    if (app === undefined) return;
    this.#problem = '';
    try {
      await work(app);
      await this.#draw();
    } catch (error) {
      this.#failed(app, error);
    }
  }

  #failed(app: App, error: unknown): void {
    this.#ports.log.warn('The list of conversations', error);
    const problem = sentenceOf(describe(error, wordsFor(app)));
    // Commands work without the list too, and a deletion fails after it was closed.
    if (this.#server === undefined) return this.#ports.say(problem);
    this.#problem = problem;
    void this.#draw();
  }

  #tell(): void {
    this.#changed.fire(this.state());
  }
}
