import assert from 'node:assert/strict';
import { setTimeout as delay } from 'node:timers/promises';
import type { FrameLocator, Locator, Page } from 'playwright-core';
import { demoApps } from '../../src/demo/demoApps.ts';
import type { GenerationName } from '../../src/demo/generations.ts';
import { startDifyServer, type RunningDifyServer } from '../dify-server/serve.ts';
import { openSession, type Session } from './session.ts';
import { until } from './until.ts';
import { extensionHosts, killExtensionHost } from './workbench/extensionHost.ts';
import { pick, runCommand } from './workbench/palette.ts';
import { webviewWith } from './workbench/webview.ts';
import { openViewContainer, reload, shot } from './workbench/workbench.ts';

/** So many numbers an answer counts. */
const last = 60;

/** What goes on at Dify, with how many bytes of its stream are some of it, but not all; and what it may be cut by. */
const kinds = [
  { kind: 'a chatflow', app: 'Demo Handbook', path: '/v1/chat-messages', someBytes: 15_000, cuts: /./ },
  { kind: 'a workflow', app: 'Demo Report', path: '/v1/workflows/run', someBytes: 9_000, cuts: /network|reload|sleep/ },
] as const;
type Kind = (typeof kinds)[number];

/** What ends a connection in the middle of an answer, on the newer server. */
const cuts: readonly (readonly [what: string, cut: (world: World) => Promise<void>])[] = [
  ['the network', async ({ connectionLost }) => await connectionLost()],
  [
    'a reload of the window',
    async ({ own, reopen }) => {
      await reload(own.page);
      await reopen();
    },
  ],
  [
    'the death of the extension host',
    async ({ own, reopen }) => {
      await killExtensionHost(own.server.pid);
      await reopen();
    },
  ],
  [
    'the sleep of the computer',
    async ({ own, connectionLost }) => {
      const [host, ...others] = await extensionHosts(own.server.pid);
      assert.ok(host !== undefined && others.length === 0);
      process.kill(host, 'SIGSTOP');
      try {
        await connectionLost();
        await delay(3_000);
      } finally {
        process.kill(host, 'SIGCONT');
      }
    },
  ],
];

interface World {
  readonly own: Session;
  /** Resolves when the server has broken the connection of the answer. */
  readonly connectionLost: () => Promise<void>;
  readonly reopen: () => Promise<void>;
}

