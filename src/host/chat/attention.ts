import type { Disposable, Event } from 'vscode';
import type { Start } from '../commands.ts';
import { t } from '../words.ts';
import { NewsDesk, type Looking, type Told } from './newsDesk.ts';
import type { Talk } from './talk.ts';

export interface AttentionPorts {
  readonly talk: Pick<Talk, 'conversation' | 'opened' | 'onDidShow' | 'onDidHappen' | 'onDidForget'>;
  readonly pages: { readonly isVisible: boolean; readonly onDidChange: Event<void> };
  readonly view: { badge: { readonly value: number; readonly tooltip: string } };
  readonly window: AttentionWindow;
  /** What the app is called; `undefined` if it is gone. */
  readonly nameOf: (appId: string) => string | undefined;
  /** Brings the conversation before the person. */
  readonly open: (appId: string, key: string) => unknown;
  readonly start: Start;
}

/** What of VS Code's window it takes to tell somebody something. */
export interface AttentionWindow {
  readonly hasFocus: () => boolean;
  readonly onDidChangeFocus: Event<unknown>;
  /** Whether the person wants to be notified. */
  readonly isWanted: () => boolean;
  /** @returns whether the button was pressed */
  readonly notify: (sentence: string, button: string) => Promise<boolean>;
}

/** Tells of answers that the person cannot see, by the number at the view and a notification each. */
export class Attention implements Disposable {
  readonly #ports: AttentionPorts;
  readonly #desk = new NewsDesk();
  readonly #listening: readonly Disposable[];
  #drawn = 0;

  constructor(ports: AttentionPorts) {
    this.#ports = ports;
    const { talk, pages, window, start } = ports;
    const look = (): void => {
      this.#desk.look(this.#looking);
      this.#draw();
    };
    this.#listening = [
      talk.onDidHappen((happened) => {
        const told = this.#desk.hear(happened, this.#looking, talk.opened(happened.appId, happened.key));
        this.#draw();
        if (told !== undefined && window.isWanted()) start('Telling of an answer', () => this.#notify(told));
      }),
      talk.onDidForget(({ key }) => {
        this.#desk.forget(key);
        this.#draw();
      }),
      talk.onDidShow(look),
      pages.onDidChange(look),
      window.onDidChangeFocus(look),
    ];
  }

  dispose(): void {
    for (const listening of this.#listening) listening.dispose();
  }

  get #looking(): Looking {
    const { talk, pages, window } = this.#ports;
    return { isVisible: pages.isVisible, hasFocus: window.hasFocus(), conversation: talk.conversation };
  }

  #draw(): void {
    const value = this.#desk.count;
    if (value === this.#drawn) return;
    this.#drawn = value;
    const tooltip =
      value === 1
        ? t('1 conversation has something for you')
        : t('{n} conversations have something for you', { n: value });
    this.#ports.view.badge = { value, tooltip };
  }

  async #notify(told: Told): Promise<void> {
    const { nameOf, window, open } = this.#ports;
    const app = nameOf(told.appId);
    if (app === undefined) return;
    const button = told.what === 'needsYou' ? t('Answer') : t('Open');
    if (await window.notify(sentence(told, app), button)) await open(told.appId, told.key);
  }
}

function sentence({ what, line }: Told, app: string): string {
  if (what === 'needsYou') {
    return line === '' ? t('{app} needs you.', { app }) : t('{app} needs you: {title}', { app, title: line });
  }
  return line === '' ? t('{app} answered.', { app }) : t('{app} answered: {line}', { app, line });
}
