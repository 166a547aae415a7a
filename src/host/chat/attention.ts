import { window, workspace, type Disposable, type Event } from 'vscode';
import type { Start } from '../commands.ts';
import { t } from '../words.ts';
import { NewsDesk, type Told } from './newsDesk.ts';
import type { Happened, Talk } from './talk.ts';

export interface AttentionPorts {
  readonly talk: Pick<Talk, 'conversation' | 'onDidShow' | 'onDidHappen'>;
  readonly pages: { readonly isVisible: boolean; readonly onDidChange: Event<void> };
  readonly view: { badge: { readonly value: number; readonly tooltip: string } };
  /** What the app is called. */
  readonly nameOf: (appId: string) => string | undefined;
  /** Brings the conversation before the person. */
  readonly open: (appId: string, key: string) => unknown;
  readonly start: Start;
}

/** Tells of answers that the person cannot see, by the number at the view and a notification each. */
export class Attention implements Disposable {
  readonly #ports: AttentionPorts;
  readonly #desk = new NewsDesk();
  readonly #listening: readonly Disposable[];
  #drawn = 0;

  constructor(ports: AttentionPorts) {
    this.#ports = ports;
    const { talk, pages } = ports;
    const look = (): void => this.#look();
    this.#listening = [
      talk.onDidHappen((happened) => this.#hear(happened)),
      talk.onDidShow(look),
      pages.onDidChange(look),
      window.onDidChangeWindowState(look),
    ];
  }

  dispose(): void {
    for (const listening of this.#listening) listening.dispose();
  }

  #hear(happened: Happened): void {
    const told = this.#desk.hear(happened, this.#looking);
    this.#draw();
    if (told !== undefined) this.#ports.start('Telling of an answer', () => this.#notify(told));
  }

  #look(): void {
    this.#desk.look(this.#looking);
    this.#draw();
  }

  get #looking() {
    const { talk, pages } = this.#ports;
    return { isVisible: pages.isVisible, hasFocus: window.state.focused, conversation: talk.conversation };
  }

  #draw(): void {
    const value = this.#desk.count;
    const { view } = this.#ports;
    if (value === this.#drawn) return;
    this.#drawn = value;
    const tooltip =
      value === 1
        ? t('1 conversation has something for you')
        : t('{n} conversations have something for you', { n: value });
    view.badge = { value, tooltip };
  }
  async #notify(told: Told): Promise<void> {
    if (!workspace.getConfiguration('difyCompanion.chat').get('notify', true)) return;
    const app = this.#ports.nameOf(told.appId);
    if (app === undefined) return;
    const button = told.what === 'needsYou' ? t('Answer') : t('Open');
    const pressed = await window.showInformationMessage(sentence(told, app), button);
    if (pressed !== undefined) await this.#ports.open(told.appId, told.key);
  }
}

function sentence({ what, line }: Told, app: string): string {
  if (what === 'needsYou')
    return line === '' ? t('{app} needs you.', { app }) : t('{app} needs you: {title}', { app, title: line });
  return line === '' ? t('{app} answered.', { app }) : t('{app} answered: {line}', { app, line });
}
