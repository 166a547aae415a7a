import type { Conversation } from '../../conversation/conversation.ts';
import type { ConversationEvent } from '../../conversation/events.ts';
import { ConversationSession, wasTaken, type ChatApp } from '../../conversation/session.ts';
import type { ConversationFiles, Journal } from '../conversationFiles.ts';

/** A conversation that goes on in this window, shown or not, with its local copy. */
export class OpenConversation {
  readonly appId: string;
  readonly #journal: Journal;
  readonly #session: ConversationSession;

  constructor(appId: string, app: ChatApp, conversation: Conversation, files: ConversationFiles) {
    this.appId = appId;
    this.#journal = files.journal(appId, conversation);
    this.#session = new ConversationSession(app, conversation);
    this.#session.onEvent((event) => this.#journal.note(event, this.conversation));
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

  /** Writes what is not written yet. */
  async save(): Promise<void> {
    await this.#journal.flush();
  }

  /** Stops, and writes nothing any more: the person deleted it. */
  forget(): void {
    this.#journal.forget();
    this.stop();
  }
}
