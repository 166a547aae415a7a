import { EventEmitter } from 'vscode';
import { newConversation, type Conversation, type Message } from '../../conversation/conversation.ts';
import { draftWith } from '../../conversation/draftText.ts';
import type { ConversationEvent } from '../../conversation/events.ts';
import type { Remedy } from '../../conversation/failure.ts';
import { emptyChat, type ChatEvent, type ChatState, type HideableNotice } from '../../conversation/protocol.ts';
import { endsRun, wasTaken } from '../../conversation/session.ts';
import type { ChatActivity } from '../activity.ts';
import { isDemo, type App } from '../app.ts';
import { Memory } from '../memory.ts';
import { activityOf, changesActivity } from './activity.ts';
import { AppFaces } from './appFaces.ts';
import { AppMemory } from './appMemory.ts';
import { chatAppOf } from './chatApp.ts';
import type { ChatPorts } from './chatPorts.ts';
import { Draft } from './draft.ts';
import { Notices } from './notices.ts';
import { OpenConversation } from './openConversation.ts';

/** What is shown of one app: its current conversation, and what is typed there. */
interface Shown {
  readonly appId: string;
  readonly memory: AppMemory;
  readonly draft: Draft;
  open: OpenConversation;
}

/** The chat of this window: one app at a time, and its current conversation. Views come and go; this stays. */
export class Chat {
  readonly #ports: ChatPorts;
  readonly #faces: AppFaces;
  readonly #notices: Notices;
  /** Of the demo nothing is stored. */
  readonly #demoMemory = new Memory();
  readonly #listeners = new Set<(event: ChatEvent | 'changed') => void>();
  /** By app: who comes back to an app finds its conversation where it was, its answer still running. */
  readonly #byApp = new Map<string, Shown>();
  /** Every conversation that had an answer running when it was left. */
  readonly #left = new Set<OpenConversation>();
  readonly #activityChanged = new EventEmitter<void>();
  /** Fires after an answer began, ended, or began or ceased to wait for the person. */
  readonly onDidChangeActivity = this.#activityChanged.event;
  #shown: Shown | undefined;
  #opening: Promise<void> | undefined;

  constructor(ports: ChatPorts) {
    this.#ports = ports;
    this.#faces = new AppFaces(ports.details);
    this.#notices = new Notices(ports.health);
  }

  /** All that a view shows. Opens the conversation that was left last, at the first call. */
  async state(): Promise<ChatState> {
    this.#opening ??= this.#open();
    await this.#opening;
    const shown = this.#shown;
    const app = this.app;
    if (shown === undefined || app === undefined) return emptyChat;
    const { open, draft } = shown;
    return {
      ...emptyChat,
      app: this.#faces.of(app),
      conversation: open.conversation,
      draft: draft.text,
      notices: this.#notices.of(app),
    };
  }

  /** @param listener hears events of what is shown, and `changed` when only a new state tells it */
  onEvent(listener: (event: ChatEvent | 'changed') => void): () => void {
    this.#listeners.add(listener);
    return () => this.#listeners.delete(listener);
  }

