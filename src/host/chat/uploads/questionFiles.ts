import { EventEmitter } from 'vscode';
import type { SentFile } from '../../../conversation/conversation.ts';
import { describe } from '../../../conversation/failure.ts';
import { fileProblem } from '../../../conversation/fileProblem.ts';
import type { StateChange } from '../../../conversation/protocol.ts';
import { thumbnailIn, type KeptUpload } from '../../../conversation/upload.ts';
import type { App } from '../../app.ts';
import type { Apps } from '../../apps.ts';
import type { AppDetails } from '../../appDetails.ts';
import type { LocalFile } from '../../files/asks.ts';
import { originOf, tellsOfLostUpload, uploadIdIn, uploadLocal, type Uploads } from '../../files/uploads.ts';
import { t, wordsFor } from '../../words.ts';
import type { ChatPart } from '../part.ts';
import type { Happened, Home, Talk } from '../talk.ts';
import { entryFor, entryOf, keptOf, pictureIn, sentOf, shownOf, type Entry } from './entry.ts';
import { takesOf, type Takes } from './takes.ts';

export interface QuestionFilesPorts {
  readonly talk: Pick<Talk, 'app' | 'conversation' | 'onDidShow' | 'onDidHappen' | 'onDidForget'>;
  readonly apps: Pick<Apps, 'find'>;
  readonly details: Pick<AppDetails, 'parameters' | 'knownParameters'>;
  readonly uploads: (app: App) => Uploads | undefined;
  /** What stood in composers when they were left, to be had in another life of the window. */
  readonly kept: {
    of(appId: string, key: string): readonly KeptUpload[];
    keep(appId: string, key: string, files: readonly KeptUpload[]): void;
  };
  /** A file that another window attached, at its address. */
  readonly find: (uri: string) => Promise<LocalFile | undefined>;
  /** Tells the person something that needs no answer. */
  readonly say: (sentence: string) => void;
}

/** How long reading what an app takes may take, in milliseconds. */
const patience = 10_000;

/** Files beside the questions that are being written: each is checked, and uploaded as soon as it is attached. */
export class QuestionFiles implements ChatPart {
  readonly #ports: QuestionFilesPorts;
  readonly #changed = new EventEmitter<StateChange>();
  readonly onDidChange = this.#changed.event;
  /** By conversation. */
  readonly #entries = new Map<string, readonly Entry[]>();
  /** Conversations whose last question was refused because the server has lost its files. */
  readonly #lost = new Set<string>();

