import { rm } from 'node:fs/promises';
import type { Conversation } from '../../conversation/conversation.ts';
import type { ConversationEvent } from '../../conversation/events.ts';
import { mergeCopies, type Copy } from '../../conversation/mergeCopies.ts';
import { isEnded, type RunEvent } from '../../conversation/run.ts';
import { endsRun } from '../../conversation/session.ts';
import { storeTyped, type Typed } from '../../conversation/storedTyped.ts';
import { lastAskedAt, type Copies, type Found } from './copies.ts';
import { typedFile, type Place } from './paths.ts';
import { Repeated } from './repeated.ts';
import { TurnLogFiles } from './turnLogFiles.ts';
import { writeWhole } from './wholeFiles.ts';

/** How far, in milliseconds, the files may lag behind; with the writing itself they stay well within a second. */
const lag = 400;
/** The same of what is typed, within half a second. */
const lagOfTyping = 200;
/** So many UTF-16 code units of an answer are not kept waiting. */
const much = 2_048;

/** Writes down what happens in one conversation of this window. */
export interface Journal {
  /** It is written within a second; ids, questions and ends at once. @param after the conversation after the event */
  note(event: ConversationEvent, after: Conversation): void;
  /** What stands in the composer now: it is written within half a second. */
  typed(typed: Typed): void;
  /** Writes what is not written yet. Never rejects. */
  flush(): Promise<void>;
  /** Stops, and writes nothing any more: the person deleted it. */
  forget(): void;
}

export interface JournalPorts {
  readonly copies: Copies;
  /** Whether anything but what is typed is to be kept. */
  readonly keeps: () => boolean;
  /** Does one work of this name after the other. */
  readonly inTurn: (name: string, work: () => Promise<void>) => Promise<void>;
  /** Something could not be written. */
  readonly failed: (error: unknown) => void;
}

/** Logs while turns run, folded into the conversation's file when they have ended; and a file of what is typed. */
export class FileJournal implements Journal {
  readonly #place: Place;
  readonly #ports: JournalPorts;
  readonly #logs: TurnLogFiles;
  /** None of the three waits for the others: another window may hold the file for a while. */
  readonly #logging: Repeated;
  readonly #folding: Repeated;
  readonly #typing: Repeated;
  /** Keys of messages whose answers run, or ended and are not yet in the file. */
  readonly #running = new Set<string>();
  /** UTF-16 code units that the logs may lack. */
  #grown = 0;
  #after: Conversation;
  #base: Conversation;
  #removed: readonly string[] = [];
  #changedAt = 0;
  /** The file is to be written. */
  #isDirty = false;
  /** Of the file as it was written here; `undefined` if what there is has to be read first. */
  #known: { readonly revision: string; readonly pinned: boolean } | undefined;
  #typed: Typed | undefined;
  #isForgotten = false;

