import { EventEmitter, type Disposable } from 'vscode';
import { describe } from '../conversation/failure.ts';
import type { Fetch } from '../dify/client.ts';
import { DifyError } from '../dify/errors.ts';
import { networkError } from '../dify/networkError.ts';
import { originOf, type App } from './app.ts';
import { wordsFor } from './words.ts';

/** How the last call of an app ended. */
export interface AppHealth {
  readonly state: 'unknown' | 'ok' | 'keyMissing' | 'keyRefused' | 'notReached' | 'failed';
  /** What happened, in the person's language; '' where nothing did. */
  readonly reason: string;
  /** When, in milliseconds since 1970; 0 if never. */
  readonly at: number;
}

const unknown: AppHealth = { state: 'unknown', reason: '', at: 0 };

/** How the apps do, as the calls show that are made anyway: nothing is asked for its sake. */
export class Health implements Disposable {
  readonly #byApp = new Map<string, AppHealth>();
  readonly #changed = new EventEmitter<string>();
  readonly #now: () => number;
  /** Fires with the id of the app whose health is another one now. */
  readonly onDidChange = this.#changed.event;

  constructor(now: () => number = Date.now) {
    this.#now = now;
  }

  of(app: Pick<App, 'id'>): AppHealth {
    return this.#byApp.get(app.id) ?? unknown;
  }

  /** The key or the address of the app changed: what was known of it says nothing any more. */
  forget(id: string): void {
    if (this.#byApp.delete(id)) this.#changed.fire(id);
  }

  /** Forgets what was known of every app. */
  forgetAll(): void {
    for (const id of this.#byApp.keys()) this.forget(id);
  }

  /** The connection of the app as its client asks for it, watched: without a key there is no call. */
  async watch<T>(app: App, connecting: Promise<T>): Promise<T> {
    try {
      return await connecting;
    } catch (error) {
      if (error instanceof DifyError && error.kind === 'noKey') this.#note(app, 'keyMissing', error);
      throw error;
    }
  }

  /** The same `fetch`, watched: what comes back to a call with a key tells how the app does. */
  watchFetch(app: () => App, fetch: Fetch): Fetch {
    return async (url, init) => {
      // Files lie elsewhere, and need no key.
      const current = app();
      const isCall = new URL(url).origin === originOf(current) && new Headers(init.headers).has('authorization');
      if (!isCall) return await fetch(url, init);
      try {
        const response = await fetch(url, init);
        this.#noteStatus(current, response.status);
        return response;
      } catch (error) {
        // Who gives up learns nothing.
        if (init.signal?.aborted !== true) this.#note(current, 'notReached', networkError('A call', error));
        throw error;
      }
    };
  }

  dispose(): void {
    this.#changed.dispose();
  }

  #noteStatus(app: App, status: number): void {
    if (status === 401) this.#note(app, 'keyRefused', new DifyError('unauthorized', 'Refused', { status }));
    else if (status >= 500) this.#note(app, 'failed', new DifyError('server', 'Failed', { status }));
    else this.#set(app.id, { state: 'ok', reason: '', at: this.#now() });
  }

  #note(app: App, state: AppHealth['state'], error: DifyError): void {
    this.#set(app.id, { state, reason: describe(error, wordsFor(app)).fact, at: this.#now() });
  }

  #set(id: string, health: AppHealth): void {
    const before = this.#byApp.get(id);
    this.#byApp.set(id, health);
    // When an app was last well matters to nobody; when it was last tried in vain does.
    if (health.state !== 'ok' || before?.state !== 'ok') this.#changed.fire(id);
  }
}