  /** The apps changed, or another one was chosen: shows what is current now. */
  reopen(): void {
    if (this.#opening === undefined) return;
    this.#opening = this.#open();
    this.#tell('changed');
  }

  /** What goes on in all conversations of this window. */
  activity(): ChatActivity {
    const current = [...this.#byApp.values()].map(({ open }) => open);
    const shown = current.filter((open) => open === this.#shown?.open);
    return activityOf([...new Set([...shown, ...current, ...this.#left])], Date.now());
  }

  /** Servers may be asked unasked from now on: reads what was not read for that. */
  catchUp(): void {
    this.reopen();
    for (const shown of this.#byApp.values()) void this.#refresh(shown);
  }

  /** The app's face or form was read anew, or it does better or worse than before. */
  redraw({ id }: Pick<App, 'id'>): void {
    if (id === this.#shown?.appId) this.#tell('changed');
  }

  /** Asks; the text is kept until the server took it. */
  async send(query: string, replaces?: string): Promise<void> {
    const shown = this.#shown;
    if (shown === undefined || query.trim() === '') return;
    if (!shown.open.answering) {
      shown.draft.sent(query);
      const taken = await shown.open.send(query, replaces);
      if (taken === true) return shown.draft.taken(query);
    }
    // Refused, or an answer is still under way: also where the conversation is not shown any more, the text is.
    if (shown.draft.returned(query) && shown === this.#shown) this.#tell({ type: 'draftReturned', text: query });
  }

  stop(): void {
    this.#shown?.open.stop();
  }

  /** Leaves the conversation; an answer that runs in it goes on. */
  async newConversation(draft = ''): Promise<void> {
    const shown = this.#shown;
    const app = this.app;
    if (shown === undefined || app === undefined) return;
    if (shown.draft.text === '') shown.draft.typed(draft);
    await this.#leaveFor(shown, app, newConversation());
    if (this.#ports.readsUnasked()) await this.#faces.load(app);
  }

  /** Goes on in a conversation that began elsewhere, with its app; what is typed for the app stays. */
  async openConversation(app: App, conversation: Conversation): Promise<void> {
    await this.#ports.apps.chooseChatApp(app);
    await this.state();
    const shown = this.#shown;
    if (shown?.appId !== app.id || shown.open.conversation.id === conversation.id) return;
    const kept = await this.#ports.files.byId(app.id, conversation.id ?? '');
    await this.#leaveFor(shown, app, kept?.conversation ?? conversation);
    await this.#refresh(shown);
  }

  /** Asks the question of the message again. One that Dify never took is replaced, else a new answer is added. */
  async askAgain(key: string): Promise<void> {
    const message = this.#message(key);
    if (message !== undefined) await this.send(message.query, wasTaken(message.run) ? undefined : key);
  }

  /** Does what helps against the failure of the message. */
  async remedy(key: string, remedy: Remedy): Promise<void> {
    const message = this.#message(key);
    const app = this.app;
    if (message === undefined || app === undefined) return;
    switch (remedy) {
      case 'retry':
        return await this.askAgain(key);
      case 'newConversation':
        return await this.newConversation(message.query);
      case 'none':
        return;
      default: {
        const repaired = await this.#ports.repair(app, remedy);
        if (repaired === undefined) return;
        await this.#opening;
        return await this.askAgain(key);
      }
    }
  }

  /** Hides what is said of the app, or says it again. */
  showNotice(kind: HideableNotice, shown: boolean): void {
    const app = this.app;
    if (app === undefined) return;
    if (shown) this.#notices.show(app, kind);
    else this.#notices.hide(app, kind);
    this.#tell('changed');
  }

  /** Keeps what is in the composer. */
  draft(text: string): void {
    this.#shown?.draft.typed(text);
  }

  /** Puts text under what is typed in the composer: nothing is sent before the person does. */
  async addToDraft(text: string): Promise<void> {
    await this.state();
    const shown = this.#shown;
    if (shown === undefined) return;
    shown.draft.typed(draftWith(shown.draft.text, text));
    this.#tell({ type: 'draftAdded', text });
  }

  /** Lets go of all that is open of the app, or of every app, without writing it: the person deleted it. */
  forget(appId: string | undefined): void {
    const isMeant = (id: string): boolean => appId === undefined || appId === id;
    const open = [...this.#left, ...[...this.#byApp.values()].map((shown) => shown.open)];
    for (const one of open.filter((conversation) => isMeant(conversation.appId))) {
      one.forget();
      this.#left.delete(one);
      this.#byApp.delete(one.appId);
    }
    if (this.#shown !== undefined && isMeant(this.#shown.appId)) this.#shown = undefined;
    this.reopen();
  }

  /** Stops the answers that run, and writes what is not written yet. */
  async end(): Promise<void> {
    const all = [...this.#left, ...[...this.#byApp.values()].map(({ open }) => open)];
    for (const open of all) open.stop();
    await Promise.all(all.map((open) => open.save()));
  }

  async #open(): Promise<void> {
    const app = this.#ports.apps.chatApp();
    const shown = app === undefined ? undefined : (this.#byApp.get(app.id) ?? (await this.#restore(app)));
    // Another app was chosen while the file was read: that one is being opened.
    if (this.#ports.apps.chatApp()?.id !== app?.id) return;
    this.#shown = shown;
    this.#activityChanged.fire();
    if (app !== undefined && this.#ports.readsUnasked()) void this.#faces.load(app);
  }

  /** The app as the person left it in this workspace. */
  async #restore(app: App): Promise<Shown> {
    const { id } = app;
    const { workspace, files } = this.#ports;
    const memory = new AppMemory(isDemo(app) ? this.#demoMemory : workspace, id);
    const { conversationId } = memory;
    const kept = conversationId === undefined ? undefined : await files.byId(id, conversationId);
    const known = this.#byApp.get(id);
    if (known !== undefined) return known;

    const draft = new Draft(memory.draft, (text) => (this.#byApp.has(id) ? memory.keepDraft(text) : undefined));
    const open = this.#begin(app, kept?.conversation ?? { ...newConversation(), id: conversationId });
    const shown = { appId: id, memory, draft, open };
    this.#byApp.set(id, shown);
    void this.#refresh(shown);
    return shown;
  }

  #begin(app: App, conversation: Conversation): OpenConversation {
    const { clients, apps, files } = this.#ports;
    // Its address or name may be edited while the conversation is open.
    const current = (): App => apps.find(app.id) ?? app;
    const chatApp = chatAppOf({ clients, faces: this.#faces, app: current });
    const open = new OpenConversation(app.id, chatApp, conversation, files);
    open.onEvent((event) => this.#note(event));
    open.onEvent((event) => this.#follow(app.id, open, event));
    return open;
  }

  /** Shows another conversation of the app; an answer that runs in the one before goes on. */
  async #leaveFor(shown: Shown, app: App, conversation: Conversation): Promise<void> {
    for (const open of this.#left) if (!open.answering) this.#left.delete(open);
    if (shown.open.answering) this.#left.add(shown.open);
    shown.open = this.#begin(app, conversation);
    await shown.memory.keepConversation(conversation.id);
    this.#tell('changed');
    this.#activityChanged.fire();
  }

  #note(event: ConversationEvent): void {
    if (event.type !== 'run' || changesActivity(event.event)) this.#activityChanged.fire();
    if (event.type !== 'run' || !endsRun(event.event)) return;
    this.#ports.log.info(`An answer in the chat: ${event.event.type}`);
  }

  #follow(appId: string, open: OpenConversation, event: ConversationEvent): void {
    const shown = this.#byApp.get(appId);
    if (shown?.open !== open) return;
    if (shown === this.#shown) this.#tell(event);
    if (event.type !== 'run' || event.event.type !== 'started') return;
    shown.draft.taken(open.conversation.messages.find(({ key }) => key === event.key)?.query ?? '');
    const { id } = open.conversation;
    void shown.memory.keepConversation(id).catch((error: unknown) => {
      this.#ports.log.error('Remembering the conversation', error);
    });
  }

  async #refresh({ open }: Shown): Promise<void> {
    if (!this.#ports.readsUnasked()) return;
    try {
      await open.refresh();
    } catch (error) {
      // The local copy is shown; if the conversation is gone, the next question says so.
      this.#ports.log.warn('Reading the history', error);
    }
  }

  /** The app that is shown. */
  get app(): App | undefined {
    return this.#ports.apps.find(this.#shown?.appId);
  }

  #message(key: string): Message | undefined {
    return this.#shown?.open.conversation.messages.find((message) => message.key === key);
  }

  #tell(event: ChatEvent | 'changed'): void {
    for (const listener of this.#listeners) listener(event);
  }
}
