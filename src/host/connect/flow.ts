import { ProgressLocation, window } from 'vscode';
import { describe, type Failure } from '../../conversation/failure.ts';
import type { Fetch } from '../../dify/client.ts';
import type { App } from '../app.ts';
import type { Apps } from '../apps.ts';
import { withAbortSignal } from '../cancellation.ts';
import { sentenceOf, type Start } from '../commands.ts';
import type { Keys } from '../keys.ts';
import { askText, type Answer } from '../quickInput.ts';
import { t } from '../words.ts';
import { baseUrlOf } from './baseUrl.ts';
import type { Consent } from './consent.ts';
import { probe } from './probe.ts';

/** What connecting needs. */
export interface ConnectPorts {
  readonly apps: Apps;
  readonly keys: Keys;
  readonly consent: Consent;
  readonly fetch: Fetch;
  readonly start: Start;
}

/** What a step leads to: another one, the app, or nothing because the person gave up. */
type Step = 'address' | 'key' | 'test' | App | undefined;

/** The way to a connected app. It keeps what was typed: every step can go back, and nothing is lost. */
export class ConnectFlow {
  readonly #ports: ConnectPorts;
  readonly #id: string;
  #address: string;
  #key = '';

  /** @param repaired the app that is to get a new key or address */
  constructor(ports: ConnectPorts, repaired?: App) {
    this.#ports = ports;
    this.#id = repaired?.id ?? crypto.randomUUID();
    this.#address = repaired?.baseUrl ?? '';
  }

  /** The connected app, or `undefined` if the person gave up. */
  async run(first: 'address' | 'key'): Promise<App | undefined> {
    let step: Step = first;
    while (typeof step === 'string') step = await this.#take(step);
    return step;
  }

  #take(step: 'address' | 'key' | 'test'): Promise<Step> {
    switch (step) {
      case 'address':
        return this.#takeAddress();
      case 'key':
        return this.#takeKey();
      case 'test':
        return this.#test();
    }
  }

  get #baseUrl(): string {
    return baseUrlOf(this.#address) ?? '';
  }

  async #takeAddress(): Promise<Step> {
    const address = await askAddress(this.#address);
    if (address === undefined || address === 'back') return undefined;
    this.#address = address;
    return (await this.#ports.consent.ask(this.#baseUrl)) ? 'key' : 'address';
  }

  async #takeKey(): Promise<Step> {
    const key = await askKey(this.#key, new URL(this.#baseUrl).host);
    if (key === undefined) return undefined;
    if (key === 'back') return 'address';
    this.#key = key;
    return 'test';
  }

  async #test(): Promise<Step> {
    const tested = await test(this.#ports, { id: this.#id, baseUrl: this.#baseUrl, key: this.#key });
    return tested === undefined || 'id' in tested ? tested : await askNext(tested);
  }
}

function askAddress(value: string): Promise<Answer<string>> {
  return askText({
    title: t('Connect an App: Address'),
    step: 1,
    of: 2,
    prompt: t('The address of the API, for example https://api.dify.ai/v1.'),
    placeholder: 'https://api.dify.ai/v1',
    value,
    password: false,
    problem: (text) =>
      baseUrlOf(text) === undefined ? t('This is not a web address. Example: https://api.dify.ai/v1') : '',
    hint: (text) => {
      const baseUrl = baseUrlOf(text);
      return baseUrl === undefined || baseUrl === text.trim() ? '' : t('Reads as {url}.', { url: baseUrl });
    },
  });
}

function askKey(value: string, host: string): Promise<Answer<string>> {
  return askText({
    title: t('Connect an App: API Key'),
    step: 2,
    of: 2,
    prompt: t("From the app's page “API Access” in Dify. Stored in VS Code's secret storage, sent only to {host}.", {
      host,
    }),
    placeholder: 'app-…',
    value,
    password: true,
    problem: keyProblem,
    hint: () => '',
  });
}

function keyProblem(text: string): string {
  const key = text.trim();
  if (key === '') return t('Paste the API key of the app.');
  if (/^(?:dataset|ds)-/.test(key))
    return t('This is a knowledge key (dataset-…). Paste an app key, it starts with app-.');
  return /^[\x21-\x7e]{8,512}$/.test(key) ? '' : t('The key has characters that no key has. Copy it again in Dify.');
}

/** Tests the connection and saves the app with its key; a failure in words, or `undefined` if the person cancelled. */
async function test(
  { apps, keys, fetch }: ConnectPorts,
  candidate: { readonly id: string; readonly baseUrl: string; readonly key: string },
): Promise<App | Failure | undefined> {
  const { host } = new URL(candidate.baseUrl);
  const title = t('Connecting to {host}…', { host });
  return await window.withProgress({ location: ProgressLocation.Notification, title, cancellable: true }, (_, token) =>
    withAbortSignal(token, async (signal) => {
      try {
        const app = await probe({ ...candidate, user: await apps.user() }, fetch, signal);
        await saveApp({ apps, keys }, app, candidate.key);
        return app;
      } catch (error) {
        if (signal.aborted) return undefined;
        return describe(error, { t, host, keepsAnswers: false });
      }
    }),
  );
}

/** Stores key and app. The key comes first: an app in the list always had one. */
export async function saveApp(
  { apps, keys }: Pick<ConnectPorts, 'apps' | 'keys'>,
  app: App,
  key: string,
): Promise<void> {
  if (!(await keys.set(app, key))) {
    void window.showWarningMessage(t('The key could not be saved. It works until this window closes.'));
  }
  await apps.save(app);
}

async function askNext(failure: Failure): Promise<Step> {
  const [address, key, again] = [t('Edit Address'), t('Enter API Key'), t('Retry')];
  const pressed = await window.showErrorMessage(
    sentenceOf(failure),
    ...(failure.remedy === 'enterKey' ? [key, address] : [address, again]),
  );
  if (pressed === address) return 'address';
  if (pressed === key) return 'key';
  return pressed === again ? 'test' : undefined;
}
