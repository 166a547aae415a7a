import type { App } from './apps.ts';
import type { Conversations } from './history/store.ts';

/** What an app's owner can do in Dify's console while the server runs. */
export interface Owner {
  /** Changes an app: switches its API off (`state`), publishes another form (`parameters`) … Conversations go on as they began. */
  change(app: string, changes: Partial<Omit<App, 'key' | 'mode'>>): void;
  /** From now on the key opens nothing; what it began goes on. */
  deleteKey(key: string): void;
  /** One more key for an app. */
  addKey(app: string, key: string): void;
  /** Deletes the app with its keys and conversations. */
  deleteApp(app: string): void;
}

/** The apps of a server, by their keys. Owners name them by their first key. */
export class Apps implements Owner {
  readonly #byKey = new Map<string, App>();
  readonly #conversations: Map<App, Conversations>;

  constructor(apps: readonly App[], conversations: Map<App, Conversations>) {
    for (const app of apps) this.#byKey.set(app.key, app);
    this.#conversations = conversations;
  }

  opened(key: string): App | undefined {
    return this.#byKey.get(key);
  }

  change(app: string, changes: Partial<App>): void {
    const before = this.#named(app);
    const after = { ...before, ...changes };
    this.#replace(before, after);
    const conversations = this.#conversations.get(before);
    this.#conversations.delete(before);
    if (conversations !== undefined) this.#conversations.set(after, conversations);
  }

  deleteKey(key: string): void {
    this.#byKey.delete(key);
  }

  addKey(app: string, key: string): void {
    this.#byKey.set(key, this.#named(app));
  }

  deleteApp(app: string): void {
    const gone = this.#named(app);
    this.#replace(gone, undefined);
    this.#conversations.delete(gone);
  }

  #named(name: string): App {
    const found = [...this.#conversations.keys()].find(({ key }) => key === name);
    if (found === undefined) throw new RangeError(`There is no app ${name}.`);
    return found;
  }

  #replace(before: App, after: App | undefined): void {
    for (const [key, app] of this.#byKey) {
      if (app !== before) continue;
      if (after === undefined) this.#byKey.delete(key);
      else this.#byKey.set(key, after);
    }
  }
}
