import type { HideableNotice, Notice } from '../../conversation/appFace.ts';
import { hostOf, isDemo, isUnencrypted, originOf, type App } from '../app.ts';

/** How the last call of an app ended. */
export interface ReadHealth {
  of(app: Pick<App, 'id'>): { readonly state: string; /** Epoch milliseconds. */ readonly at: number };
}

/** What the person should know while they use an app. What they hid stays hidden until the window closes. */
export class Notices {
  readonly #health: ReadHealth;
  readonly #hidden = new Set<string>();

  constructor(health: ReadHealth) {
    this.#health = health;
  }

  of(app: App): readonly Notice[] {
    const { state, at } = this.#health.of(app);
    const notices: readonly (Notice | false)[] = [
      state === 'notReached' && { kind: 'offline', host: hostOf(app), at },
      isDemo(app) && this.#isShown(app, 'demo') && { kind: 'demo' },
      isUnencrypted(app.baseUrl) && this.#isShown(app, 'unencrypted') && { kind: 'unencrypted', url: originOf(app) },
    ];
    return notices.filter((notice) => notice !== false);
  }

  hide(app: App, kind: HideableNotice): void {
    this.#hidden.add(hiding(app, kind));
  }

  show(app: App, kind: HideableNotice): void {
    this.#hidden.delete(hiding(app, kind));
  }

  #isShown(app: App, kind: HideableNotice): boolean {
    return !this.#hidden.has(hiding(app, kind));
  }
}

/** The demo says once for all of its apps what it is; another address is another risk. */
function hiding(app: App, kind: HideableNotice): string {
  return kind === 'demo' ? kind : `${kind} ${originOf(app)} ${app.id}`;
}
