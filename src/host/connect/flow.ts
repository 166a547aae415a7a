import { ApiKey } from '../../dify/apiKey.ts';
import { isUnencrypted, originOf, type App } from '../app.ts';
import type { NetworkRemedy } from '../networkRemedies.ts';
import type { Asks } from './asks.ts';
import { candidatesOf } from './baseUrl.ts';
import { connectFailure, type ConnectButton } from './connectFailure.ts';
import { readExample } from './curl.ts';
import { discover } from './discover.ts';
import { keyProblemSentence, keysIn, type ReadKeys } from './keyText.ts';
import { calledHere, freeName } from './names.ts';
import { reasonOf, tryKey, tryKeys, type Attempt, type TryPorts } from './tryKeys.ts';

/** What the flow needs beside the person. */
export interface FlowPorts extends TryPorts {
  readonly asks: Asks;
  readonly apps: () => readonly App[];
  readonly user: () => Promise<string>;
  /** The app's stored key. @throws {DifyError} `noKey` */
  readonly storedKey: (app: App) => Promise<ApiKey>;
  /** The connected app that this key opens already, if any. */
  readonly appWith: (baseUrl: string, key: string) => Promise<App | undefined>;
  /** Stores the app, and its key if there is a new one. Whether the key was kept. */
  readonly save: (app: App, key: string | undefined) => Promise<boolean>;
  /** Whether the person agreed to go without encryption to this origin. */
  readonly agreed: (baseUrl: string) => boolean;
  readonly agree: (baseUrl: string) => Promise<void>;
  /** The text without any key that was sent: a server's words may quote it, whatever it looks like. */
  readonly clean: (text: string) => string;
  /** Does with the person what helps against a failure of the network; whether it was done. */
  readonly networkRepair: (remedy: NetworkRemedy) => Promise<boolean>;
}

/** What was typed: kept by whoever opens the flow again. */
export interface Draft {
  address: string;
  key: string;
}

/** What a step leads to: another one, the connected apps, or nothing because the person gave up. */
type Next = 'address' | 'agree' | 'find' | 'key' | 'test' | readonly App[] | undefined;

/** The way to a connected app. Every step can go back, and nothing typed is lost. */
export class ConnectFlow {
  readonly #ports: FlowPorts;
  readonly #draft: Draft;
  readonly #repaired: App | undefined;
  #candidates: readonly [string, ...string[]];
  #baseUrl: string;
  /** One key or several that were given for this address. Not the draft's: that is what is being typed, perhaps in a flow that began later. */
  #key: string | undefined;
  /** Whether the key was asked for: who goes back from there and on again still wants to enter one. */
  #askedKey = false;

  /** @param repaired the app that is to get a new key or address */
  constructor(ports: FlowPorts, draft: Draft, repaired?: App) {
    this.#ports = ports;
    this.#draft = draft;
    this.#repaired = repaired;
    this.#baseUrl = repaired?.baseUrl ?? '';
    this.#candidates = [this.#baseUrl];
  }

  /** The connected apps, at least one; `undefined` if the person gave up. */
  async run(first: 'address' | 'key' | 'offer'): Promise<readonly App[] | undefined> {
    return await this.#goOn(first === 'offer' ? this.#read(this.#draft.address, this.#draft.key) : first);
  }

  /** The same from a failure on. */
  async recover(error: unknown): Promise<readonly App[] | undefined> {
    return await this.#goOn(await this.#failed(error, this.#baseUrl, 'test'));
  }

