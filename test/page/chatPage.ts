import { mkdtemp, rm } from 'node:fs/promises';
import os from 'node:os';
import path from 'node:path';
import { chromium, type BrowserContext, type Page } from 'playwright-core';
import type { FromWebview } from '../../src/conversation/fromWebview.ts';
import type { ChatEvent, ChatState, ToWebview } from '../../src/conversation/protocol.ts';
import { readTheme, servePage, type Theme } from './server.ts';

/** What the stand-in for VS Code leaves in the page's window. */
export interface Host {
  readonly posted: FromWebview[];
  readonly refused: string[];
  readonly errors: string[];
  send(message: ToWebview): void;
  paint(): void;
  /** Resolves with the browser's next frame, also where the page has to wait for the test. */
  frame(): Promise<void>;
  /** Does what the page would do in its spare time. Resolves once nothing of it is left. */
  settled(): Promise<void>;
  /** Opens all that can be opened in the conversation, as a person does. */
  unfold(): Promise<void>;
  /** The first answer as it is now. */
  answer(): ShownAnswer;
}

/** The answer as elements, and what was thought: all that must not depend on how the text was cut. */
export interface ShownAnswer {
  readonly answer: string;
  readonly thinking: string;
}

declare global {
  // oxlint-disable-next-line no-var -- a global of the page
  var host: Host;
}

export interface OpenOptions {
  readonly theme?: Theme;
  readonly lang?: string;
  readonly width?: number;
  readonly height?: number;
  /** Animation frames come only when the test asks for one. */
  readonly frames?: boolean;
  /** The browser has no time to spare unless the test waits for it. */
  readonly busy?: boolean;
}

/** A browser and the server of the page, for one file of tests. */
export class Browser {
  readonly #context: BrowserContext;
  readonly #profile: string;
  readonly #server: Awaited<ReturnType<typeof servePage>>;

  static async start(): Promise<Browser> {
    const profile = await mkdtemp(path.join(os.tmpdir(), 'dify-page-'));
    const context = await chromium.launchPersistentContext(profile, {
      executablePath: process.env['CHROMIUM_PATH'] ?? '/usr/bin/chromium',
      headless: true,
      args: [
        '--no-sandbox',
        '--disable-gpu',
        '--no-first-run',
        '--disable-background-networking',
        '--disable-component-update',
      ],
    });
    return new Browser(context, profile, await servePage());
  }

  private constructor(context: BrowserContext, profile: string, server: Awaited<ReturnType<typeof servePage>>) {
    this.#context = context;
    this.#profile = profile;
    this.#server = server;
  }

  async open(options: OpenOptions = {}): Promise<ChatPage> {
    const page = await this.#context.newPage();
    const chat = new ChatPage(page, this.#server.origin);
    await page.setViewportSize({ width: options.width ?? 320, height: options.height ?? 700 });
    const query = new URLSearchParams({ theme: options.theme ?? 'dark-modern', lang: options.lang ?? 'en' });
    if (options.frames === true) query.set('frames', '');
    if (options.busy === true) query.set('busy', '');
    await page.goto(`${this.#server.origin}/?${query.toString()}`);
    await page.evaluate(() => document.fonts.ready.then(() => undefined));
    return chat;
  }

  /** What the browser used of the processor until now, in milliseconds, in all of its processes. */
  async cpu(): Promise<number> {
    const session = await this.#context.browser()?.newBrowserCDPSession();
    const { processInfo } = (await session?.send('SystemInfo.getProcessInfo')) ?? { processInfo: [] };
    await session?.detach();
    return processInfo.reduce((sum, { cpuTime }) => sum + cpuTime * 1000, 0);
  }

  async close(): Promise<void> {
    await this.#context.close();
    this.#server.close();
    await rm(this.#profile, { recursive: true, force: true });
  }
}

/** The chat page in a browser; the test plays the extension host. */
export class ChatPage {
  readonly page: Page;
  /** Addresses that the page asked for, other than its own files. */
  readonly foreignRequests: string[] = [];
  readonly dialogs: string[] = [];
  #seq = 0;

  constructor(page: Page, origin: string) {
    this.page = page;
    const own = new Set([
      '/',
      '/webview.js',
      '/math.js',
      '/highlight.js',
      '/chat.css',
      '/codicon.css',
      '/codicon.ttf',
      '/theme.css',
    ]);
    page.on('request', (request) => {
      const url = new URL(request.url());
      // A Blob is made by the page's own scripts, of bytes that it has.
      const isOwn = (url.origin === origin && own.has(url.pathname)) || /^(?:data|blob):$/.test(url.protocol);
      if (!isOwn) this.foreignRequests.push(request.url());
    });
    page.on('dialog', (dialog) => {
      this.dialogs.push(dialog.message());
      void dialog.dismiss();
    });
  }

  async snapshot(state: ChatState): Promise<void> {
    await this.send({ type: 'snapshot', seq: ++this.#seq, state });
  }

  async events(...events: ChatEvent[]): Promise<void> {
    await this.send({ type: 'events', seq: ++this.#seq, events });
  }

  /** Events whose message never arrives. */
  lose(): void {
    this.#seq++;
  }

  /** Sends a message and waits until it is painted. */
  async send(message: ToWebview): Promise<void> {
    await this.page.evaluate((data) => globalThis.host.send(data), message);
    await this.painted();
  }

  /** Changes the colours under the page, as VS Code does when its theme is changed. */
  async wear(theme: Theme): Promise<void> {
    const { bodyClass } = await readTheme(theme);
    await this.page.evaluate(
      async ([name, classes]) => {
        const now = document.querySelector<HTMLLinkElement>('link[href^="/theme.css"]');
        const next = document.createElement('link');
        next.rel = 'stylesheet';
        next.href = `/theme.css?theme=${name}`;
        const loaded = new Promise((resolve) => next.addEventListener('load', resolve));
        now?.replaceWith(next);
        document.body.className = classes;
        await loaded;
      },
      [theme, bodyClass] as const,
    );
  }

  /** Two frames: what was due is painted, and what that changed is laid out. */
  async painted(): Promise<void> {
    await this.page.evaluate(
      () => new Promise((resolve) => requestAnimationFrame(() => requestAnimationFrame(() => resolve(undefined)))),
    );
  }

  async posted<Type extends FromWebview['type']>(type: Type): Promise<(FromWebview & { type: Type })[]> {
    const all = await this.page.evaluate(() => globalThis.host.posted);
    return all.filter((message): message is FromWebview & { type: Type } => message.type === type);
  }

  /** Waits until the page has posted `count` messages of a type. */
  async waitForPosted(type: FromWebview['type'], count = 1): Promise<void> {
    await this.page.waitForFunction(
      ([wanted, least]) => globalThis.host.posted.filter((message) => message.type === wanted).length >= least,
      [type, count] as const,
    );
  }

  /** What the page's policy refused, and errors of its scripts. */
  async faults(): Promise<string[]> {
    return this.page.evaluate(() => [...globalThis.host.refused, ...globalThis.host.errors]);
  }

  async text(selector: string): Promise<string> {
    return (await this.page.locator(selector).first().textContent()) ?? '';
  }

  async close(): Promise<void> {
    await this.page.close();
  }
}
