import { commands, type Disposable, type Memento } from 'vscode';
import type { Repair } from '../../conversation/failure.ts';
import type { Fetch } from '../../dify/client.ts';
import { sleep } from '../../dify/timing.ts';
import { canChat, hasPage, isDemo, type App } from '../app.ts';
import type { Apps } from '../apps.ts';
import type { Register, Start } from '../commands.ts';
import type { AppDetails } from '../appDetails.ts';
import type { Health } from '../health.ts';
import type { Keys } from '../keys.ts';
import type { Log } from '../log.ts';
import type { Transports } from '../transport.ts';
import { t } from '../words.ts';
import { Addresses } from './addresses.ts';
import { askAfter, askOffer, askTestedApp, tellConnected, tellUnfit, type After } from './askAfter.ts';
import { askInVscode } from './askInVscode.ts';
import { Consent } from './consent.ts';
import { Drafts } from './drafts.ts';
import { ConnectFlow, type FlowPorts } from './flow.ts';
import { clipboardOffer, currentOffers, offerToRemoveKey } from './importing.ts';
import type { Offer } from './offers.ts';
import { savedWith } from './saved.ts';
import { tellConnection } from './tellConnection.ts';

/** What connecting needs. */
export interface ConnectPorts {
  readonly apps: Apps;
  readonly keys: Keys;
  readonly health: Health;
  readonly details: Pick<AppDetails, 'forget'>;
  /** State of this installation. */
  readonly everywhere: Memento;
  /** Leads to the network only: the demo has nothing to connect. */
  readonly networkFetch: Fetch;
  readonly transports: Transports;
  readonly log: Log;
  readonly start: Start;
  /** What the actions on a selection offer: whether an app can serve them, and letting the person say which it is to serve. */
  readonly actions: { readonly fits: (app: App) => boolean; readonly bind: (app: App) => Promise<void> };
  /** Does with the person what helps against a failure of the network; whether it was done. */
  readonly networkRepair: FlowPorts['networkRepair'];
}

/** Where the person came from, so what they want the app for. */
export type Purpose = 'chat' | 'selection' | 'any';

