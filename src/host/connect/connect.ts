import { ProgressLocation, window, type Disposable } from 'vscode';
import { describe, type Repair } from '../../conversation/failure.ts';
import { canChat, type App } from '../app.ts';
import { withAbortSignal } from '../cancellation.ts';
import { notify, type Register } from '../commands.ts';
import { t } from '../words.ts';
import { offeredApps, type OfferedApps } from './environment.ts';
import { ConnectFlow, saveApp, type ConnectPorts } from './flow.ts';
import { probe } from './probe.ts';

/** Connecting apps, for the commands and for whoever finds that an app is missing. */
export class Connecting {
  readonly #ports: ConnectPorts;
  readonly #offered = offeredApps(process.env);

  constructor(ports: ConnectPorts) {
    this.#ports = ports;
  }

  /** Leads to a connected app; `undefined` if the person gives up. What the environment offers comes first. */
  async connect(): Promise<App | undefined> {
    const offer = this.#offer();
    if (offer !== undefined) {
      const { host } = new URL(offer.baseUrl);
      const take = { label: t('Connect the Apps at {host}', { host }), description: t('named by DIFY_BASE_URL') };
      const other = { label: t('Connect Another App…'), description: '' };
      const picked = await window.showQuickPick([take, other], { title: t('Connect an App'), ignoreFocusOut: true });
      if (picked === undefined) return undefined;
      if (picked === take) return await this.connectOffered();
    }
    const app = await new ConnectFlow(this.#ports).run('address');
    if (app !== undefined) await this.#welcome(app);
    return app;
  }

  /** Connects every app that the environment names; the first one is given back. */
  async connectOffered(): Promise<App | undefined> {
    const offer = this.#offer();
    if (offer === undefined || !(await this.#ports.consent.ask(offer.baseUrl))) return undefined;
    const { host } = new URL(offer.baseUrl);
    const title = t('Connecting to {host}…', { host });
    return await window.withProgress(
      { location: ProgressLocation.Notification, title, cancellable: true },
      (_, token) => withAbortSignal(token, (signal) => this.#connectAll(offer, signal)),
    );
  }

  /** Does with the person what the remedy says; `undefined` if they give up. */
  async repair(app: App, remedy: Repair): Promise<App | undefined> {
    return await new ConnectFlow(this.#ports, app).run(remedy === 'enterKey' ? 'key' : 'address');
  }

  #offer(): OfferedApps | undefined {
    const offer = this.#offered;
    const known = this.#ports.apps.list().some(({ baseUrl }) => baseUrl === offer?.baseUrl);
    return known ? undefined : offer;
  }

  async #connectAll(offer: OfferedApps, signal: AbortSignal): Promise<App | undefined> {
    const { apps, fetch } = this.#ports;
    let first: App | undefined;
    for (const key of offer.keys) {
      try {
        const candidate = { id: crypto.randomUUID(), baseUrl: offer.baseUrl, key, user: await apps.user() };
        const app = await probe(candidate, fetch, signal);
        await saveApp(this.#ports, app, key);
        first ??= app;
      } catch (error) {
        if (signal.aborted) return first;
        const { host } = new URL(offer.baseUrl);
        this.#ports.start('Connecting an app', () => notify(describe(error, { t, host, keepsAnswers: false }), {}));
      }
    }
    return first;
  }

  async #welcome(app: App): Promise<void> {
    if (canChat(app)) await this.#ports.apps.chooseChatApp(app);
    void window.showInformationMessage(t('{app} is connected.', { app: app.name }));
  }
}

/** Registers the commands that connect. */
export function registerConnect(register: Register, connecting: Connecting): readonly Disposable[] {
  return [
    register('difyCompanion.apps.connect', () => connecting.connect()),
    register('difyCompanion.apps.connectOffered', () => connecting.connectOffered()),
  ];
}
