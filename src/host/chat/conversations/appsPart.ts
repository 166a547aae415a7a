import { EventEmitter, type Disposable } from 'vscode';
import type { AppChoice } from '../../../conversation/appFace.ts';
import type { StateChange } from '../../../conversation/protocol.ts';
import { hasPage, hostOf, isDemo, type App } from '../../app.ts';
import type { AppDetails } from '../../appDetails.ts';
import type { Apps } from '../../apps.ts';
import type { Health } from '../../health.ts';
import { t } from '../../words.ts';
import type { ChatPart } from '../part.ts';

export interface AppsPartPorts {
  readonly apps: Pick<Apps, 'list' | 'find' | 'chooseChatApp' | 'onDidChange'>;
  readonly details: Pick<AppDetails, 'icon' | 'onDidChange'>;
  readonly health: Pick<Health, 'of' | 'onDidChange'>;
}

/** The apps to choose from in the chat. */
export class AppsPart implements ChatPart, Disposable {
  readonly #ports: AppsPartPorts;
  readonly #changed = new EventEmitter<StateChange>();
  readonly onDidChange = this.#changed.event;
  readonly #listening: readonly Disposable[];
  #told = '';

  constructor(ports: AppsPartPorts) {
    this.#ports = ports;
    const { apps, details, health } = ports;
    const changed = (): void => this.#follow();
    this.#listening = [apps.onDidChange(changed), details.onDidChange(changed), health.onDidChange(changed)];
  }

  state(): StateChange {
    return {
      apps: this.#ports.apps
        .list()
        .filter(hasPage)
        .map((app) => this.#choice(app)),
    };
  }

  async choose(id: string): Promise<void> {
    const app = this.#ports.apps.find(id);
    if (app !== undefined && hasPage(app)) await this.#ports.apps.chooseChatApp(app);
  }

  dispose(): void {
    for (const one of this.#listening) one.dispose();
    this.#changed.dispose();
  }

  #choice(app: App): AppChoice {
    const { id, name, mode, emoji } = app;
    const { details, health } = this.#ports;
    const host = isDemo(app) ? t('demo') : hostOf(app);
    return { id, name, mode, host, icon: details.icon(app), emoji, keyMissing: health.of(app).state === 'keyMissing' };
  }

  /** With every call of an app its health is told anew, and mostly it is what it was. */
  #follow(): void {
    const state = this.state();
    const now = JSON.stringify(state);
    if (now === this.#told) return;
    this.#told = now;
    this.#changed.fire(state);
  }
}
