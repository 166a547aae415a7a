import { EventEmitter } from 'vscode';
import { newConversation, type Conversation } from '../../conversation/conversation.ts';
import type { ConversationEvent } from '../../conversation/events.ts';
import { type HideableNotice } from '../../conversation/appFace.ts';
import { emptyChat, type ChatEvent, type ChatState } from '../../conversation/protocol.ts';
import { endsRun } from '../../conversation/session.ts';
import type { ChatActivity } from '../activity.ts';
import { isDemo, type App } from '../app.ts';
import type { Beside, Typed } from '../conversationFiles.ts';
import { activityOf, changesActivity } from './activity.ts';
import { AppFaces } from './appFaces.ts';
import { noAttachments, type Attachments } from './attachments.ts';
import type { ChatPorts } from './chatPorts.ts';
import { goingOf, isUntouched } from './going.ts';
import { Notices } from './notices.ts';
import type { TypedChange } from './draft.ts';
import type { OpenConversation } from './openConversation.ts';
import { OpenConversations } from './openConversations.ts';
import type { ChatPart } from './part.ts';
import type { Happened, Home, Talk } from './talk.ts';

type Listener = (event: ChatEvent | 'changed') => void;

/** The chat of this window: one app at a time, and its current conversation. Pages come and go; this stays. */
export class Chat implements Talk {
  readonly #ports: ChatPorts;
  readonly #faces: AppFaces;
  readonly #notices: Notices;
  readonly #open: OpenConversations;
  readonly #listeners = new Set<Listener>();
  /** By app, the key of its current conversation: who comes back to an app finds it where it was, its answer still running. */
  readonly #current = new Map<string, string>();
  readonly #activityChanged = new EventEmitter<void>();
  readonly #didShow = new EventEmitter<void>();
  readonly #happened = new EventEmitter<Happened>();
  readonly #forgotten = new EventEmitter<Home>();
  /** Fires after an answer began, ended, or began or ceased to wait for the person. */
  readonly onDidChangeActivity = this.#activityChanged.event;
  readonly onDidShow = this.#didShow.event;
  readonly onDidHappen = this.#happened.event;
  readonly onDidForget = this.#forgotten.event;
  #parts: readonly ChatPart[] = [];
  #attachments = noAttachments;
  #shown: OpenConversation | undefined;
  #opening: Promise<void> | undefined;

  constructor(ports: ChatPorts) {
    this.#ports = ports;
    this.#faces = new AppFaces(ports.details);
    this.#notices = new Notices(ports.health);
    const attachments: Attachments = {
      ready: (typed, home) => this.#attachments.ready(typed, home),
      take: (typed, home, again) => this.#attachments.take(typed, home, again),
      giveBack: (attached, home) => this.#attachments.giveBack(attached, home),
    };
    this.#open = new OpenConversations({ ...ports, faces: this.#faces, attachments });
    this.#open.onDidHappen(([open, event]) => this.#follow(open, event));
    this.#open.onDidChangeTyped(([open, change]) => this.#followTyped(open, change));
  }

  /** Shows these parts too. @param attachments what goes along with questions */
  add(parts: readonly ChatPart[], attachments: Partial<Attachments> = {}): void {
    this.#parts = [...this.#parts, ...parts];
    this.#attachments = { ...this.#attachments, ...attachments };
    for (const part of parts) part.onDidChange((state) => this.tell({ type: 'changed', state }));
  }

  /** All that a page shows. Opens the conversation that was left last, at the first call. */
  async state(): Promise<ChatState> {
    this.#opening ??= this.#openCurrent();
    await this.#opening;
    return this.#parts.reduce<ChatState>((state, part) => ({ ...state, ...part.state() }), this.#ownState());
  }

  /**
   * @param listener hears events of what is shown, and `changed` when only a new state tells it
   * @returns a function that ends the subscription
   */
  onEvent(listener: Listener): () => void {
    this.#listeners.add(listener);
    return () => this.#listeners.delete(listener);
  }

  get app(): App | undefined {
    return this.#ports.apps.find(this.#shown?.appId);
  }

