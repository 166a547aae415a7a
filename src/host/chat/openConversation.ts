import type { Conversation } from '../../conversation/conversation.ts';
import type { ConversationEvent } from '../../conversation/events.ts';
import { ConversationSession, wasTaken, type ChatApp } from '../../conversation/session.ts';
import type { ConversationFiles } from '../conversationFiles.ts';

/** How long a local copy may lag behind what is shown, in milliseconds. */
const lag = 1_000;

/** A conversation that goes on in this window, shown or not, with its local copy. */
export class OpenConversation {
  readonly appId: string;
  readonly #files: ConversationFiles;
  readonly #session: ConversationSession;
  #forgotten = false;
  #saving: ReturnType<typeof setTimeout> | undefined;

  constructor(appId: string, app: ChatApp, conversation: Conversation, files: ConversationFiles) {
    this.appId = appId;
    this.#files = files;
    this.#session = new ConversationSession(app, conversation);
    this.#session.onEvent(() => {
      if (this.#forgotten) return;
      this.#saving ??= setTimeout(() => void this.save(), lag);
      // Of messages asked in the same second the server forgets the order.
      if (!this.answering) void this.save();
    });
  }

  get conversation(): Conversation {
    return this.#session.conversation;
  }

  get answering(): boolean {
    return this.#session.answering;
  }

  onEvent(listener: (event: ConversationEvent) => void): void {
    this.#session.onEvent(listener);
  }

  /** Asks. Whether the server took the question; `undefined` if an answer is still under way. */
  async send(query: string, replaces?: string): Promise<boolean | undefined> {
    const run = await this.#session.send(query, replaces);
    return run === undefined ? undefined : wasTaken(run);
  }

  /** @throws {DifyError} if the history cannot be read */
  async refresh(): Promise<void> {
    await this.#session.refresh(AbortSignal.timeout(60_000));
  }

  stop(): void {
    this.#session.stop();
  }

  /** Writes the local copy, if there is anything to write. */
  async save(): Promise<void> {
    if (this.#saving === undefined) return;
    clearTimeout(this.#saving);
    this.#saving = undefined;
    await this.#files.write(this.appId, this.conversation);
  }

  /** Stops, and writes nothing any more: the person deleted it. */
  forget(): void {
    this.#forgotten = true;
    clearTimeout(this.#saving);
    this.#saving = undefined;
    this.stop();
  }
}