describe('An answer that survives its connection', () => {
  let dify: RunningDifyServer;
  let own: Session;
  let page: Page;
  let chat: FrameLocator;
  /** Where the next answer waits. */
  let pause: { readonly at: number; readonly until: Promise<void> } | undefined;

  const source = async function* (): AsyncGenerator<string> {
    const paused = pause;
    for (let number = 1; number <= last; number += 1) {
      if (number === paused?.at) await paused.until;
      yield `${number} `;
    }
  };

  async function start(generation: GenerationName, port = 0): Promise<void> {
    const apps = demoApps.filter(({ name }) => /^Demo (?:Chat|Handbook|Report)$/.test(name));
    dify = await startDifyServer({ tokensPerSecond: 60, apps, source, generation, port });
  }

  before(async () => {
    await start('b');
    const keys = dify.apps.map(({ key }) => key).join(',');
    own = await openSession({ env: { DIFY_BASE_URL: dify.baseUrl, DIFY_API_KEYS: keys } });
    page = own.page;
    page.setDefaultTimeout(20_000);
    await openViewContainer(page, 'Dify');
    chat = await webviewWith(page, '.hero');
    await chat.getByRole('button', { name: 'Connect an App' }).click();
    await pick(page, new URL(dify.baseUrl).host);
    chat = await webviewWith(page, '.composer textarea');
    // The chat takes the focus once all of them are connected.
    await composer().and(chat.locator(':focus')).waitFor();
  });

  after(async () => {
    await own?.close();
    await dify?.close();
  });

  const composer = (): Locator => chat.locator('.composer textarea');
  const lastAnswer = (): Locator => chat.locator('article.turn.answer').last();
  const posts = (to = '/v1/chat-messages'): number => dify.log.filter(({ path }) => path === to).length;
  const reads = (path: RegExp): number => dify.log.filter((request) => path.test(request.path)).length;

  async function switchTo(app: string, selector = '.composer textarea'): Promise<void> {
    await runCommand(page, 'Dify: Switch App');
    await pick(page, app);
    await openViewContainer(page, 'Dify');
    chat = await webviewWith(page, selector);
    await chat.locator('.app-bar .app').filter({ hasText: app }).first().waitFor();
  }

  async function reopen(): Promise<void> {
    await openViewContainer(page, 'Dify');
    chat = await webviewWith(page, 'article.turn.answer');
  }

  async function ask(query: string): Promise<void> {
    const before = await chat.locator('article.turn.ask').count();
    await composer().fill(query);
    await composer().press('Enter');
    await chat.locator('article.turn.ask').nth(before).waitFor();
  }

  /** Begins what is cut. */
  async function begin({ app }: Kind, query: string): Promise<void> {
    if (app === 'Demo Handbook') return await ask(query);
    const before = await chat.locator('article.turn.ask').count();
    if (before > 0) await chat.getByRole('button', { name: 'New Run…' }).click();
    await chat.getByLabel('Text').fill(query);
    await chat.getByRole('button', { name: 'Run', exact: true }).click();
    await chat.locator('article.turn.ask').nth(before).waitFor();
  }

  /** The last answer counts without a gap and without a repetition. */
  async function countsTo(number: number): Promise<boolean> {
    const text = await lastAnswer()
      .locator('.md')
      .first()
      .innerText()
      .catch(() => '');
    const found = (text.split('Question')[0] ?? '').match(/\d+/g)?.map(Number) ?? [];
    return found.length === number && found.every((each, index) => each === index + 1);
  }

  /** The last answer is there, whole, once, and as one that nothing happened to. */
  async function isWhole(): Promise<void> {
    await lastAnswer().locator('.answer-foot').waitFor();
    await until(() => countsTo(last));
    assert.equal(await lastAnswer().locator('.end').count(), 0);
  }

  for (const kind of kinds) {
    describe(`of ${kind.kind}`, () => {
      before(() => switchTo(kind.app, kind.app === 'Demo Report' ? 'form[aria-label^="What"]' : undefined));

      for (const [what, cut] of cuts.filter(([name]) => kind.cuts.test(name))) {
        it(`is read on by itself, and paid for once, after ${what}`, async () => {
          const { path, someBytes } = kind;
          const [asked, turns] = [posts(path), await chat.locator('article.turn.ask').count()];
          const attached = reads(/\/events/);
          const going = Promise.withResolvers<void>();
          pause = { at: 50, until: going.promise };
          const isByServer = /network|sleep/.test(what);
          if (isByServer) dify.fault({ path, cut: { after: someBytes, how: 'reset' } });
          await begin(kind, `After ${what}`);
          if (isByServer) await lastAnswer().locator('.md, .process').first().waitFor();
          else await until(() => countsTo(49));

          await cut({ own, reopen, connectionLost: () => delay(2_000) });
          pause = undefined;
          await until(() => Promise.resolve(reads(/\/events/) > attached));
          going.resolve();

          await isWhole();
          await shot(page, `reattach-${kind.kind}-${what}`.replaceAll(' ', '-'));
          assert.equal(posts(path), asked + 1);
          assert.equal(await chat.locator('article.turn.ask').count(), turns + 1);
        });
      }
    });
  }

  describe('at a server without an endpoint for that', () => {
    before(async () => {
      const port = Number(new URL(dify.baseUrl).port);
      await dify.close();
      await start('a', port);
      await switchTo('Demo Handbook');
      await runCommand(page, 'Dify: New Conversation');
    });

    it('is fetched from the detail of its run, which is said meanwhile', async () => {
      const going = Promise.withResolvers<void>();
      pause = { at: 50, until: going.promise };
      dify.fault({ path: '/v1/chat-messages', cut: { after: 15_000, how: 'reset' } });
      await ask('At an older server');
      await lastAnswer().getByText('Connection lost. Reading on…').waitFor();
      await shot(page, 'reattach-reading-on');
      pause = undefined;
      going.resolve();

      await isWhole();
      assert.equal(posts(), 1);
      assert.ok(reads(/\/workflows\/run\//) > 0);
    });

    it('is lost where the app keeps none, in these words, and is asked again by the person', async () => {
      await switchTo('Demo Chat');
      const asked = posts();
      dify.fault({ path: '/v1/chat-messages', cut: { after: 4_000, how: 'reset' } });
      await ask('Lost');

      const end = lastAnswer().locator('.end');
      await end
        .filter({ hasText: /Incomplete\. The connection broke after \d+ s, and this kind of app keeps no answer/ })
        .waitFor();
      await shot(page, 'reattach-lost');
      assert.equal(await end.getByRole('button', { name: 'Fetch the Rest' }).count(), 0);
      assert.equal(posts(), asked + 1);

      await end.getByRole('button', { name: 'Ask Again' }).click();
      await isWhole();
      assert.equal(posts(), asked + 2);
    });
  });
});
