import { EventEmitter } from 'vscode';
import type { Conversation, Message } from '../../conversation/conversation.ts';
import { draftWith } from '../../conversation/draftText.ts';
import type { ConversationEvent } from '../../conversation/events.ts';
import { waitsForForm } from '../../conversation/humanInput.ts';
import type { HowToRead } from '../../conversation/rest.ts';
import type { RunEvent } from '../../conversation/run.ts';
import { nothingTyped } from '../../conversation/storedTyped.ts';
import {
  ConversationSession,
  plainQuestion,
  unheardIn,
  wasTaken,
  type ChatApp,
  type Question,
} from '../../conversation/session.ts';
import type { Beside, Journal, Typed } from '../conversationFiles.ts';
import { nothingAttached, questionOf, type Attached, type Attachments } from './attachments.ts';
import { Draft, type TypedChange } from './draft.ts';
import { Queue } from './queue.ts';
import type { Home } from './talk.ts';

interface ConversationPorts {
  readonly app: ChatApp;
  readonly journal: Journal;
  readonly attachments: Attachments;
}

/** How long reading the history may take, in milliseconds. */
const patience = 60_000;

/** A conversation that goes on in this window, shown or not, with all that is typed in it. */
export class OpenConversation {
  readonly appId: string;
  readonly #ports: ConversationPorts;
  readonly #session: ConversationSession;
  readonly #draft: Draft;
  readonly #queue: Queue;
  readonly #typed = new EventEmitter<TypedChange>();
  /** Fires when the host changed what is typed, and when the queue is another one. */
  readonly onDidChangeTyped = this.#typed.event;
  #beside: Beside;
  #preparing: Promise<unknown> = Promise.resolve();
  /** How many questions are being prepared. */
  #prepared = 0;
  /** What was sent last, until something is typed: a second Enter would repeat it. */
  #sent: string | undefined;

  constructor(appId: string, conversation: Conversation, typed: Typed = nothingTyped, ports: ConversationPorts) {
    this.appId = appId;
    this.#ports = ports;
    this.#session = new ConversationSession(ports.app, conversation);
    this.#session.onEvent((event) => this.#note(event));
    const { contexts, files, form, humanInput } = typed;
    this.#beside = { contexts, files, form, humanInput };
    this.#queue = new Queue(typed.queue);
    this.#draft = new Draft(typed.text, () => this.#keep());
  }

  get conversation(): Conversation {
    return this.#session.conversation;
  }

  get answering(): boolean {
    return this.#session.answering;
  }