/** Connecting apps, for the commands and for whoever finds that an app is missing. */
export class Connecting implements Disposable {
  readonly #ports: ConnectPorts;
  readonly #flowPorts: FlowPorts;
  readonly #addresses: Addresses;
  readonly #drafts = new Drafts((ms, work) => {
    const timer = setTimeout(work, ms);
    return () => clearTimeout(timer);
  });

  constructor(ports: ConnectPorts) {
    this.#ports = ports;
    this.#addresses = new Addresses(ports.everywhere);
    const consent = new Consent(ports.everywhere);
    const asks = askInVscode({ addresses: () => this.#addresses.list(), showLog: () => ports.log.show() });
    this.#flowPorts = {
      asks,
      t,
      fetch: ports.networkFetch,
      clean: (text) => ports.log.redact(text),
      networkRepair: ports.networkRepair,
      wait: (seconds, signal) => sleep(seconds * 1000, signal),
      user: () => ports.apps.user(),
      agreed: (baseUrl) => consent.has(baseUrl),
      agree: (baseUrl) => consent.give(baseUrl),
      ...savedWith(ports, (baseUrl) => this.#addresses.used(baseUrl)),
    };
  }

  /** Leads to a connected app that can do what is wanted; `undefined` if the person gives up. What is offered comes first. */
  async connect(purpose: Purpose = 'any'): Promise<App | undefined> {
    const offers = currentOffers(this.#ports.apps.own());
    const chosen = offers.length === 0 ? 'other' : await askOffer(offers);
    if (chosen === undefined) return undefined;
    const connected = chosen === 'other' ? await this.#run('new', 'address') : await this.#take(chosen);
    return connected && (await this.#welcome(connected, purpose));
  }

  /** Connects what the environment, another extension's settings or the clipboard name. */
  async importApps(): Promise<App | undefined> {
    // Who asks for them may want another app of an address that is known already.
    const chosen = await askOffer([...currentOffers([]), 'clipboard']);
    const offer = chosen === 'clipboard' ? await clipboardOffer() : chosen;
    if (offer === undefined) return undefined;
    const connected = offer === 'other' ? await this.#run('new', 'address') : await this.#take(offer);
    return connected && (await this.#welcome(connected, 'any'));
  }

  /** Forgets what was typed and not used. */
  forgetTyped(): void {
    this.#drafts.clear();
  }

  dispose(): void {
    this.forgetTyped();
  }

  /** Does with the person what the remedy says; `undefined` if they give up. */
  async repair(app: App, remedy: Repair): Promise<App | undefined> {
    // There is nothing to mend in the demo. An app of one's own is another one: what was asked here is not asked there.
    if (isDemo(app)) {
      await this.connect();
      return undefined;
    }
    switch (remedy) {
      case 'enterKey':
        return (await this.#run(app, 'key'))?.[0];
      case 'editAddress':
        return (await this.#run(app, 'address'))?.[0];
      default:
        return (await this.#ports.networkRepair(remedy)) ? app : undefined;
    }
  }

  /** Tries the ways to one of the person's apps, says what they are like, and offers the other one where only that works. */
  async testConnection(given?: App): Promise<void> {
    const app = given ?? (await askTestedApp(this.#ports.apps.own()));
    if (app === undefined) return;
    const error = await tellConnection(app, this.#ports, this.#flowPorts.asks);
    if (error === undefined) return;
    const repaired = await new ConnectFlow(this.#flowPorts, this.#drafts.open(app.id, app.baseUrl), app).recover(error);
    if (repaired === undefined) this.#drafts.leave(app.id);
    else this.#drafts.drop(app.id);
    if (repaired !== undefined) await this.testConnection(repaired[0]);
  }

  async #run(about: App | 'new', first: 'address' | 'key'): Promise<readonly App[] | undefined> {
    const purpose = about === 'new' ? about : about.id;
    const draft = this.#drafts.open(purpose, about === 'new' ? '' : about.baseUrl);
    const flow = new ConnectFlow(this.#flowPorts, draft, about === 'new' ? undefined : about);
    const apps = await flow.run(first);
    if (apps === undefined) this.#drafts.leave(purpose);
    else this.#drafts.drop(purpose);
    return apps?.map((app) => this.#asKept(app));
  }

  async #take({ address, keys, source }: Offer): Promise<readonly App[] | undefined> {
    const apps = await new ConnectFlow(this.#flowPorts, { address, key: keys }).run('offer');
    if (apps !== undefined && source === 'setting') this.#ports.start('Importing an app', offerToRemoveKey);
    return apps?.map((app) => this.#asKept(app));
  }

  /** With the name that the person gave it. */
  #asKept(app: App): App {
    return this.#ports.apps.find(app.id) ?? app;
  }

  /** Goes on with what the person came for. */
  async #welcome(connected: readonly App[], purpose: Purpose): Promise<App | undefined> {
    const { actions, apps } = this.#ports;
    const fits = { chat: hasPage, selection: actions.fits, any: () => true }[purpose];
    // Of several, one to talk with is shown before one to run.
    const talking = purpose === 'chat' ? connected.find(canChat) : undefined;
    const app = talking ?? connected.find(fits);
    if (app === undefined) return await this.#unfit(connected[0], purpose);
    if (purpose === 'selection') return app;
    const isOnly = connected.length === 1;
    if (purpose === 'any') {
      if (isOnly) await this.#goOn(app, await askAfter(app, actions.fits(app)));
      return app;
    }
    await apps.chooseChatApp(app);
    await commands.executeCommand('difyCompanion.chat.show');
    if (isOnly) {
      // Nobody waits for it: the chat is there already.
      this.#ports.start('Connecting an app', async () => this.#goOn(app, await tellConnected(app, actions.fits(app))));
    }
    return app;
  }

  /** The app is kept; it only cannot do this. */
  async #unfit(app: App | undefined, purpose: Purpose): Promise<App | undefined> {
    if (app === undefined) return undefined;
    const after = await tellUnfit(app, purpose, this.#ports.actions.fits(app));
    if (after === 'another') return await this.connect(purpose);
    await this.#goOn(app, after);
    return undefined;
  }

  async #goOn(app: App, after: After | undefined): Promise<void> {
    switch (after) {
      case 'chat':
        await this.#ports.apps.chooseChatApp(app);
        await commands.executeCommand('difyCompanion.chat.show');
        return;
      case 'actions':
        return await this.#ports.actions.bind(app);
      case 'another':
        await this.connect('any');
        return;
      case undefined:
    }
  }
}

/** Registers the commands that connect. */
export function registerConnect(register: Register, connecting: Connecting): readonly Disposable[] {
  return [
    connecting,
    register('difyCompanion.apps.connect', () => connecting.connect()),
    register('difyCompanion.apps.import', () => connecting.importApps()),
    register('difyCompanion.apps.testConnection', () => connecting.testConnection()),
  ];
}
