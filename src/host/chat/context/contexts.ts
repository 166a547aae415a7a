import { EventEmitter } from 'vscode';
import type { ContextItem } from '../../../conversation/conversation.ts';
import { sizeOf } from '../../../conversation/fileProblem.ts';
import type { StateChange } from '../../../conversation/protocol.ts';
import { queryWith, type ContextText } from '../../../conversation/queryWith.ts';
import { isDemo, originOf, type App } from '../../app.ts';
import { cutTo } from '../../source/cutTo.ts';
import { secretFile, secretsInText, type FoundSecret } from '../../source/foundSecrets.ts';
import { t } from '../../words.ts';
import type { Apps } from '../../apps.ts';
import type { ChatPart } from '../part.ts';
import type { Home, Talk } from '../talk.ts';
import type { Attachment } from './attachment.ts';

/** What was attached in a conversation when it was left, to be had in another life of the window. */
export interface KeptContexts {
  of(appId: string, conversation: string): readonly ContextItem[];
  keep(appId: string, conversation: string, contexts: readonly ContextItem[]): void;
}

interface ContextsPorts {
  readonly talk: Pick<Talk, 'app' | 'conversation' | 'onDidShow' | 'onDidForget'>;
  readonly apps: Pick<Apps, 'find'>;
  readonly kept: KeptContexts;
  /** Tells the person something that needs no answer. */
  readonly say: (sentence: string) => void;
  /** Whether the person wants it sent, though it looks like secrets. */
  readonly meansSecrets: (found: readonly FoundSecret[], app: App) => Promise<boolean>;
  /** What an item stands for that was attached in another life of the window. */
  readonly find: (item: ContextItem) => Promise<Attachment | undefined>;
}

/** A question as it is sent, and what is shown with it. */
export interface TakenContexts {
  readonly contexts: readonly ContextItem[];
  readonly query: string;
}

/** A text that was read, what it was read from, and where its chip was. */
interface Known {
  readonly from: Attachment;
  readonly text: ContextText;
  readonly home: Home;
}

/** Largest text that goes along whole, in bytes; of a larger one its beginning. */
const largest = 200 * 1024;

/** So many texts are remembered: those in composers, in queues, and of questions that may come back. */
const remembered = 100;

/** What is attached to the questions that are being written: chips by conversation, and the texts behind them. */
export class Contexts implements ChatPart {
  readonly #ports: ContextsPorts;
  readonly #changed = new EventEmitter<StateChange>();
  readonly onDidChange = this.#changed.event;
  /** By conversation. */
  readonly #chips = new Map<string, readonly ContextItem[]>();
  /** By the item's key; the latest last. */
  readonly #known = new Map<string, Known>();
  /** Secrets of which the person said that they may go to that server. */
  readonly #passed = new Set<string>();
  /** By conversation: what may go with the question that is being sent there. */
  readonly #ready = new Map<string, readonly ContextText[]>();