  async #goOn(first: Next): Promise<readonly App[] | undefined> {
    let step = first;
    while (typeof step === 'string') step = await this.#take(step);
    return step;
  }

  #take(step: Exclude<Next, readonly App[] | undefined>): Promise<Next> {
    switch (step) {
      case 'address':
        return this.#takeAddress();
      case 'agree':
        return this.#agree(this.#candidates[0], 'find');
      case 'find':
        return this.#find();
      case 'key':
        return this.#takeKey();
      case 'test':
        return this.#test();
    }
  }

  async #takeAddress(): Promise<Next> {
    const { asks } = this.#ports;
    const typed = await asks.address(this.#draft.address, (text) => (this.#draft.address = text));
    if (typed === undefined || typed === 'back') return undefined;
    const example = readExample(typed);
    return this.#read(example?.address ?? typed, example?.key);
  }

  #read(address: string, key: string | undefined): Next {
    const reading = candidatesOf(address);
    if (typeof reading === 'string') return 'address';
    this.#draft.address = address;
    this.#key = key;
    this.#draft.key = key ?? this.#draft.key;
    this.#candidates = reading;
    return 'agree';
  }

  /** Plain http beyond this computer needs a word of the person, once for each origin. */
  async #agree(baseUrl: string, next: 'find' | 'key' | 'test'): Promise<Next> {
    const { asks, agreed, agree } = this.#ports;
    if (!isUnencrypted(baseUrl) || agreed(baseUrl)) return next;
    switch (await asks.encryption(baseUrl)) {
      case 'plain':
        await agree(baseUrl);
        return next;
      case 'https':
        this.#use(baseUrl.replace(/^http:/, 'https:'));
        return 'find';
      case 'back':
        return 'address';
      case undefined:
        return undefined;
    }
  }

  #use(address: string): void {
    this.#draft.address = address;
    this.#candidates = [address];
  }

  /** The same path at the place that visitors are sent to; a page of Dify Cloud leads to its API. */
  #follow(origin: string): Next {
    const from = new URL(this.#candidates[0]);
    const address = `${origin}${from.pathname}`;
    // Who sends visitors elsewhere does not say where a key goes; only the same place with encryption is no other.
    if (origin !== from.origin.replace(/^http:/, 'https:')) this.#key = undefined;
    const reading = candidatesOf(address);
    this.#use(typeof reading === 'string' ? address : reading[0]);
    return 'agree';
  }

  async #find(): Promise<Next> {
    const { asks, fetch } = this.#ports;
    const [likeliest] = this.#candidates;
    const found = await asks.working(likeliest, (signal) => discover(this.#candidates, fetch, signal));
    if (found === 'cancelled') return 'address';
    if ('error' in found) return await this.#failed(found.error, found.baseUrl, 'find');
    this.#baseUrl = found.baseUrl;
    if (found.baseUrl !== likeliest) {
      const answer = await asks.found(found.baseUrl);
      if (answer !== 'use') return answer === 'edit' ? 'address' : undefined;
    }
    return await this.#agree(found.baseUrl, this.#needsKey() ? 'key' : 'test');
  }

  /** A key goes to no other origin than the one it was entered for. */
  #needsKey(): boolean {
    if (this.#key !== undefined) return false;
    return this.#askedKey || this.#repaired === undefined || originOf(this.#repaired) !== new URL(this.#baseUrl).origin;
  }

  async #takeKey(): Promise<Next> {
    const { asks } = this.#ports;
    this.#askedKey = true;
    const typed = await asks.key(this.#baseUrl, this.#draft.key, (text) => (this.#draft.key = text));
    if (typed === 'back') return 'address';
    if (typed === undefined) return undefined;
    this.#draft.key = typed;
    this.#key = typed;
    return 'test';
  }

  async #test(): Promise<Next> {
    const read = this.#key === undefined ? undefined : keysIn(this.#key);
    if (typeof read === 'string') return 'key';
    if (read !== undefined && this.#repaired === undefined && read.keys.length + read.problems.length > 1) {
      return await this.#connectSeveral(read);
    }
    return await this.#connectOne(read?.keys[0]);
  }

  /** @param key `undefined`: the one that is stored */
  async #connectOne(key: string | undefined): Promise<Next> {
    const { asks } = this.#ports;
    try {
      const app = await asks.working(this.#baseUrl, (signal, tell) => this.#open(key, { signal, tell }));
      if (app === 'cancelled') return this.#key === undefined ? 'address' : 'key';
      return await this.#keep(app, key);
    } catch (error) {
      return await this.#failed(error, this.#baseUrl, 'test');
    }
  }

  async #open(key: string | undefined, attempt: Attempt): Promise<App> {
    const { user, storedKey, appWith } = this.#ports;
    const baseUrl = this.#baseUrl;
    const known = this.#repaired ?? (await appWith(baseUrl, key ?? ''));
    const stored = known && key === undefined ? await storedKey({ ...known, baseUrl }) : undefined;
    const candidate = {
      id: known?.id ?? crypto.randomUUID(),
      baseUrl,
      apiKey: stored ?? new ApiKey(key ?? '', new URL(baseUrl).origin),
      user: await user(),
    };
    return await tryKey(candidate, this.#ports, attempt);
  }

  /** Names the app so that it can be told from the others, and stores it. */
  async #keep(app: App, key: string | undefined): Promise<Next> {
    const { apps, asks, save } = this.#ports;
    const isKnown = apps().some(({ id }) => id === app.id);
    const proposal = isKnown ? app.name : freeName(app, apps());
    const name = proposal === app.name ? proposal : await asks.name(proposal);
    if (name === 'back') return 'key';
    if (name === undefined) return undefined;
    const named = calledHere(app, name.trim() || proposal);
    if (!(await save(named, key))) asks.unsaved();
    return [named];
  }

  async #connectSeveral({ keys, problems }: ReadKeys): Promise<Next> {
    const { asks, apps, clean, save, t } = this.#ports;
    const baseUrl = this.#baseUrl;
    const user = await this.#ports.user();
    const tried = await asks.working(baseUrl, (signal, tell) =>
      tryKeys(keys, { baseUrl, user }, this.#ports, { signal, tell }),
    );
    if (tried === 'cancelled') return 'key';
    const { opened, failures } = tried;
    if (opened.length === 0) return await this.#failed(failures[0], baseUrl, 'test');
    const connected: App[] = [];
    let isKept = true;
    for (const { app, key } of opened) {
      const known = await this.#ports.appWith(baseUrl, key);
      const named = known ? { ...app, id: known.id } : calledHere(app, freeName(app, apps()));
      isKept = (await save(named, key)) && isKept;
      connected.push(named);
    }
    if (!isKept) asks.unsaved();
    const wrong = problems.map((problem) => keyProblemSentence(problem, t));
    const reason = clean(reasonOf(failures, baseUrl, t)) || (wrong[0] ?? '');
    asks.several(connected.length, failures.length + problems.length, reason);
    return connected;
  }

  /** Tells the failure until a button leads on. */
  async #failed(error: unknown, baseUrl: string, step: 'find' | 'test'): Promise<Next> {
    const { asks, clean, t } = this.#ports;
    const failure = connectFailure(error, baseUrl, t);
    const sentence = clean(failure.sentence);
    for (;;) {
      const button = await asks.failed({ ...failure, sentence });
      const next = await this.#press(button, failure.other ?? '', step);
      if (next !== 'again') return next;
    }
  }

  async #press(button: ConnectButton | undefined, other: string, step: 'find' | 'test'): Promise<Next | 'again'> {
    const { asks, networkRepair } = this.#ports;
    switch (button) {
      case 'retry':
        return step;
      case 'editAddress':
        return 'address';
      case 'enterKey':
        return 'key';
      case 'openApiPage':
        asks.openApiPage(this.#baseUrl);
        return 'key';
      case 'useOther':
        return this.#follow(other);
      case 'showLog':
        asks.showLog();
        return 'again';
      case 'chooseCa':
        return (await networkRepair('addCertificate')) ? step : 'again';
      case 'openProxySettings':
        return (await networkRepair('openProxySettings')) ? step : 'again';
      case 'useDirect':
        return (await networkRepair('useDirect')) ? step : 'again';
      case 'cancel':
      case undefined:
        return undefined;
    }
  }
}
