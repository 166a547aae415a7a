import { EventEmitter, type Disposable, type Memento } from 'vscode';
import { isFields } from '../dify/json.ts';
import { canChat, hasPage, isDemo, parseApps, type App } from './app.ts';
import type { CommonState } from './commonState.ts';
import { newUser, readUser } from './user.ts';

const chatAppKey = 'chatApp';
const demoKey = 'demo';

/** Recipe → app. */
type Bindings = Readonly<Record<string, string>>;

/** What the demo has in place of the person's own; of it only the apps outlive the window. */
interface Demo {
  readonly apps: readonly App[];
  readonly bindings: Bindings;
  readonly chatApp: string | undefined;
}

/** What the app's owner may change in Dify. */
export type AppDesign = Pick<App, 'name' | 'description' | 'emoji'>;

/**
 * The apps a person has, which of them chats in this workspace, and which serves which recipe. While the demo is on, all of this is the
 * demo's: the person's own is not touched, and there again when the demo is left.
 */
export class Apps implements Disposable {
  readonly #shared: CommonState;
  readonly #workspace: Memento;
  readonly #userSetting: () => unknown;
  readonly #changed = new EventEmitter<void>();
  readonly #listening: Disposable;
  /** Fires after an app came, went or changed, after another one was chosen, and after the demo began or ended. */
  readonly onDidChange = this.#changed.event;
  #demo: Demo | undefined;

  /** @param userSetting the value of the setting `difyCompanion.user` */
  constructor(shared: CommonState, workspace: Memento, userSetting: () => unknown = () => '') {
    this.#shared = shared;
    this.#workspace = workspace;
    this.#userSetting = userSetting;
    this.#listening = shared.onDidChange(() => this.#changed.fire());
    const demoApps = parseApps(workspace.get<unknown>(demoKey)).filter(isDemo);
    if (demoApps.length > 0) this.#demo = { apps: demoApps, bindings: {}, chatApp: undefined };
  }

  list(): readonly App[] {
    return this.#demo?.apps ?? this.own();
  }

  /** The apps that the person connected, also while the demo is on. */
  own(): readonly App[] {
    return parseApps(this.#shared.get('apps'));
  }

  find(id: string | undefined): App | undefined {
    return this.list().find((app) => app.id === id);
  }

  /**
   * Adds the app, or takes the place of the one with its id, which keeps the name that the person gave it. Who connects an app of their
   * own leaves the demo.
   */
  async save(app: App): Promise<void> {
    if (this.#demo !== undefined && !isDemo(app)) await this.#endDemo();
    await this.#update((apps) => {
      const known = apps.find(({ id }) => id === app.id);
      if (known === undefined) return [...apps, app];
      const { pinnedVersion } = known;
      const named = known.ownName === undefined ? {} : { name: known.name, ownName: app.name };
      const kept = { ...app, ...named, ...(pinnedVersion === undefined ? {} : { pinnedVersion }) };
      return apps.map((other) => (other.id === app.id ? kept : other));
    });
  }

  /** Calls the app by another name here; an empty one gives it back the name that it has in Dify. */
  async rename(id: string, name: string): Promise<void> {
    await this.#update((apps) => apps.map((app) => (app.id === id ? renamed(app, name.trim()) : app)));
  }

  /** Runs this published version of the app from now on; `undefined`: the one published last. */
  async pinVersion(id: string, pinnedVersion: string | undefined): Promise<void> {
    await this.#update((apps) => apps.map((app) => (app.id === id ? { ...app, pinnedVersion } : app)));
  }

  /** Takes over what the owner changed in Dify. A name that the person gave stays. */
  async redesign(id: string, design: AppDesign): Promise<void> {
    const app = this.find(id);
    if (app === undefined || sameDesign(app, design)) return;
    await this.#update((apps) => apps.map((known) => (known.id === id ? redesigned(known, design) : known)));
  }

