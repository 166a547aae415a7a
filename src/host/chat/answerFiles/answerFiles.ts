import { EventEmitter, type Disposable } from 'vscode';
import { kindOf, nameOf, ownPath, placeOf } from '../../../conversation/answerFile.ts';
import type { Message } from '../../../conversation/conversation.ts';
import { describe } from '../../../conversation/failure.ts';
import { formatSize } from '../../../conversation/format.ts';
import type { FetchedFile, StateChange } from '../../../conversation/protocol.ts';
import { DifyError } from '../../../dify/errors.ts';
import type { DifyFile } from '../../../dify/metadata.ts';
import { hostOf, type App } from '../../app.ts';
import type { Clients } from '../../clients.ts';
import type { Log } from '../../log.ts';
import { pictureAddress, soundAddress } from '../../media.ts';
import { sentenceOf } from '../../sentence.ts';
import { t, wordsFor } from '../../words.ts';
import type { ChatPart } from '../part.ts';
import type { Talk } from '../talk.ts';
import { Downloads, isExpired, type Wanted } from './downloads.ts';
import type { FileWindow } from './fileWindow.ts';
import type { ImageChoice } from './imageChoice.ts';

interface AnswerFilePorts {
  readonly talk: Talk;
  readonly clients: Pick<Clients, 'of'>;
  readonly log: Log;
  readonly images: ImageChoice;
  readonly window: FileWindow;
  readonly language: string;
}

/** Most bytes of a picture and of a sound that go to the page. */
const largest = { image: 5 * 1024 * 1024, audio: 15 * 1024 * 1024 } as const;

/** Most characters of all that the page has at a time: what was shown first is let go of. */
const room = 40 * 1024 * 1024;

/** What one file comes to on its way: what the page is told at the end, or `undefined` if it is as before. */
type Use = (wanted: Wanted, stop: AbortSignal) => Promise<FetchedFile | undefined>;

/** The files of the shown conversation's answers. Nothing is fetched unless the person wants it; the page gets bytes, never an address. */
export class AnswerFiles implements ChatPart, Disposable {
  readonly #ports: AnswerFilePorts;
  readonly #downloads: Downloads;
  readonly #changed = new EventEmitter<StateChange>();
  readonly onDidChange = this.#changed.event;
  readonly #listening: readonly Disposable[];
  /** By place, the oldest first. */
  readonly #fetched = new Map<string, FetchedFile>();
  readonly #running = new Map<string, AbortController>();

  constructor(ports: AnswerFilePorts) {
    this.#ports = ports;
    this.#downloads = new Downloads(ports.clients);
    this.#listening = [
      ports.talk.onDidShow(() => this.#forget()),
      ports.images.onDidChange(() => this.#changed.fire({ showsImages: this.#showsImages() })),
    ];
  }

  state(): StateChange {
    return { fetched: Object.fromEntries(this.#fetched), showsImages: this.#showsImages() };
  }

  /** Shows a picture, or lets a sound be played, in the page. */
  async show(key: string, place: string): Promise<void> {
    if (this.#fetched.get(place)?.state === 'shown') return;
    await this.#use(key, place, async (wanted, stop) => {
      const kind = wanted.file === undefined ? 'image' : kindOf(wanted.file);
      const limit = kind === 'audio' ? largest.audio : largest.image;
      const size = wanted.file?.size ?? 0;
      if (size > limit) return this.#tooLarge(size);
      const { bytes } = await this.#downloads.get(wanted, stop, limit);
      const data = kind === 'audio' ? soundAddress(bytes) : pictureAddress(bytes);
      if (data !== undefined) return { state: 'shown', data, problem: '' };
      return failed(kind === 'audio' ? t('This is no sound that can be played.') : t('This is no picture.'));
    });
  }

  /** The same for a picture in the text of an answer: from the app's own server only. */
  async showImage(key: string, address: string): Promise<void> {
    await this.show(key, placeOf(address));
  }

  async save(key: string, place: string): Promise<void> {
    const name = this.#nameAt(key, place);
    const write = name === undefined ? undefined : await this.#ports.window.saveAs(name);
    if (write === undefined) return;
    await this.#use(key, place, async (wanted, stop) => {
      const { bytes } = await this.#downloads.get(wanted, stop);
      await write(bytes);
      return undefined;
    });
  }