  /** @param conversation as it was read, or a new one */
  constructor(place: Place, conversation: Conversation, ports: JournalPorts) {
    this.#place = place;
    this.#ports = ports;
    this.#after = conversation;
    this.#base = conversation;
    this.#logs = new TurnLogFiles(place, ports.failed);
    const repeated = (name: string, work: () => Promise<void>, after = lag): Repeated =>
      new Repeated(after, async () => {
        if (!this.#isForgotten) await ports.inTurn(name, work).catch(ports.failed);
      });
    this.#logging = repeated(`${place.name} logs`, () => this.#writeLogs());
    this.#folding = repeated('files', () => this.#fold());
    this.#typing = repeated(`${place.name} typed`, () => this.#writeTyped(), lagOfTyping);
  }

  note(event: ConversationEvent, after: Conversation): void {
    if (this.#isForgotten) return;
    this.#after = after;
    switch (event.type) {
      case 'asked':
        this.#running.add(event.key);
        if (event.replaces !== undefined) this.#removed = [...this.#removed, event.replaces];
        this.#changedAt = Date.now();
        return this.#logging.wish(true);
      case 'run':
        return this.#noteRun(event.key, event.event);
      default:
        this.#isDirty = true;
        this.#folding.wish(false);
    }
  }

  typed(typed: Typed): void {
    if (this.#isForgotten) return;
    this.#typed = typed;
    this.#typing.wish(false);
  }

  async flush(): Promise<void> {
    // What could not be written before is tried once more.
    if (this.#isDirty) this.#folding.wish(false);
    await Promise.all([this.#logging.now(), this.#folding.now(), this.#typing.now()]);
  }

  forget(): void {
    this.#isForgotten = true;
    for (const work of [this.#logging, this.#folding, this.#typing]) work.cancel();
    this.#logs.leave();
  }

  #noteRun(key: string, event: RunEvent): void {
    this.#running.add(key);
    this.#grown += 'text' in event ? event.text.length : 0;
    const hasEnded = endsRun(event);
    this.#logging.wish(hasEnded || event.type === 'started' || this.#grown >= much);
    if (!hasEnded) return;
    this.#isDirty = true;
    this.#changedAt = Date.now();
    this.#folding.wish(true);
  }

  /** Not asked with every piece of an answer: it is a setting. */
  #isKept(): boolean {
    if (this.#ports.keeps()) return true;
    this.#running.clear();
    this.#isDirty = false;
    return false;
  }

  async #writeLogs(): Promise<void> {
    this.#grown = 0;
    if (this.#isForgotten || !this.#isKept()) return;
    // A log that may be torn is read by whoever writes the file next.
    if (!(await this.#logs.follow(this.#after, this.#running))) this.#known = undefined;
  }

  async #fold(): Promise<void> {
    // What follows the end of a log would begin it anew.
    await this.#logging.now();
    if (this.#isForgotten || !this.#isDirty || !this.#isKept()) return;
    const conversation = this.#after;
    this.#isDirty = false;
    try {
      if (await this.#replace(conversation)) await this.#close(conversation);
    } catch (error) {
      this.#isDirty = true;
      this.#known = undefined;
      throw error;
    }
  }

  async #replace(conversation: Conversation): Promise<boolean> {
    let pinned = this.#known?.pinned ?? false;
    let isWhole = true;
    const make = (found: Found): Copy => {
      const changedAt = Math.max(this.#changedAt, lastAskedAt(conversation.messages));
      const mine = { conversation, pinned, changedAt, removed: this.#removed };
      if (found === 'unchanged' || found === undefined) return mine;
      const merged = mergeCopies(this.#base, mine, found);
      ({ pinned } = merged);
      this.#changedAt = merged.changedAt;
      this.#removed = merged.removed;
      isWhole = merged.conversation.messages.length === conversation.messages.length;
      return merged;
    };
    const revision = await this.#ports.copies.replace(this.#place, make, this.#known?.revision);
    if (revision === undefined) return false;
    this.#base = conversation;
    // What others said and is not known here would be lost by writing without reading.
    this.#known = isWhole ? { revision, pinned } : undefined;
    return true;
  }

  /** The file says what the logs of answers that have ended say. */
  async #close({ messages }: Conversation): Promise<void> {
    const now = new Map(this.#after.messages.map(({ key, run }) => [key, isEnded(run)]));
    const written = new Set(messages.filter(({ run }) => isEnded(run)).map(({ key }) => key));
    for (const key of this.#running) {
      const isOver = now.get(key) ?? true;
      if (!isOver || (now.has(key) && !written.has(key))) continue;
      this.#running.delete(key);
      await this.#logs.remove(key);
    }
  }

  async #writeTyped(): Promise<void> {
    if (this.#typed === undefined) return;
    const text = storeTyped(this.#typed);
    const file = typedFile(this.#place);
    if (text === '') await rm(file, { force: true });
    else await writeWhole(file, text);
  }
}