  /** Forgets the app, and that it served anything. Its key and its conversations are elsewhere. */
  async remove(id: string): Promise<void> {
    await this.#rebind((bindings) => Object.fromEntries(Object.entries(bindings).filter(([, app]) => app !== id)));
    if (this.#workspace.get(chatAppKey) === id) await this.#workspace.update(chatAppKey, undefined);
    await this.#update((apps) => apps.filter((app) => app.id !== id));
  }

  /** The app of the chat view: the one chosen in this workspace, else the first to talk with, else the first to run. */
  chatApp(): App | undefined {
    const chosen = this.#demo === undefined ? this.#workspace.get<string>(chatAppKey) : this.#demo.chatApp;
    return this.find(chosen) ?? this.list().find(canChat) ?? this.list().find(hasPage);
  }

  async chooseChatApp(app: App): Promise<void> {
    if (this.#demo === undefined) await this.#workspace.update(chatAppKey, app.id);
    else this.#demo = { ...this.#demo, chatApp: app.id };
    this.#changed.fire();
  }

  /** The app that serves the recipe, if one was chosen and is still there. */
  boundTo(recipe: string): App | undefined {
    return this.find(this.#bindings()[recipe]);
  }

  /** @param app `undefined`: none serves it any more */
  async bind(recipe: string, app: App | undefined): Promise<void> {
    await this.#rebind((bindings) => {
      const others = Object.entries(bindings).filter(([name]) => name !== recipe);
      return Object.fromEntries(app === undefined ? others : [...others, [recipe, app.id]]);
    });
    this.#changed.fire();
  }

  get inDemo(): boolean {
    return this.#demo !== undefined;
  }

  /** Puts the demo's apps in the place of the person's, in this workspace and until it is left. */
  async startDemo(demoApps: readonly App[]): Promise<void> {
    this.#demo = { apps: demoApps.filter(isDemo), bindings: {}, chatApp: undefined };
    await this.#workspace.update(demoKey, this.#demo.apps);
    this.#changed.fire();
  }

  async leaveDemo(): Promise<void> {
    if (this.#demo === undefined) return;
    await this.#endDemo();
    this.#changed.fire();
  }

  /** The end user that Dify knows this installation by: the one that the person set, else one made at random, once. */
  async user(): Promise<string> {
    const known = readUser(this.#userSetting()) ?? readUser(this.#shared.get('user'));
    if (known !== undefined) return known;
    await this.#shared.update('user', (stored) => readUser(stored) ?? newUser());
    return readUser(this.#shared.get('user')) ?? newUser();
  }

  /** Dify knows this installation by another random name from now on, and shows it none of its conversations. */
  async resetUser(): Promise<void> {
    await this.#shared.update('user', () => newUser());
    this.#changed.fire();
  }

  /** Tells everybody to look again: what the apps are kept in was changed by others. */
  tell(): void {
    this.#changed.fire();
  }

  dispose(): void {
    this.#listening.dispose();
    this.#changed.dispose();
  }

  async #endDemo(): Promise<void> {
    this.#demo = undefined;
    await this.#workspace.update(demoKey, undefined);
  }

  /** Changes the apps that are shown: the demo's, or the person's as the newest window knows them. */
  async #update(change: (apps: readonly App[]) => readonly App[]): Promise<void> {
    if (this.#demo === undefined) await this.#shared.update('apps', (stored) => change(parseApps(stored)));
    else this.#demo = { ...this.#demo, apps: change(this.#demo.apps) };
    this.#changed.fire();
  }

  async #rebind(change: (bindings: Bindings) => Bindings): Promise<void> {
    if (this.#demo === undefined) await this.#shared.update('bindings', (stored) => change(parseBindings(stored)));
    else this.#demo = { ...this.#demo, bindings: change(this.#demo.bindings) };
  }

  #bindings(): Bindings {
    return this.#demo?.bindings ?? parseBindings(this.#shared.get('bindings'));
  }
}

/** The bindings in what was stored; what is none is left out. */
function parseBindings(stored: unknown): Bindings {
  if (!isFields(stored)) return {};
  return Object.fromEntries(
    Object.entries(stored).filter((entry): entry is [string, string] => typeof entry[1] === 'string'),
  );
}

function renamed({ ownName, ...app }: App, name: string): App {
  const own = ownName ?? app.name;
  return name === '' || name === own ? { ...app, name: own } : { ...app, name, ownName: own };
}

function redesigned(app: App, { name, description, emoji }: AppDesign): App {
  const named = app.ownName === undefined ? { name } : { ownName: name };
  return { ...app, ...named, description, emoji };
}

function sameDesign(app: App, { name, description, emoji }: AppDesign): boolean {
  return (app.ownName ?? app.name) === name && app.description === description && app.emoji === emoji;
}