  get conversation(): Conversation | undefined {
    return this.#shown?.conversation;
  }

  /** The conversation that is shown, with all that can be done in it. */
  get shown(): OpenConversation | undefined {
    return this.#shown;
  }

  /** The apps changed, or another one was chosen: shows what is current now. */
  reopen(): void {
    if (this.#opening === undefined) return;
    this.#opening = this.#openCurrent();
    this.tell('changed');
  }

  /** What goes on in all conversations of this window. */
  activity(): ChatActivity {
    const shown = this.all.filter((open) => open === this.#shown);
    return activityOf([...new Set([...shown, ...this.all])], Date.now());
  }

  going(appId: string): ReadonlyMap<string, 'answering' | 'needsYou' | 'draft'> {
    return goingOf(this.#open.list(appId));
  }

  /** Servers may be asked unasked from now on: reads what was not read for that. */
  catchUp(): void {
    this.reopen();
    for (const open of this.#open.list()) void this.#open.refresh(open);
  }

  /** The app's face or form was read anew, or it does better or worse than before. */
  redraw({ id }: Pick<App, 'id'>): void {
    if (id === this.#shown?.appId) this.tell('changed');
  }

  async send(query: string, key = this.conversation?.key): Promise<void> {
    await this.find(key)?.send(query);
  }

  /** The conversations that are open, those that nothing goes on in among them. */
  get all(): readonly OpenConversation[] {
    return this.#open.list();
  }

  /** Leaves the conversation; an answer that runs in it goes on, and what is typed stays in it. */
  async newConversation(draft = ''): Promise<void> {
    const app = this.app;
    if (this.#shown === undefined || app === undefined) return;
    if (!isUntouched(this.#shown)) await this.#show(app, this.#open.begin(app, newConversation()));
    if (draft !== '') this.#shown.add(draft);
    if (this.#ports.readsUnasked()) await this.#faces.load(app);
  }

  async openConversation(app: App, conversation: Conversation): Promise<void> {
    await this.#ports.apps.chooseChatApp(app);
    await this.state();
    if (this.#shown?.appId !== app.id) return;
    const open = await this.#open.open(app, conversation);
    if (open === this.#shown || this.app?.id !== app.id) return;
    await this.#show(app, open);
    await this.#open.refresh(open);
  }

  /** Hides what is said of the app, or says it again. */
  showNotice(kind: HideableNotice, shown: boolean): void {
    const { app } = this;
    if (app !== undefined) this.#notices[shown ? 'show' : 'hide'](app, kind);
    this.tell('changed');
  }

  /** Keeps what is in the composer. @param key of the conversation in which it was typed */
  draft(text: string, key = this.conversation?.key): void {
    this.find(key)?.type(text);
  }

  /** Puts text under what is typed in the composer: nothing is sent before the person does. */
  async addToDraft(text: string): Promise<void> {
    await this.state();
    this.#shown?.add(text);
  }

  /** The open conversation of this key. */
  find(key: string | undefined): OpenConversation | undefined {
    return this.#open.list().find(({ conversation }) => conversation.key === key);
  }

  opened(appId: string, key: string): Conversation | undefined {
    return this.#open.get(appId, key)?.conversation;
  }

  typedIn(appId: string, key: string): Typed | undefined {
    return this.#open.get(appId, key)?.typed;
  }

  keepTyped(appId: string, key: string, beside: Partial<Beside>): void {
    this.#open.get(appId, key)?.keep(beside);
  }

  async apply(appId: string, key: string, event: ConversationEvent): Promise<void> {
    await this.#open.apply(appId, key, event);
  }

  async leave(appId: string, key: string): Promise<void> {
    const open = this.#open.get(appId, key);
    open?.stop();
    await this.#showAnother(open);
  }

  async drop(appId: string, key: string): Promise<void> {
    const open = this.#open.get(appId, key);
    if (open === undefined) return this.#forgotten.fire({ appId, key });
    this.#forget(open);
    await this.#showAnother(open);
  }

  /** Lets go of all that is open of the app, or of every app, without writing it: the person deleted it. */
  forget(appId: string | undefined): void {
    for (const open of this.#open.list(appId)) this.#forget(open);
    if (appId === undefined || this.#shown?.appId === appId) this.#shown = undefined;
    this.reopen();
  }

  /** VS Code ends: writes what is not written yet. */
  async end(): Promise<void> {
    await this.#open.end();
  }

  #ownState(): ChatState {
    const shown = this.#shown;
    const app = this.app;
    if (shown === undefined || app === undefined) return emptyChat;
    const { text: draft, queue, contexts } = shown.typed;
    const { conversation, queueHeld } = shown;
    const notices = this.#notices.of(app);
    return { ...emptyChat, app: this.#faces.of(app), conversation, draft, contexts, queue, queueHeld, notices };
  }

  async #openCurrent(): Promise<void> {
    const app = this.#ports.apps.chatApp();
    const shown = app === undefined ? undefined : await this.#restore(app);
    // Another app was chosen while the file was read: that one is being opened.
    if (this.#ports.apps.chatApp()?.id !== app?.id) return;
    const isAnother = shown !== this.#shown;
    this.#shown = shown;
    if (isAnother) this.#didShow.fire();
    this.#activityChanged.fire();
    if (app !== undefined && this.#ports.readsUnasked()) void this.#faces.load(app);
  }

  /** The app as the person left it in this workspace. */
  async #restore(app: App): Promise<OpenConversation> {
    const current = (): OpenConversation | undefined => this.#open.get(app.id, this.#current.get(app.id));
    const key = current() === undefined && !isDemo(app) ? await this.#ports.files.current(app.id) : undefined;
    const read = current() === undefined && key !== undefined ? await this.#open.read(app, key) : undefined;
    const restored = current() ?? read;
    const open = restored ?? this.#open.begin(app, newConversation());
    if (restored === undefined) await this.#keepCurrent(app, open);
    else this.#current.set(app.id, open.conversation.key);
    return open;
  }

  async #show(app: App, open: OpenConversation): Promise<void> {
    this.#shown = open;
    const keeping = this.#keepCurrent(app, open);
    this.#didShow.fire();
    this.tell('changed');
    this.#activityChanged.fire();
    await this.#open.show(open);
    await keeping;
  }

  /** @param than is not to be seen any more */
  async #showAnother(than: OpenConversation | undefined): Promise<void> {
    const { app } = this;
    if (than === undefined || than !== this.#shown || app === undefined) return;
    await this.#show(app, this.#open.begin(app, newConversation()));
  }

  async #keepCurrent(app: App, { conversation: { key } }: OpenConversation): Promise<void> {
    this.#current.set(app.id, key);
    if (!isDemo(app)) await this.#ports.files.keepCurrent(app.id, key);
  }

  #forget(open: OpenConversation): void {
    const { appId, conversation } = open;
    this.#open.forget(open);
    this.#forgotten.fire({ appId, key: conversation.key });
    if (this.#current.get(appId) === conversation.key) this.#current.delete(appId);
  }

  #follow(open: OpenConversation, event: ConversationEvent): void {
    const { appId, conversation } = open;
    if (open === this.#shown) this.tell(event);
    this.#happened.fire({ appId, key: conversation.key, event });
    if (event.type !== 'run' || changesActivity(event.event)) this.#activityChanged.fire();
    if (event.type !== 'run' || (event.event.type !== 'lost' && !endsRun(event.event))) return;
    this.#ports.log.info(`An answer in the chat: ${event.event.type}`);
  }

  #followTyped(open: OpenConversation, change: TypedChange): void {
    if (open !== this.#shown) return;
    const { queueHeld, typed } = open;
    if (change.type === 'queue') this.tell({ type: 'changed', state: { queue: typed.queue, queueHeld } });
    else this.tell({ type: change.type === 'added' ? 'draftAdded' : 'draftReturned', text: change.text });
  }

  tell(event: ChatEvent | 'changed'): void {
    for (const listener of this.#listeners) listener(event);
  }
}
