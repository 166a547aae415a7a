import type { SentFile } from '../../../../../src/conversation/conversation.ts';
import type { StateChange } from '../../../../../src/conversation/protocol.ts';
import type { Upload } from '../../../../../src/conversation/upload.ts';
import { realClock, type Clock } from '../../../../../src/demo/clock.ts';
import { createDemoServer } from '../../../../../src/demo/server.ts';
import type { LocalFile } from '../../../../../src/host/files/asks.ts';
import { appNamed } from '../../../../lab/apps.ts';
import { ChatWindow } from '../../../../support/chatWindow.ts';
import { testApp } from '../../../../support/hostState.ts';
import type { KeptInMemory } from '../../../../support/keptInMemory.ts';

/** A hundred times as fast: a server takes a second to name a new conversation before it answers. */
const hurried: Clock = {
  now: () => Date.now() * 100,
  sleep: (ms, signal) => realClock.sleep(ms / 100, signal),
};

export type Generation = 'a' | 'b';

/** A server of the generation with one app of the lab, and windows that talk to it. */
export class FilesWorld {
  readonly #server;
  readonly #app;
  /** Bodies of questions, as they were sent. */
  readonly asked: { readonly user: string; readonly files?: readonly Record<string, unknown>[] }[] = [];
  /** Forms of uploads, as text. */
  readonly uploaded: string[] = [];
  /** Where it is set, uploads go no further before it settles. */
  gate: Promise<unknown> = Promise.resolve();
  /** The same for questions. */
  answering: Promise<unknown> = Promise.resolve();
  readonly told: (readonly Upload[])[] = [];

  constructor(generation: Generation, name = 'Handbook assistant') {
    this.#app = appNamed(name);
    this.#server = createDemoServer({ generation, apps: [this.#app], tokensPerSecond: Infinity, clock: hurried });
  }

  async open(kept?: KeptInMemory): Promise<ChatWindow> {
    const window = new ChatWindow({ fetch: (url, init) => this.#fetch(url, init), ...(kept && { kept }) });
    window.files.onDidChange(({ uploads }: StateChange) => this.told.push(uploads ?? []));
    await window.open(testApp('one', { mode: this.#app.mode }), this.#app.key);
    return window;
  }

  async #fetch(url: string, init: RequestInit): Promise<Response> {
    if (url.endsWith('/chat-messages')) {
      this.asked.push(JSON.parse(typeof init.body === 'string' ? init.body : '{}') as (typeof this.asked)[number]);
      await this.answering;
    }
    if (!url.endsWith('/files/upload')) return await this.#server.handle(new Request(url, init));
    await Promise.race([this.gate, aborted(init.signal)]);
    init.signal?.throwIfAborted();
    const request = new Request(url, init);
    this.uploaded.push(await request.clone().text());
    return await this.#server.handle(request);
  }
}

async function aborted(signal: AbortSignal | null | undefined): Promise<void> {
  if (signal?.aborted !== false) return await (signal ? undefined : new Promise(() => {}));
  await new Promise((resolve) => signal.addEventListener('abort', resolve, { once: true }));
}

export function file(name: string, content: string | Uint8Array = 'text'): LocalFile {
  const bytes = typeof content === 'string' ? new TextEncoder().encode(content) : content;
  return { name, size: bytes.length, read: () => Promise.resolve(bytes) };
}

/** What stands in the composer. */
export function chips(window: ChatWindow): readonly string[] {
  const uploads = window.files.state().uploads ?? [];
  return uploads.map(({ name, type, state }) => `${name} ${type} ${state}`);
}

export function uploadNamed(window: ChatWindow, name: string): Upload {
  const found = window.files.state().uploads?.find((upload) => upload.name === name);
  if (found === undefined) throw new RangeError(`There is no upload ${name}`);
  return found;
}

export async function add(window: ChatWindow, ...files: readonly LocalFile[]): Promise<void> {
  await window.files.add(files);
}

/** Waits until nothing is on its way. */
export async function uploaded(window: ChatWindow): Promise<void> {
  const { appId, key } = home(window);
  await window.files.ready({ appId, key });
  window.said.length = 0;
}

export function home(window: ChatWindow): { readonly appId: string; readonly key: string } {
  return { appId: 'one', key: window.conversation.key };
}

export function sent(window: ChatWindow): readonly SentFile[] {
  return window.conversation.messages.at(-1)?.files ?? [];
}
