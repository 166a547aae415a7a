import { EventEmitter, type Disposable } from 'vscode';
import { isDemo, type App } from '../../app.ts';
import type { CommonState } from '../../commonState.ts';

/** For which apps the person lets pictures of the app's own server be shown unasked. For all windows; of the demo only this one. */
export class ImageChoice implements Disposable {
  readonly #shared: Pick<CommonState, 'get' | 'update' | 'onDidChange'>;
  readonly #changed = new EventEmitter<void>();
  readonly onDidChange = this.#changed.event;
  readonly #demos = new Set<string>();
  readonly #listening: Disposable;

  constructor(shared: Pick<CommonState, 'get' | 'update' | 'onDidChange'>) {
    this.#shared = shared;
    this.#listening = shared.onDidChange(() => this.#changed.fire());
  }

  has({ id }: App): boolean {
    return this.#demos.has(id) || idsIn(this.#shared.get('imagesShown')).includes(id);
  }

  async set(app: App, shown: boolean): Promise<void> {
    const { id } = app;
    if (isDemo(app)) {
      if (shown) this.#demos.add(id);
      else this.#demos.delete(id);
    } else {
      await this.#shared.update('imagesShown', (ids) => [
        ...idsIn(ids).filter((other) => other !== id),
        ...(shown ? [id] : []),
      ]);
    }
    this.#changed.fire();
  }

  dispose(): void {
    this.#listening.dispose();
    this.#changed.dispose();
  }
}

function idsIn(stored: unknown): readonly string[] {
  return Array.isArray(stored) ? stored.filter((id) => typeof id === 'string') : [];
}