  constructor(ports: QuestionFilesPorts) {
    this.#ports = ports;
    ports.talk.onDidShow(() => this.#tell());
    ports.talk.onDidHappen((happened) => this.#follow(happened));
    ports.talk.onDidForget(({ key }) => this.#forget(key));
  }

  state(): StateChange {
    return { uploads: this.#of(this.#shown).map(shownOf) };
  }

  /** What the shown app takes beside a question; `undefined` for nothing. */
  async takes(): Promise<Takes | undefined> {
    const { talk, details } = this.#ports;
    const { app } = talk;
    if (app === undefined) return undefined;
    // A failure was logged where it was read; what was known before is as good as can be.
    const read = details.parameters(app, AbortSignal.timeout(patience)).catch(() => undefined);
    return takesOf(app, details.knownParameters(app) ?? (await read));
  }

  /** Attaches files to the question that is being written, and begins to upload those that the app takes. */
  async add(files: readonly LocalFile[]): Promise<void> {
    const home = this.#shown;
    const takes = await this.takes();
    if (takes === undefined)
      return this.#ports.say(t('This app takes no files with a question. Only text can be attached.'));
    for (const file of files) this.#add(file, home, takes);
    this.#keep(home);
  }

  /** Takes it out of the composer; what was on its way is cancelled. */
  remove(key: string): void {
    const home = this.#shown;
    this.#find(key)?.stop.abort();
    this.#set(
      home,
      this.#of(home).filter((entry) => entry.key !== key),
    );
  }

  /** Uploads it anew. */
  async retry(key: string): Promise<void> {
    const entry = this.#find(key);
    if (entry === undefined || entry.state !== 'failed' || !entry.canRetry) return;
    Object.assign(entry, { state: 'uploading', percent: 0, problem: '', stop: new AbortController() });
    // What the app takes may not have been read in this window.
    entry.done = this.takes().then(() => this.#upload(entry));
    this.#tell();
    await entry.done;
  }

  /** The page made it of the entry's picture. */
  setThumbnail(key: string, address: string): void {
    const entry = this.#find(key);
    if (entry?.picture === undefined) return;
    Object.assign(entry, { picture: undefined, thumbnail: thumbnailIn(address) });
    this.#keep(entry.home);
  }

  /** Waits for what is on its way. Whether all of it is there: what failed holds the question, as the page says. */
  async ready(home: Home): Promise<boolean> {
    for (;;) {
      const running = this.#of(home).filter(({ state }) => state === 'uploading');
      if (running.length === 0) break;
      await Promise.all(running.map(({ done }) => done));
    }
    return this.#of(home).every(({ state }) => state === 'ready');
  }

  /** Takes what is uploaded out of the composer: it is sent. */
  take(home: Home): readonly SentFile[] {
    const ready = this.#of(home).filter(({ state }) => state === 'ready');
    this.#set(
      home,
      this.#of(home).filter((entry) => !ready.includes(entry)),
    );
    return ready.map(sentOf);
  }

  /** Attaches again what was sent, or was to be. */
  giveBack(files: readonly SentFile[], home: Home): void {
    const known = files.filter(({ mapping }) => Object.keys(mapping).length > 0);
    const entries = known.map((file) => entryOf({ ...file, key: crypto.randomUUID(), uri: undefined }, home));
    if (this.#lost.has(home.key)) for (const entry of entries) Object.assign(entry, lostOf(entry));
    this.#set(home, [...entries, ...this.#of(home)]);
  }

  /** Takes out of the composer what came back into it and is sent without it after all. */
  withdraw(files: readonly SentFile[], home: Home): void {
    const ids = new Set(files.map(({ mapping }) => uploadIdIn(mapping)));
    this.#set(
      home,
      this.#of(home).filter(({ mapping }) => !ids.has(uploadIdIn(mapping))),
    );
  }

  #add(file: LocalFile, home: Home, { rules, limits, most }: Takes): void {
    const entry = entryFor(file, home, rules.allowedFileTypes);
    const taken = this.#of(home).filter(({ canRetry, state }) => state !== 'failed' || canRetry).length;
    const tooMany = taken >= most ? t('The app takes {n} files at most.', { n: most }) : '';
    const problem = fileProblem({ files: rules }, file, limits, t) || tooMany;
    if (problem === '') entry.done = this.#upload(entry);
    else Object.assign(entry, { state: 'failed', canRetry: false, problem });
    this.#entries.set(home.key, [...this.#of(home), entry]);
  }

  async #upload(entry: Entry): Promise<void> {
    const { stop } = entry;
    const app = this.#ports.apps.find(entry.home.appId);
    try {
      await this.#bring(entry, app);
    } catch (error) {
      if (stop.signal.aborted || app === undefined) return;
      const { fact, advice } = describe(error, wordsFor(app));
      const problem = t('{file}: {problem}', { file: entry.name, problem: [fact, advice].join(' ').trim() });
      Object.assign(entry, { state: 'failed', problem });
    }
    if (!stop.signal.aborted) this.#keep(entry.home);
  }

  async #bring(entry: Entry, app: App | undefined): Promise<void> {
    const { stop, thumbnail } = entry;
    const file = await this.#fileOf(entry);
    const uploads = app && this.#ports.uploads(app);
    if (file === undefined || app === undefined || uploads === undefined)
      throw new Error('Nothing is there to be uploaded');
    const types = takesOf(app, this.#ports.details.knownParameters(app))?.rules.allowedFileTypes;
    const working = async <T>(_: string, work: Work<T>): Promise<T> =>
      await work((percent) => this.#progress(entry, percent), stop.signal);
    const added = await uploadLocal(file, types, { working }, uploads);
    if (added === undefined || stop.signal.aborted) return;
    // Only to be looked at: it is sent whether or not there is one.
    const picture = thumbnail === undefined ? await pictureIn(file).catch(() => undefined) : undefined;
    Object.assign(entry, { state: 'ready', percent: 100, mapping: added.mapping, picture });
  }

  async #fileOf(entry: Entry): Promise<LocalFile | undefined> {
    if (entry.file === undefined && entry.uri !== undefined) entry.file = await this.#ports.find(entry.uri);
    return entry.file;
  }

  #progress(entry: Entry, percent: number): void {
    // Bytes arrive in hundreds of pieces; a person sees whole steps.
    if (Math.floor(percent) === entry.percent) return;
    entry.percent = Math.floor(percent);
    if (entry.home.key === this.#shown.key) this.#tell();
  }

  get #shown(): Home {
    const { app, conversation } = this.#ports.talk;
    return { appId: app?.id ?? '', key: conversation?.key ?? '' };
  }

  #find(key: string): Entry | undefined {
    return this.#of(this.#shown).find((entry) => entry.key === key);
  }

  #of(home: Home): readonly Entry[] {
    const { appId, key } = home;
    const known = this.#entries.get(key);
    if (known !== undefined) return known;
    const kept = this.#ports.kept.of(appId, key).map((file) => entryOf(file, home));
    if (kept.length > 0) this.#entries.set(key, kept);
    return kept;
  }

  #set(home: Home, entries: readonly Entry[]): void {
    if (entries.length === this.#of(home).length) return;
    this.#entries.set(home.key, entries);
    this.#keep(home);
  }

  /** What the app does not take is not kept: there is nothing to be done with it. */
  #keep(home: Home): void {
    const kept = this.#of(home).filter(({ state, canRetry }) => state !== 'failed' || canRetry);
    this.#ports.kept.keep(home.appId, home.key, kept.map(keptOf));
    if (home.key === this.#shown.key) this.#tell();
  }

  #follow({ key, event }: Happened): void {
    if (event.type === 'asked') this.#lost.delete(key);
    if (event.type !== 'run' || event.event.type !== 'failed') return;
    if (tellsOfLostUpload(event.event.failure.details)) this.#lost.add(key);
  }

  /** The conversation was deleted. */
  #forget(key: string): void {
    for (const { stop } of this.#entries.get(key) ?? []) stop.abort();
    this.#entries.delete(key);
    this.#lost.delete(key);
  }

  #tell(): void {
    this.#changed.fire(this.state());
  }
}

/** The server no longer has it: it is uploaded again, where it is known what it was. */
function lostOf({ name, mapping }: Entry): Partial<Entry> {
  const file = originOf(mapping);
  const problem = t('Dify no longer has {file}. Upload it again, or remove it.', { file: name });
  return { state: 'failed', problem, file, canRetry: file !== undefined };
}

type Work<T> = (told: (percent: number) => void, signal: AbortSignal) => Promise<T>;
