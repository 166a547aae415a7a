import { EventEmitter, type Disposable, type Memento } from 'vscode';
import { canChat, parseApps, type App } from './app.ts';

const appsKey = 'apps';
const userKey = 'user';
const chatAppKey = 'chatApp';
const bindingsKey = 'bindings';

/** The apps a person has, which of them chats in this workspace, and which serves which recipe. */
export class Apps implements Disposable {
  readonly #everywhere: Memento;
  readonly #workspace: Memento;
  readonly #changed = new EventEmitter<void>();
  /** Fires after an app came, went or changed, and after another one was chosen. */
  readonly onDidChange = this.#changed.event;

  constructor(everywhere: Memento, workspace: Memento) {
    this.#everywhere = everywhere;
    this.#workspace = workspace;
  }

  list(): readonly App[] {
    return parseApps(this.#everywhere.get(appsKey));
  }

  find(id: string | undefined): App | undefined {
    return this.list().find((app) => app.id === id);
  }

  /** Adds the app, or takes the place of the one with its id. */
  async save(app: App): Promise<void> {
    const others = this.list().filter(({ id }) => id !== app.id);
    await this.#everywhere.update(appsKey, [...others, app]);
    this.#changed.fire();
  }

  /** The app to chat with: the one chosen in this workspace, else the first that can. */
  chatApp(): App | undefined {
    const chosen = this.find(this.#workspace.get<string>(chatAppKey));
    return chosen ?? this.list().find(canChat);
  }

  async chooseChatApp(app: App): Promise<void> {
    await this.#workspace.update(chatAppKey, app.id);
    this.#changed.fire();
  }

  /** The app that serves the recipe, if one was chosen and is still there. */
  boundTo(recipe: string): App | undefined {
    return this.find(this.#bindings()[recipe]);
  }

  async bind(recipe: string, app: App): Promise<void> {
    await this.#everywhere.update(bindingsKey, { ...this.#bindings(), [recipe]: app.id });
  }

  /** The end user that Dify knows this installation by: unguessable, because whoever knows it can read its conversations. */
  async user(): Promise<string> {
    const known = this.#everywhere.get<unknown>(userKey);
    if (typeof known === 'string' && known !== '') return known;
    const user = `vscode-${crypto.randomUUID()}`;
    await this.#everywhere.update(userKey, user);
    return user;
  }

  dispose(): void {
    this.#changed.dispose();
  }

  #bindings(): Readonly<Record<string, string | undefined>> {
    return this.#everywhere.get<Record<string, string>>(bindingsKey) ?? {};
  }
}
