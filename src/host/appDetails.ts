import { EventEmitter, type Disposable } from 'vscode';
import {
  getInfo,
  getParameters,
  getSite,
  getToolIcons,
  type AppInfo,
  type AppParameters,
  type AppSite,
} from '../dify/app.ts';
import type { DifyClient } from '../dify/client.ts';
import { DifyError } from '../dify/errors.ts';
import { downloadFile } from '../dify/files.ts';
import type { App } from './app.ts';
import { iconOf } from './appIcon.ts';
import type { Apps } from './apps.ts';
import type { Clients } from './clients.ts';
import type { Log } from './log.ts';

/** How long what was read is as good as new, in milliseconds. */
const life = 60_000;

/** How long reading may take, in milliseconds. */
const patience = 60_000;

interface DetailPorts {
  readonly apps: Apps;
  readonly clients: Pick<Clients, 'of'>;
  readonly log: Pick<Log, 'error'>;
  readonly now?: () => number;
}

/** What is known of one app, and what is being read. */
interface Known {
  readonly parameters: Reading<AppParameters>;
  readonly design: Reading<Design>;
  icon: Icon | undefined;
}

interface Design {
  readonly info: AppInfo;
  /** `undefined`: the app has no web face. */
  readonly site: AppSite | undefined;
  readonly toolIcons: ToolEmojis;
}

/** By the tool's name. Icons that are images are to be had with a sign-in to Dify's console only. */
type ToolEmojis = Readonly<Record<string, string>>;

interface Icon {
  /** Of Dify's image: its signed address is another one each time. */
  readonly id: string;
  readonly data: string | undefined;
}

/**
 * What an app asks for and how it looks, as its owner published it: read live, because that may change any day, and kept for a minute.
 * What cannot be read anew stays as it was.
 */
export class AppDetails implements Disposable {
  readonly #ports: DetailPorts;
  readonly #byApp = new Map<string, Known>();
  readonly #changed = new EventEmitter<App>();
  /** Fires after something of the app was read anew. */
  readonly onDidChange = this.#changed.event;

  constructor(ports: DetailPorts) {
    this.#ports = ports;
  }

  /**
   * The features and the form of the app.
   *
   * @throws {DifyError} if they cannot be read and never were
   * @throws the signal's reason once it is aborted
   */
  async parameters(app: App, signal: AbortSignal): Promise<AppParameters> {
    return await this.#known(app).parameters.get(signal);
  }

  /** How the owner wants the app to look; `undefined` if it has no web face. @throws as {@link AppDetails.parameters} */
  async site(app: App, signal: AbortSignal): Promise<AppSite | undefined> {
    return (await this.#known(app).design.get(signal)).site;
  }

  /** The parameters as they were read last; nothing is asked for it. */
  knownParameters(app: App): AppParameters | undefined {
    return this.#byApp.get(app.id)?.parameters.value;
  }

  /** The web face as it was read last; nothing is asked for it. */
  knownSite(app: App): AppSite | undefined {
    return this.#byApp.get(app.id)?.design.value?.site;
  }

  /** The parameters as they are now, however fresh the known ones are. @throws as {@link AppDetails.parameters} */
  async reread(app: App, signal: AbortSignal): Promise<AppParameters> {
    return await this.#known(app).parameters.reread(signal);
  }

  /** The image that the owner chose, as a `data:` address, once `site` was read; `undefined` if there is none that may be shown. */
  icon(app: App): string | undefined {
    return this.#byApp.get(app.id)?.icon?.data;
  }

  /** Emojis of the tools of an agent, once `site` was read. */
  toolIcons(app: App): ToolEmojis {
    return this.#byApp.get(app.id)?.design.value?.toolIcons ?? {};
  }

  /** Reads anew what is stale, if anything of the app was ever read. */
  async refresh(app: App | undefined): Promise<void> {
    const known = app === undefined ? undefined : this.#byApp.get(app.id);
    const signal = AbortSignal.timeout(patience);
    // A failure was logged where it was read.
    await Promise.allSettled([known?.parameters.refresh(signal), known?.design.refresh(signal)]);
  }

  /** The key or the address of the app changed: another app may be there. */
  forget(id: string): void {
    this.#byApp.delete(id);
  }

  forgetAll(): void {
    this.#byApp.clear();
  }

  dispose(): void {
    this.#changed.dispose();
  }

  #known(app: App): Known {
    const known = this.#byApp.get(app.id) ?? this.#begin(app);
    this.#byApp.set(app.id, known);
    return known;
  }

