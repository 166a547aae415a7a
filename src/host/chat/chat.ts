import type { Memento } from 'vscode';
import { emptyConversation, type Conversation } from '../../conversation/conversation.ts';
import type { ConversationEvent } from '../../conversation/events.ts';
import type { Remedy } from '../../conversation/failure.ts';
import type { ChatEvent, ChatState } from '../../conversation/protocol.ts';
import { ConversationSession, wasTaken } from '../../conversation/session.ts';
import type { App } from '../app.ts';
import type { Apps } from '../apps.ts';
import type { Clients } from '../clients.ts';
import type { Log } from '../log.ts';
import { AppFaces } from './appFaces.ts';
import { chatAppOf } from './chatApp.ts';
import type { ConversationFiles } from './conversationFiles.ts';
import { Drafts } from './drafts.ts';

/** What the chat needs. */
export interface ChatPorts {
  readonly apps: Apps;
  readonly clients: Clients;
  readonly files: ConversationFiles;
  /** State of this workspace. */
  readonly workspace: Memento;
  readonly log: Log;
  /** Asks the person for a new key or address of the app; `undefined` if they give up. */
  readonly repair: (app: App, step: 'address' | 'key') => Promise<App | undefined>;
}

/** How long a local copy may lag behind what is shown, in milliseconds. */
const lag = 1_000;

/** A conversation with its app, as it is talked in. */
interface Talk {
  readonly app: App;
  readonly session: ConversationSession;
}

/** The chat of this window: one app, its current conversation, and what the views show of them. Views come and go; this stays. */
export class Chat {
  readonly #ports: ChatPorts;
  readonly #faces: AppFaces;
  readonly #drafts: Drafts;
  readonly #listeners = new Set<(event: ChatEvent | 'changed') => void>();
  readonly #saving = new Map<ConversationSession, ReturnType<typeof setTimeout>>();
  #talk: Talk | undefined;
  #opening: Promise<void> | undefined;

  constructor(ports: ChatPorts) {
    this.#ports = ports;
    this.#faces = new AppFaces(ports.clients, ports.log);
    this.#drafts = new Drafts(ports.workspace);
  }

  /** All that a view shows. Opens the conversation that was left last, at the first call. */
  async state(): Promise<ChatState> {
    this.#opening ??= this.#open();
    await this.#opening;
    const talk = this.#talk;
    if (talk === undefined) return { app: undefined, conversation: emptyConversation, draft: '' };
    const { app, session } = talk;
    return { app: this.#faces.of(app), conversation: session.conversation, draft: this.#drafts.of(app) };
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

  /** Asks; the text stays the draft until the server took it. */
  async send(query: string, replaces?: string): Promise<void> {
    const talk = this.#talk;
    if (talk === undefined || query.trim() === '') return;
    if (talk.session.answering) {
      this.#tell({ type: 'draftReturned', text: query });
      return;
    }
    await this.#drafts.sent(talk.app, query);
    const run = await talk.session.send(query, replaces);
    if (run === undefined || wasTaken(run)) return;
    await this.#drafts.returned(talk.app);
    if (talk === this.#talk) this.#tell({ type: 'draftReturned', text: query });
  }

  stop(): void {
    this.#talk?.session.stop();
  }

  /** Leaves the conversation; an answer that runs in it goes on. */
  async newConversation(draft = ''): Promise<void> {
    const talk = this.#talk;
    if (talk === undefined) return;
    await this.#ports.workspace.update(conversationKey(talk.app), undefined);
    await this.#drafts.typed(talk.app, draft);
    this.#talk = this.#begin(talk.app, emptyConversation);
    this.#tell('changed');
  }

  /** Asks the question of the message again. One that Dify never took is replaced, else a new answer is added. */
  async askAgain(key: string): Promise<void> {
    const message = this.#talk?.session.conversation.messages.find((other) => other.key === key);
    if (message === undefined) return;
    await this.send(message.query, wasTaken(message.run) ? undefined : key);
  }

  /** Does what helps against the failure of the message. */
  async remedy(key: string, remedy: Remedy): Promise<void> {
    const talk = this.#talk;
    const message = talk?.session.conversation.messages.find((other) => other.key === key);
    if (talk === undefined || message === undefined) return;
    switch (remedy) {
      case 'retry':
        return await this.askAgain(key);
      case 'newConversation':
        return await this.newConversation(message.query);
      case 'enterKey':
      case 'editAddress': {
        const repaired = await this.#ports.repair(talk.app, remedy === 'enterKey' ? 'key' : 'address');
        if (repaired === undefined) return;
        await this.#opening;
        return await this.askAgain(key);
      }
      case 'none':
        return;
    }
  }

  /** Keeps what is in the composer. */
  async draft(text: string): Promise<void> {
    if (this.#talk !== undefined) await this.#drafts.typed(this.#talk.app, text);
  }

  /** Stops the answer that runs, and writes what is not written yet. */
  async end(): Promise<void> {
    const talk = this.#talk;
    if (talk === undefined) return;
    talk.session.stop();
    await this.#save(talk);
  }

  async #open(): Promise<void> {
    const app = this.#ports.apps.chatApp();
    const running = this.#talk;
    if (app === undefined) {
      this.#talk = undefined;
    } else if (running?.app.id === app.id) {
      // A new key or address: the conversation goes on where it is.
      this.#talk = { app, session: running.session };
    } else {
      this.#talk = this.#begin(app, await this.#lastConversation(app));
      void this.#refresh(this.#talk);
    }
    if (app !== undefined) void this.#faces.load(app).then((loaded) => loaded && this.#tell('changed'));
  }

  async #lastConversation(app: App): Promise<Conversation> {
    const id = this.#ports.workspace.get<string>(conversationKey(app));
    if (id === undefined) return emptyConversation;
    return (await this.#ports.files.read(app.id, id)) ?? { id, messages: [] };
  }

  async #refresh({ app, session }: Talk): Promise<void> {
    try {
      await session.refresh(AbortSignal.timeout(60_000));
    } catch (error) {
      // The local copy is shown; if the conversation is gone, the next question says so.
      this.#ports.log.error(`Reading the history from ${app.baseUrl}`, error);
    }
  }

  #begin(app: App, conversation: Conversation): Talk {
    const session = new ConversationSession(chatAppOf(app, this.#ports.clients, this.#faces), conversation);
    const talk = { app, session };
    session.onEvent((event) => void this.#follow(talk, event));
    return talk;
  }

  async #follow(talk: Talk, event: ConversationEvent): Promise<void> {
    if (talk.session === this.#talk?.session) this.#tell(event);
    this.#saveSoon(talk);
    if (event.type !== 'run' || event.event.type !== 'started') return;
    await this.#drafts.taken(talk.app);
    const { id } = talk.session.conversation;
    if (talk.session === this.#talk?.session) await this.#ports.workspace.update(conversationKey(talk.app), id);
  }

  #saveSoon(talk: Talk): void {
    if (this.#saving.has(talk.session)) return;
    const timer = setTimeout(() => void this.#save(talk), lag);
    this.#saving.set(talk.session, timer);
  }

  async #save({ app, session }: Talk): Promise<void> {
    clearTimeout(this.#saving.get(session));
    this.#saving.delete(session);
    await this.#ports.files.write(app.id, session.conversation);
  }

  #tell(event: ChatEvent | 'changed'): void {
    for (const listener of this.#listeners) listener(event);
  }
}

function conversationKey(app: App): string {
  return `conversation:${app.id}`;
}
