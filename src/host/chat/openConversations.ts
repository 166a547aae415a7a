import { EventEmitter } from 'vscode';
import { newConversation, type Conversation, type Message } from '../../conversation/conversation.ts';
import type { ConversationEvent } from '../../conversation/events.ts';
import { reduce } from '../../conversation/reduce.ts';
import { isDemo, keepsAnswers, type App } from '../app.ts';
import type { Typed } from '../conversationFiles.ts';
import type { AppFaces } from './appFaces.ts';
import { chatAppOf } from './chatApp.ts';
import type { ChatPorts } from './chatPorts.ts';
import type { Attachments } from './attachments.ts';
import type { TypedChange } from './draft.ts';
import { OpenConversation } from './openConversation.ts';
import { restoredFor } from './restored.ts';

/** So many that nothing goes on in stay open: who comes back finds them at once. */
const most = 10;

interface OpenPorts extends Pick<ChatPorts, 'apps' | 'clients' | 'files' | 'log' | 'readsUnasked' | 'sleep'> {
  readonly faces: AppFaces;
  readonly attachments: Attachments;
}

/** Cut off by the end of its window, or of VS Code. */
function isClosed({ run: { status } }: Message): boolean {
  return status.type === 'incomplete' && status.because === 'closed';
}

/** The conversations that are open in this window, the one that was shown last at the end. */
export class OpenConversations {
  readonly #ports: OpenPorts;
  readonly #happened = new EventEmitter<readonly [OpenConversation, ConversationEvent]>();
  readonly #typed = new EventEmitter<readonly [OpenConversation, TypedChange]>();
  readonly onDidHappen = this.#happened.event;
  readonly onDidChangeTyped = this.#typed.event;
  #all: readonly OpenConversation[] = [];

  constructor(ports: OpenPorts) {
    this.#ports = ports;
    ports.files.onDidChange(({ appId, key }) => void this.#join(appId, key));
  }

  list(appId?: string): readonly OpenConversation[] {
    return appId === undefined ? this.#all : this.#all.filter((open) => open.appId === appId);
  }

  get(appId: string, key: string | undefined): OpenConversation | undefined {
    return this.#all.find((open) => open.appId === appId && open.conversation.key === key);
  }

  /** Opens a conversation that is not open yet. */
  begin(app: App, conversation: Conversation, typed?: Typed): OpenConversation {
    const { clients, apps, files, faces, attachments, sleep } = this.#ports;
    // Its address or name may be edited while the conversation is open.
    const current = (): App => apps.find(app.id) ?? app;
    const open: OpenConversation = new OpenConversation(app.id, conversation, typed, {
      app: chatAppOf({
        clients,
        faces,
        sleep,
        app: current,
        began: (inputs) => open.apply({ type: 'inputsSet', inputs }),
      }),
      journal: files.journal(app.id, conversation),
      attachments,
    });
    open.onEvent((event) => this.#happened.fire([open, event]));
    open.onDidChangeTyped((change) => this.#typed.fire([open, change]));
    this.#all = [...this.#all, open];
    return open;
  }

  /** Opens the conversation as it is kept here, with what was typed in it; `undefined` if nothing is. */
  async read(app: App, key: string): Promise<OpenConversation | undefined> {
    const { files } = this.#ports;
    const [kept, typed] = await Promise.all([files.read(app.id, key), files.typed(app.id, key)]);
    const known = this.get(app.id, key);
    if (known !== undefined || (kept === undefined && typed === undefined)) return known;
    const conversation = kept === undefined ? { ...newConversation(), key } : restoredFor(app, kept.conversation);
    const open = this.begin(app, conversation, typed);
    void this.refresh(open);
    return open;
  }

  /** Opens a conversation that may be known here by its key or by Dify's id. */
  async open(app: App, conversation: Conversation): Promise<OpenConversation> {
    const { key, id } = conversation;
    const known = this.get(app.id, key) ?? this.#byId(app.id, id);
    if (known !== undefined) return known;
    const kept = id === undefined ? undefined : await this.#ports.files.byId(app.id, id);
    const read = await this.read(app, kept?.conversation.key ?? key);
    return read ?? this.#byId(app.id, id) ?? this.begin(app, conversation);
  }

  /** Changes a conversation, open or only kept. */
  async apply(appId: string, key: string, event: ConversationEvent): Promise<void> {
    const open = this.get(appId, key);
    if (open !== undefined) return open.apply(event);
    await this.#ports.files.update(appId, key, (kept) => ({
      ...kept,
      conversation: reduce(kept.conversation, event),
    }));
  }

  /** Takes over what the server has of it, where servers may be asked: what became of an answer that ran when its window was closed. */
  async refresh(open: OpenConversation): Promise<void> {
    if (!this.#ports.readsUnasked()) return;
    try {
      const last = open.conversation.messages.at(-1);
      if (last !== undefined && this.#isOf(open, keepsAnswers) && isClosed(last)) await open.readRest(last);
      await open.refresh();
    } catch (error) {
      // The local copy is shown; if the conversation is gone, the next question says so.
      this.#ports.log.warn('Reading the history', error);
    }
  }

  /** It is shown: closes those that were left long ago, after they are written. Of the demo nothing is written. */
  async show(shown: OpenConversation): Promise<void> {
    this.#all = [...this.#all.filter((open) => open !== shown), shown];
    const idle = this.#all.filter((open) => open !== shown && open.idle && !this.#isOf(open, isDemo));
    for (const open of idle.slice(0, -most)) {
      await open.save();
      if (open.idle && this.#all.at(-1) !== open) this.#remove(open);
    }
  }

  /** Lets go of one that was deleted: nothing of it is written any more. */
  forget(open: OpenConversation): void {
    open.forget();
    this.#remove(open);
  }

  /** Writes what is not written yet. Answers that Dify would not keep if nobody read them are stopped: so it keeps what came of them. */
  async end(): Promise<void> {
    const all = this.#all;
    for (const open of all) if (!this.#isOf(open, keepsAnswers)) open.close();
    await Promise.all(all.map((open) => open.save()));
  }

  #byId(appId: string, id: string | undefined): OpenConversation | undefined {
    return id === undefined ? undefined : this.list(appId).find(({ conversation }) => conversation.id === id);
  }

  #isOf({ appId }: OpenConversation, is: (app: App) => boolean): boolean {
    const app = this.#ports.apps.find(appId);
    return app !== undefined && is(app);
  }

  #remove(open: OpenConversation): void {
    this.#all = this.#all.filter((other) => other !== open);
  }

  /** Another window went on in the conversation. */
  async #join(appId: string, key: string): Promise<void> {
    if (this.get(appId, key) === undefined) return;
    const kept = await this.#ports.files.read(appId, key);
    if (kept !== undefined) this.get(appId, key)?.join(kept.conversation);
  }
}