  constructor(ports: ContextsPorts) {
    this.#ports = ports;
    ports.talk.onDidShow(() => this.#tell());
    ports.talk.onDidForget((home) => this.#forget(home));
  }

  state(): StateChange {
    return { contexts: this.#chipsOf(this.#shown) };
  }

  /** Reads it, and puts a chip into the composer of the conversation that is shown. Whether there is one now. */
  async attach(from: Attachment): Promise<boolean> {
    const home = this.#shown;
    if (this.#has(home, from.item)) return true;
    const text = await readOf(from);
    if (typeof text === 'string') {
      this.#ports.say(text);
      return false;
    }
    // A second press of the same button read it too.
    if (this.#has(home, from.item)) return true;
    if (text.isCut) this.#ports.say(cutSentence(text.item));
    this.#remember({ from, text, home });
    this.#put(home, [...this.#chipsOf(home), text.item]);
    return true;
  }

  detach(key: string): void {
    this.#put(this.#shown, without(this.#chipsOf(this.#shown), [key]));
  }

  /** Reads what is attached as it is now. Whether the person lets it go: they are asked where it looks like secrets. */
  async ready(home: Home): Promise<boolean> {
    const texts = await this.#textsOf(this.#chipsOf(home), home);
    const may = await this.#mayGo(texts, home);
    if (may) this.#ready.set(home.key, texts);
    else this.#ready.delete(home.key);
    return may;
  }

  /**
   * The question with the texts of what is attached, which leaves the composer; as it was when it was {@link ready}.
   *
   * @param again what is in no composer any more, but in a question that waited: it is read anew, and what the person does not let go
   *   stays behind
   */
  async take(typed: string, home: Home, again?: readonly ContextItem[]): Promise<TakenContexts> {
    const texts = again === undefined ? await this.#taken(home) : await this.#readAgain(again, home);
    const contexts = texts.map(({ item }) => item);
    const keys = contexts.map(({ key }) => key);
    this.#put(home, without(this.#chipsOf(home), keys));
    return { contexts, query: queryWith(typed, texts, t) };
  }

  /** Puts chips back into the composers that they came from: their question was not sent, or goes back to be changed. */
  giveBack(items: readonly ContextItem[]): void {
    for (const item of items.toReversed()) {
      const home = this.#known.get(item.key)?.home ?? this.#shown;
      if (!this.#has(home, item)) this.#put(home, [item, ...this.#chipsOf(home)]);
    }
  }

  get #shown(): Home {
    const { app, conversation } = this.#ports.talk;
    return { appId: app?.id ?? '', key: conversation?.key ?? '' };
  }

  async #taken(home: Home): Promise<readonly ContextText[]> {
    const ready = this.#ready.get(home.key);
    this.#ready.delete(home.key);
    return ready ?? (await this.#textsOf(this.#chipsOf(home), home));
  }

  async #readAgain(items: readonly ContextItem[], home: Home): Promise<readonly ContextText[]> {
    const texts = await this.#textsOf(items, home);
    return (await this.#mayGo(texts, home)) ? texts : [];
  }

  #chipsOf({ appId, key }: Home): readonly ContextItem[] {
    return this.#chips.get(key) ?? this.#ports.kept.of(appId, key);
  }

  #has(home: Home, item: ContextItem): boolean {
    return this.#chipsOf(home).some((chip) => isSame(chip, item));
  }

  #put(home: Home, chips: readonly ContextItem[]): void {
    if (chips.length === this.#chipsOf(home).length) return;
    this.#chips.set(home.key, chips);
    this.#ports.kept.keep(home.appId, home.key, chips);
    if (home.key === this.#shown.key) this.#tell();
  }

  /** The conversation was deleted: nothing of it stays in memory. */
  #forget({ key }: Home): void {
    this.#chips.delete(key);
    this.#ready.delete(key);
    for (const [item, { home }] of this.#known) if (home.key === key) this.#known.delete(item);
  }

  #tell(): void {
    this.#changed.fire(this.state());
  }

  /** The texts as they are now. What cannot be read any more is left out, which is said. */
  async #textsOf(items: readonly ContextItem[], home: Home): Promise<readonly ContextText[]> {
    const texts: ContextText[] = [];
    for (const item of items) {
      const text = await this.#textOf(item, home);
      if (text === undefined) this.#ports.say(lostSentence(item));
      else texts.push(text);
    }
    return texts;
  }

  async #textOf(item: ContextItem, home: Home): Promise<ContextText | undefined> {
    const known = this.#known.get(item.key);
    if (known !== undefined) return known.from.isLive ? await this.#readAnew(item, known) : known.text;
    const from = await this.#ports.find(item);
    return from === undefined ? undefined : await this.#readAnew(item, { from, home, text: undefined });
  }

  /** What is gone meanwhile stays as it was. */
  async #readAnew(
    item: ContextItem,
    { from, home, text: before }: Omit<Known, 'text'> & { readonly text: ContextText | undefined },
  ): Promise<ContextText | undefined> {
    const read = await readOf(from);
    if (typeof read === 'string') return before;
    const text = { ...read, item: { ...item, size: read.item.size } };
    this.#remember({ from, text, home });
    return text;
  }

  #remember(known: Known): void {
    const { key } = known.text.item;
    this.#known.delete(key);
    this.#known.set(key, known);
    const [oldest] = this.#known.keys();
    if (this.#known.size > remembered && oldest !== undefined) this.#known.delete(oldest);
  }

  /** What goes to the demo never leaves this computer, and is not looked at. */
  async #mayGo(texts: readonly ContextText[], { appId }: Home): Promise<boolean> {
    const app = this.#ports.apps.find(appId);
    if (app === undefined || isDemo(app)) return true;
    const idOf = ({ text }: FoundSecret): string => `${originOf(app)} ${text}`;
    const all = texts.flatMap((text) => secretsIn(text, this.#known.get(text.item.key)?.from.path ?? ''));
    const found = all.filter((one) => !this.#passed.has(idOf(one)));
    if (found.length === 0) return true;
    if (!(await this.#ports.meansSecrets(found, app))) return false;
    for (const one of found) this.#passed.add(idOf(one));
    return true;
  }
}

/** The text, cut where it is too large, or in a sentence why there is none. */
async function readOf({ item, read }: Attachment): Promise<ContextText | string> {
  const unreadable = { problem: t('{file} is no file that can be read here.', { file: titleOf(item) }) };
  // VS Code throws for a file that is gone, or that the person may not read.
  const found = await read().catch(() => unreadable);
  if ('problem' in found) return found.problem;
  const isCut = Buffer.byteLength(found.text) > largest;
  const text = isCut ? cutTo(largest, found.text) : found.text;
  return { item: { ...item, size: text.length }, text, isCut };
}

function secretsIn({ item, text }: ContextText, path: string): readonly FoundSecret[] {
  const [first] = item.lines ?? [1];
  const placeOf = (start: number) => ({
    file: titleOf(item),
    n: first + text.slice(0, start).split('\n').length - 1,
  });
  return [...secretFile(path), ...secretsInText(text, placeOf)];
}

/** Whether both stand for the same piece of the editor. */
function isSame(one: ContextItem, other: ContextItem): boolean {
  if (one.key === other.key) return true;
  if (one.kind === 'clipboard' || one.kind !== other.kind) return false;
  return one.name === other.name && one.lines?.join() === other.lines?.join();
}

function without(items: readonly ContextItem[], keys: readonly string[]): readonly ContextItem[] {
  return items.filter(({ key }) => !keys.includes(key));
}

function cutSentence(item: ContextItem): string {
  return t('{file} is large: its first {size} are attached.', { file: titleOf(item), size: sizeOf(largest) });
}

function lostSentence(item: ContextItem): string {
  return t('{file} can no longer be read, and does not go along.', { file: titleOf(item) });
}

function titleOf({ kind, name }: ContextItem): string {
  if (name !== '') return name;
  return kind === 'diff' ? t('Changes') : t('Clipboard');
}