  #begin(app: App): Known {
    const { clients, log, now = Date.now } = this.#ports;
    const reading = <T>(
      what: string,
      read: (signal: AbortSignal) => Promise<T>,
      taken: (value: T) => unknown,
    ): Reading<T> =>
      new Reading({ read, taken, now, failed: (error) => log.error(`Reading ${what} at ${app.baseUrl}`, error) });
    const known: Known = {
      parameters: reading(
        'the parameters of an app',
        (signal) => getParameters(clients.of(app), signal),
        () => this.#changed.fire(app),
      ),
      design: reading(
        'the design of an app',
        (signal) => readDesign(clients.of(app), signal),
        (design) => this.#redesign(app.id, known, design),
      ),
      icon: undefined,
    };
    return known;
  }

  /** Takes over what the owner changed. */
  async #redesign(id: string, known: Known, { info, site }: Design): Promise<void> {
    const app = this.#ports.apps.find(id);
    // Forgotten meanwhile: what was read is of another app, or of one that is gone.
    if (app === undefined || this.#byApp.get(id) !== known) return;
    known.icon = await this.#icon(app, known.icon, site);
    await this.#ports.apps.redesign(id, {
      name: info.name || (app.ownName ?? app.name),
      description: info.description,
      emoji: site?.iconType === 'emoji' ? site.icon : '',
    });
    this.#changed.fire(app);
  }

  /** The image is read once, unless the owner chose another one. */
  async #icon(app: App, known: Icon | undefined, site: AppSite | undefined): Promise<Icon | undefined> {
    if (site?.iconType !== 'image') return undefined;
    return known?.id === site.icon ? known : { id: site.icon, data: await this.#image(app, site.iconUrl) };
  }

  /** The image as a `data:` address. Its address is signed: no key goes there. */
  async #image(app: App, url: string | undefined): Promise<string | undefined> {
    if (url === undefined) return undefined;
    try {
      const { bytes } = await downloadFile(this.#ports.clients.of(app), url, AbortSignal.timeout(patience));
      return iconOf(bytes);
    } catch (error) {
      this.#ports.log.error('Reading the icon of an app', error);
      return undefined;
    }
  }
}

async function readDesign(client: DifyClient, signal: AbortSignal): Promise<Design> {
  const reading = getInfo(client, signal);
  const [info, site, toolIcons] = await Promise.all([
    reading,
    getSite(client, signal).catch(unlessForbidden),
    reading.then(({ mode }) => (mode === 'agent-chat' ? readToolEmojis(client, signal) : {})),
  ]);
  return { info, site, toolIcons };
}

/** Tools are as good without: a server that does not tell has none. */
async function readToolEmojis(client: DifyClient, signal: AbortSignal): Promise<ToolEmojis> {
  const icons = await getToolIcons(client, signal).catch(() => ({}));
  const emojis = Object.entries(icons).flatMap(([tool, icon]) =>
    typeof icon === 'string' ? [] : [[tool, icon.content]],
  );
  return Object.fromEntries(emojis);
}

/** Servers answer 403 for an app without a web face. */
function unlessForbidden(error: unknown): undefined {
  if (!(error instanceof DifyError && error.kind === 'forbidden')) throw error;
}

interface ReadingPorts<T> {
  readonly read: (signal: AbortSignal) => Promise<T>;
  /** Called with what was read, before it is given to anybody. */
  readonly taken: (value: T) => unknown;
  readonly failed: (error: unknown) => void;
  readonly now: () => number;
}

/** A value that is read when asked for, once for all who ask at the same time, and again when it is stale. */
class Reading<T> {
  readonly #ports: ReadingPorts<T>;
  #at = -Infinity;
  #current: Promise<T> | undefined;
  value: T | undefined;

  constructor(ports: ReadingPorts<T>) {
    this.#ports = ports;
  }

  async get(signal: AbortSignal): Promise<T> {
    signal.throwIfAborted();
    if (this.value !== undefined && this.#ports.now() - this.#at < life) return this.value;
    this.#current ??= this.#read().finally(() => (this.#current = undefined));
    return await unlessAborted(this.#current, signal);
  }

  async reread(signal: AbortSignal): Promise<T> {
    this.#at = -Infinity;
    return await this.get(signal);
  }

  /** Reads anew if it is stale and was read before. */
  async refresh(signal: AbortSignal): Promise<void> {
    if (this.value !== undefined) await this.get(signal);
  }

  async #read(): Promise<T> {
    try {
      const value = await this.#ports.read(AbortSignal.timeout(patience));
      this.value = value;
      this.#at = this.#ports.now();
      await this.#ports.taken(value);
      return value;
    } catch (error) {
      this.#ports.failed(error);
      if (this.value === undefined) throw error;
      return this.value;
    }
  }
}

/** What the work gives; who asked may give up while others wait on. @throws the signal's reason once it is aborted */
async function unlessAborted<T>(work: Promise<T>, signal: AbortSignal): Promise<T> {
  const aborted = Promise.withResolvers<void>();
  const giveUp = (): void => aborted.resolve();
  signal.addEventListener('abort', giveUp, { once: true });
  await Promise.race([work, aborted.promise]).finally(() => signal.removeEventListener('abort', giveUp));
  signal.throwIfAborted();
  return await work;
}
