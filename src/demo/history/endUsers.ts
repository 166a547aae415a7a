import type { App } from '../apps.ts';

/** One who uses an app, under the server's own id. */
export interface EndUser {
  readonly id: string;
  readonly app: App;
  /** What the caller calls him. */
  readonly user: string;
  /** ms */
  readonly createdAt: number;
}

/** The end users of all apps: each app has its own. */
export class EndUsers {
  readonly #all: EndUser[] = [];
  readonly #uuid: () => string;

  constructor(uuid: () => string) {
    this.#uuid = uuid;
  }

  /** Makes one of who comes for the first time. */
  of(app: App, user: string, now: number): EndUser {
    const known = this.#all.find((each) => each.app.key === app.key && each.user === user);
    if (known !== undefined) return known;
    const endUser = { id: this.#uuid(), app, user, createdAt: now };
    this.#all.push(endUser);
    return endUser;
  }

  find(id: string): EndUser | undefined {
    return this.#all.find((each) => each.id === id);
  }
}