  /** What is typed and not sent; `text` is what belongs into the composer. */
  get typed(): Typed {
    return { ...this.#beside, text: this.#draft.text, queue: this.#queue.items };
  }

  get queueHeld(): boolean {
    return this.#queue.held;
  }

  /** Whether it may be let go of: nothing goes on. Who looks after the deadline of a form reads on in this very object. */
  get idle(): boolean {
    return !this.answering && !waitsForForm(this.conversation) && this.#prepared === 0 && this.#queue.idle;
  }

  onEvent(listener: (event: ConversationEvent) => void): void {
    this.#session.onEvent(listener);
  }

  /** The person typed. */
  type(text: string): void {
    if (text.trim() !== '') this.#sent = undefined;
    this.#draft.typed(text);
  }

  /** Puts text under what is typed. */
  add(text: string): void {
    this.type(draftWith(this.#draft.text, text));
    this.#typed.fire({ type: 'added', text });
  }

  /** Keeps what else is typed: what is attached, what stands in the form. */
  keep(beside: Partial<Beside>): void {
    this.#beside = { ...this.#beside, ...beside };
    this.#keep();
  }

  /** Asks what was typed, or puts it into the queue while an answer is under way. Resolves when nothing more is asked by itself. */
  async send(typed: string): Promise<void> {
    if (typed.trim() === '' || this.#repeats(typed)) return;
    this.#sent = typed;
    this.#draft.sent(typed);
    const { attachments } = this.#ports;
    const before = this.#preparing;
    const taking = before.then(async () =>
      (await attachments.ready(typed, this.#home)) ? attachments.take(typed, this.#home) : undefined,
    );
    this.#preparing = taking.catch(() => {});
    this.#prepared++;
    const asking = taking.then(
      (taken) =>
        taken === undefined ? this.#return(typed, nothingAttached) : this.#ask({ ...plainQuestion(typed), ...taken }),
      (error: unknown) => {
        this.#return(typed, nothingAttached);
        throw error;
      },
    );
    await taking.catch(() => {});
    this.#prepared--;
    await asking;
  }

  /** Asks a question of the conversation anew. */
  async ask(question: Question): Promise<void> {
    this.#draft.sent(question.typed);
    await this.#ask(question);
  }

  async #ask(question: Question): Promise<void> {
    const { typed, query, contexts, files } = question;
    const asked = await this.#session.send(question);
    if (asked === undefined) {
      this.#queue.add({ text: typed, query, contexts, files });
      this.#draft.taken(typed);
      this.#queueChanged();
      return;
    }
    if (wasTaken(asked.run)) this.#draft.taken(typed);
    else this.#return(typed, question);
    await this.#goOn(asked);
  }

  /** Runs an app that is not talked with, unless it runs already. Nothing typed is sent by that, and nothing waits for it. */
  async run(question: Question): Promise<void> {
    await this.#session.send(question);
  }

  /** Reads on what became of an answer. `undefined` if there is none such, or an answer is under way. */
  async readOn(
    { key, run: { status } }: Message,
    read: (signal: AbortSignal, app: ChatApp) => AsyncGenerator<RunEvent, void, void>,
  ): Promise<Message | undefined> {
    if (status.type !== 'incomplete' && status.type !== 'paused') return undefined;
    // One that waited goes on: who stops it then stops the answer.
    const stopped: RunEvent = status.type === 'paused' ? { type: 'stopped' } : status;
    const message = await this.#session.readOn(key, stopped, (signal) => read(signal, this.#ports.app));
    if (message === undefined) return undefined;
    // It was the pause that held the queue.
    if (status.type === 'paused' && message.run.status.type === 'done') this.#queue.resume();
    await this.#goOn(message);
    return message;
  }

  /** Looks for what became of an answer that was cut off, unless another one is under way. */
  async readRest(message: Message, how?: HowToRead): Promise<void> {
    const read = await this.#session.readRest(message, how);
    if (read !== undefined) await this.#goOn(read);
  }

  /** Takes a question out of the queue, back into the composer. */
  editQueued(key: string): void {
    const waiting = this.#queue.take(key);
    if (waiting === undefined) return;
    this.add(waiting.text);
    this.#ports.attachments.giveBack(waiting, this.#home);
    this.#queueChanged();
  }

  changeQueue(key: string, how: 'delete' | 'up' | 'down'): void {
    if (how === 'delete') this.#queue.take(key);
    else this.#queue.move(key, how);
    this.#queueChanged();
  }

  /** Stops the answer, and asks this one then. */
  async sendNow(key: string): Promise<void> {
    if (!this.#queue.hurry(key)) return;
    this.#queueChanged();
    if (this.answering) this.stop();
    else await this.#next();
  }

  async resumeQueue(): Promise<void> {
    this.#queue.resume();
    this.#queueChanged();
    if (!this.answering) await this.#next();
  }

  /** Changes the conversation. */
  apply(event: ConversationEvent): void {
    this.#session.apply(event);
  }

  /** Another window went on in it. */
  join(conversation: Conversation): void {
    this.#session.join(conversation);
  }

  /** @throws {DifyError} if the history cannot be read */
  async refresh(): Promise<void> {
    await this.#session.refresh(AbortSignal.timeout(patience));
  }

  /** Takes over what the server has of a question of which nothing, or not all, was heard. @throws {DifyError} */
  async find(message: Message): Promise<void> {
    await this.#session.find(message, AbortSignal.timeout(patience));
  }

  stop(): void {
    this.#session.stop();
  }

  /** The window is being closed, and nobody would read the answer that is under way. */
  close(): void {
    this.#session.close();
  }

  /** Writes what is not written yet. */
  async save(): Promise<void> {
    await this.#ports.journal.flush();
  }

  /** Stops, and writes nothing any more: the person deleted it. */
  forget(): void {
    this.#ports.journal.forget();
    this.#queue.clear();
    this.stop();
  }

  get #home(): Home {
    return { appId: this.appId, key: this.conversation.key };
  }

  #note(event: ConversationEvent): void {
    // What another window wrote is written.
    if (event.type !== 'joined') this.#ports.journal.note(event, this.conversation);
    if (event.type !== 'run' || event.event.type !== 'started') return;
    const message = this.conversation.messages.findLast(({ key }) => key === event.key);
    if (message !== undefined) this.#draft.taken(message.typed);
  }

  async #goOn({ run }: Message): Promise<void> {
    if (run.status.type !== 'done' && this.#queue.hold()) this.#queueChanged();
    await this.#next();
  }

  async #next(): Promise<void> {
    const waiting = this.#queue.next();
    if (waiting === undefined) return;
    this.#queueChanged();
    const question = await questionOf(waiting, this.#ports.attachments, this.#home).catch((error: unknown) => {
      this.#queue.putBack();
      this.#queueChanged();
      throw error;
    });
    const asking = this.#ask(question);
    this.#queue.left();
    this.#keep();
    await asking;
  }

  /** The very question that was sent a moment ago, and that waits for its turn or for the server's first word. */
  #repeats(typed: string): boolean {
    const same = (text: string | undefined): boolean => text?.trim() === typed.trim();
    if (!same(this.#sent)) return false;
    return this.#prepared > 0 || same(this.#queue.items.at(-1)?.text) || same(unheardIn(this.conversation)?.typed);
  }

  #return(typed: string, attached: Attached): void {
    this.#sent = undefined;
    if (!this.#draft.returned(typed)) return;
    this.#ports.attachments.giveBack(attached, this.#home);
    this.#typed.fire({ type: 'returned', text: typed });
  }

  #queueChanged(): void {
    this.#keep();
    this.#typed.fire({ type: 'queue' });
  }

  #keep(): void {
    this.#ports.journal.typed({ ...this.typed, queue: this.#queue.stored, text: this.#draft.stored });
  }
}