  async open(key: string, place: string): Promise<void> {
    await this.#use(key, place, async (wanted, stop) => {
      const { bytes } = await this.#downloads.get(wanted, stop);
      await this.#ports.window.open(this.#nameAt(key, place) ?? '', bytes);
      return undefined;
    });
  }

  /** Reads the message again for a link that works, and fetches nothing by it yet. */
  async refresh(key: string, place: string): Promise<void> {
    await this.#use(key, place, async (wanted, stop) =>
      (await this.#downloads.refresh(wanted, stop)) === undefined ? expired : undefined,
    );
  }

  cancel(place: string): void {
    this.#running.get(place)?.abort();
  }

  /** Whether the pictures of the shown app are shown unasked from now on. */
  async alwaysShow(always: boolean): Promise<void> {
    const { app } = this.#ports.talk;
    if (app !== undefined) await this.#ports.images.set(app, always);
  }

  dispose(): void {
    for (const listening of this.#listening) listening.dispose();
    for (const stop of this.#running.values()) stop.abort();
    this.#changed.dispose();
  }

  /** Does something with a file, and tells the page how far it is. One thing at a time with each. */
  async #use(key: string, place: string, use: Use): Promise<void> {
    const wanted = this.#find(key, place);
    if (wanted === undefined || this.#running.has(place)) return;
    const known = this.#fetched.get(place);
    // What is shown stays in sight while it is saved.
    const shown = known?.state === 'shown' ? known : undefined;
    const stop = new AbortController();
    this.#running.set(place, stop);
    if (shown === undefined) this.#tell(place, { state: 'fetching', data: '', problem: '' });
    const outcome = await this.#outcome(wanted, use, stop.signal);
    // Another conversation is shown by now.
    if (this.#running.get(place) !== stop) return;
    this.#running.delete(place);
    this.#tell(place, outcome ?? shown);
  }

  async #outcome(wanted: Wanted, use: Use, stop: AbortSignal): Promise<FetchedFile | undefined> {
    try {
      return await use(wanted, stop);
    } catch (error) {
      return stop.aborted ? undefined : this.#problem(wanted, error);
    }
  }

  #problem({ app, address }: Wanted, error: unknown): FetchedFile {
    this.#ports.log.warn('Fetching a file of an answer', error);
    if (isExpired(error)) return expired;
    if (error instanceof DifyError && error.kind === 'tooLarge') return this.#tooLarge(undefined);
    const own = ownPath(address, hostOf(app)) === undefined ? URL.parse(address)?.host : undefined;
    const words = wordsFor(app);
    return failed(sentenceOf(describe(error, { ...words, host: own ?? words.host })));
  }

  #tooLarge(size: number | undefined): FetchedFile {
    return failed(
      size === undefined
        ? t('The file is too large for this.')
        : t('{size} is too large to be shown here. Open or save it.', {
            size: formatSize(size, this.#ports.language),
          }),
    );
  }

  #find(key: string, place: string): Wanted | undefined {
    const { app, conversation } = this.#ports.talk;
    const message = conversation?.messages.find((one) => one.key === key);
    if (app === undefined || conversation === undefined || message === undefined) return undefined;
    const file = fileAt(message, place);
    const address = file?.url ?? imageAt(message, place, app);
    return address === undefined ? undefined : { app, conversation, message, file, address };
  }

  #nameAt(key: string, place: string): string | undefined {
    const file = this.#find(key, place)?.file;
    return file === undefined ? undefined : nameOf(file);
  }

  #tell(place: string, file: FetchedFile | undefined): void {
    this.#fetched.delete(place);
    this.#ports.talk.tell({ type: 'fetched', place, file });
    if (file === undefined) return;
    this.#fetched.set(place, file);
    let size = 0;
    for (const [other, { data }] of [...this.#fetched].toReversed()) {
      size += data.length;
      if (size <= room || other === place || data === '') continue;
      this.#fetched.delete(other);
      this.#ports.talk.tell({ type: 'fetched', place: other, file: undefined });
    }
  }

  #forget(): void {
    for (const stop of this.#running.values()) stop.abort();
    this.#running.clear();
    this.#fetched.clear();
    this.#downloads.forget();
  }

  #showsImages(): boolean {
    const { app } = this.#ports.talk;
    return app !== undefined && this.#ports.images.has(app);
  }
}

const expired: FetchedFile = { state: 'expired', data: '', problem: '' };

function failed(problem: string): FetchedFile {
  return { state: 'failed', data: '', problem };
}

function fileAt({ run }: Message, place: string): DifyFile | undefined {
  return run.files.find(({ url }) => url !== '' && placeOf(url) === place);
}

/** The address of a picture in the answer's text. What a page posts is not trusted: it has to be there, and of the app's own server. */
function imageAt({ run }: Message, place: string, app: App): string | undefined {
  for (const [, address = ''] of run.text.matchAll(/\]\(\s*<?([^\s<>)]+)|^[ \t]*\[[^\]\n]+\]:\s*<?([^\s<>]+)/gm)) {
    if (placeOf(address) === place) return ownPath(address, hostOf(app));
  }
  return undefined;
}
