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

/** So many numbers an answer counts, and how many bytes of its stream are some of them, but not all. */
const last = 60;
const someBytes = 15_000;

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
    const apps = demoApps.filter(({ name }) => /^Demo (?:Chat|Handbook)$/.test(name));
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
    await switchTo('Demo Handbook');
  });

  after(async () => {
    await own?.close();
    await dify?.close();
  });

  const composer = (): Locator => chat.locator('.composer textarea');
  const lastAnswer = (): Locator => chat.locator('article.turn.answer').last();
  const posts = (): number => dify.log.filter(({ path }) => path === '/v1/chat-messages').length;
  const reads = (path: RegExp): number => dify.log.filter((request) => path.test(request.path)).length;

  async function switchTo(app: string): Promise<void> {
    await runCommand(page, 'Dify: Switch App');
    await pick(page, app);
    await openViewContainer(page, 'Dify');
    chat = await webviewWith(page, '.composer textarea');
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

  /** The last answer counts without a gap and without a repetition. */
  async function countsTo(number: number): Promise<boolean> {
    const text = await lastAnswer()
      .locator('.md')
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

  for (const [what, cut] of cuts) {
    it(`is read on by itself, and paid for once, after ${what}`, async () => {
      const [asked, turns, attached] = [posts(), await chat.locator('article.turn.ask').count(), reads(/\/events/)];
      const going = Promise.withResolvers<void>();
      pause = { at: 50, until: going.promise };
      const isByServer = /network|sleep/.test(what);
      if (isByServer) dify.fault({ path: '/v1/chat-messages', cut: { after: someBytes, how: 'reset' } });
      await ask(`After ${what}`);
      if (isByServer)
        await lastAnswer()
          .locator('.md')
          .filter({ hasText: /\b1 2 3\b/ })
          .waitFor();
      else await until(() => countsTo(49));

      await cut({ own, reopen, connectionLost: () => delay(2_000) });
      pause = undefined;
      await until(() => Promise.resolve(reads(/\/events/) > attached));
      going.resolve();

      await isWhole();
      await shot(page, `reattach-${what.replaceAll(' ', '-')}`);
      assert.equal(posts(), asked + 1);
      assert.equal(await chat.locator('article.turn.ask').count(), turns + 1);
    });
  }

  describe('at a server without an endpoint for that', () => {
    before(async () => {
      const port = Number(new URL(dify.baseUrl).port);
      await dify.close();
      await start('a', port);
      await runCommand(page, 'Dify: New Conversation');
    });

    it('is fetched from the detail of its run, which is said meanwhile', async () => {
      const going = Promise.withResolvers<void>();
      pause = { at: 50, until: going.promise };
      dify.fault({ path: '/v1/chat-messages', cut: { after: someBytes, how: 'reset' } });
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
