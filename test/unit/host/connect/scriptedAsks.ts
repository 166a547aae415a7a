import type { Asks } from '../../../../src/host/connect/asks.ts';
import type { ConnectFailure } from '../../../../src/host/connect/connectFailure.ts';
import { ApiKey } from '../../../../src/dify/apiKey.ts';
import { DifyError } from '../../../../src/dify/errors.ts';
import type { Fetch } from '../../../../src/dify/client.ts';
import { originOf, type App } from '../../../../src/host/app.ts';
import { Log } from '../../../../src/host/log.ts';
import { loggedFetch } from '../../../../src/host/network/loggedFetch.ts';
import { logChannel } from '../../../support/logChannel.ts';
import { ConnectFlow, type Draft, type FlowPorts } from '../../../../src/host/connect/flow.ts';

/** An answer of a person: to which question, and what they say. `undefined` is Esc. */
export type Line = readonly [
  question: 'address' | 'encryption' | 'found' | 'key' | 'name' | 'failed',
  said: string | undefined,
];

/** The editor's `t`, in English. */
export const t: FlowPorts['t'] = (message, args = {}) =>
  message.replaceAll(/\{(\w+)\}/g, (placeholder, name: string) => String(args[name] ?? placeholder));

export interface Played {
  readonly apps: readonly App[] | undefined;
  /** What was asked and told, in this order: `address: what stood in the box`. */
  readonly heard: readonly string[];
  readonly stored: ReadonlyMap<string, App>;
  readonly keys: ReadonlyMap<string, string>;
  readonly consents: ReadonlySet<string>;
  readonly draft: Draft;
}

export interface Scene {
  readonly fetch?: Fetch;
  readonly known?: readonly (readonly [App, string])[];
  readonly repaired?: App;
  readonly first?: 'address' | 'key' | 'offer';
  readonly draft?: Draft;
  /** Whether the secret storage keeps nothing. */
  readonly forgets?: boolean;
  readonly networkRepair?: FlowPorts['networkRepair'];
  /** Which of the notifications that work is done behind are cancelled, counted from 0. */
  readonly cancels?: readonly number[];
}

/** Plays the flow with a person who says these lines; what is asked beyond them fails the test. */
export async function play(lines: readonly Line[], scene: Scene = {}): Promise<Played> {
  const heard: string[] = [];
  const { known = [], cancels = [], first = 'address', networkRepair = () => Promise.resolve(false) } = scene;
  const stored = new Map(known.map(([app]) => [app.id, app]));
  const keys = new Map(known.map(([app, key]) => [secretOf(app), key]));
  const consents = new Set<string>();
  const draft = scene.draft ?? { address: scene.repaired?.baseUrl ?? '', key: '' };
  const log = new Log(logChannel().channel);
  const ports: FlowPorts = {
    t,
    asks: asking([...lines], heard, cancels),
    fetch: loggedFetch(scene.fetch ?? ((url, init) => fetch(url, init)), log),
    clean: (text) => log.redact(text),
    wait: async () => {},
    apps: () => [...stored.values()],
    user: async () => 'vscode-test',
    storedKey: async (app) => {
      const key = keys.get(secretOf(app));
      if (key === undefined) throw new DifyError('noKey', 'No key');
      return new ApiKey(key, originOf(app));
    },
    appWith: async (baseUrl, key) =>
      [...stored.values()].find((app) => app.baseUrl === baseUrl && keys.get(secretOf(app)) === key),
    save: async (app, key) => {
      stored.set(app.id, app);
      if (key !== undefined) keys.set(secretOf(app), key);
      return scene.forgets !== true;
    },
    agreed: (baseUrl) => consents.has(new URL(baseUrl).origin),
    agree: async (baseUrl) => void consents.add(new URL(baseUrl).origin),
    networkRepair,
  };
  const apps = await new ConnectFlow(ports, draft, scene.repaired).run(first);
  return { apps, heard, stored, keys, consents, draft };
}

function secretOf(app: App): string {
  return `${originOf(app)} ${app.id}`;
}

function asking(lines: Line[], heard: string[], cancels: readonly number[]): Asks {
  const next = (question: Line[0], shown: string): string | undefined => {
    heard.push(`${question}: ${shown}`);
    const line = lines.shift();
    if (line?.[0] !== question) throw new Error(`Asked “${heard.at(-1)}”, expected ${line?.[0] ?? 'nothing'}`);
    return line[1];
  };
  let works = 0;
  return {
    address: async (value, changed) => typed(next('address', value), changed),
    // What the script says is what the button stands for.
    encryption: async (baseUrl) => next('encryption', baseUrl) as Awaited<ReturnType<Asks['encryption']>>,
    found: async (baseUrl) => next('found', baseUrl) as Awaited<ReturnType<Asks['found']>>,
    key: async (baseUrl, value, changed) => typed(next('key', `${new URL(baseUrl).host} ${value}`.trim()), changed),
    name: async (proposal) => next('name', proposal),
    working: async (_, work) => {
      if (cancels.includes(works++)) return 'cancelled';
      return await work(new AbortController().signal, (sentence) => heard.push(`told: ${sentence}`));
    },
    failed: async ({ sentence, buttons }: ConnectFailure) =>
      next('failed', `${sentence} [${buttons.join(', ')}]`) as Awaited<ReturnType<Asks['failed']>>,
    several: (connected, refused, reason) => heard.push(`several: ${connected} ${refused} ${reason}`.trim()),
    unsaved: () => heard.push('unsaved'),
    openApiPage: (baseUrl) => heard.push(`page: ${baseUrl}`),
    showLog: () => heard.push('log'),
  };
}

/** `~text` is typed and left by Esc. */
function typed(said: string | undefined, changed: (text: string) => void): string | undefined {
  if (said !== undefined && said !== 'back') changed(said.replace(/^~/, ''));
  return said?.startsWith('~') === true ? undefined : said;
}
