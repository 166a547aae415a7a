import assert from 'node:assert/strict';
import { setTimeout as delay } from 'node:timers/promises';
import type { FrameLocator, Locator, Page } from 'playwright-core';
import { demoApps } from '../../src/demo/demoApps.ts';
import { startDifyServer, type RunningDifyServer } from '../dify-server/serve.ts';
import { openSession, type Session } from './session.ts';
import { browserStorage } from './traces.ts';
import { until } from './until.ts';
import { killExtensionHost } from './workbench/extensionHost.ts';
import { notification } from './workbench/notifications.ts';
import { pick, runCommand } from './workbench/palette.ts';
import { webviewWith } from './workbench/webview.ts';
import { openViewContainer, reload, shot, waitForWorkbench } from './workbench/workbench.ts';

/** What is this old, in milliseconds, is not lost. */
const kept = 1_000;

interface ChatBody {
  readonly conversation_id: string;
  readonly query: string;
}

describe('A chat that never loses a word', () => {
  let dify: RunningDifyServer;
  let own: Session;
  let page: Page;
  let chat: FrameLocator;
  /** So far the next answer counts. */
  let numbers = 60;

  before(async () => {
    const apps = demoApps.filter(({ name }) => /^Demo (?:Chat|Support Desk)$/.test(name));
    const source = async function* (): AsyncGenerator<string> {
      const last = numbers;
      for (let number = 1; number <= last; number += 1) {
        yield `${number} `;
      }
    };
    dify = await startDifyServer({ tokensPerSecond: 30, apps, source });
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
    await switchTo('Demo Chat');
  });

  after(async () => {
    await own?.close();
    await dify?.close();
  });

  const composer = (of = chat): Locator => of.locator('.composer textarea');
  const lastAnswer = (of = chat): Locator => of.locator('article.turn.answer').last();
  const bodies = (): readonly ChatBody[] =>
    dify.log.filter(({ path }) => path === '/v1/chat-messages').map(({ body }) => body as ChatBody);

  async function switchTo(app: string): Promise<void> {
    await runCommand(page, 'Dify: Switch App');
    await pick(page, app);
    await openViewContainer(page, 'Dify');
    chat = await webviewWith(page, '.composer textarea');
    await chat.locator('.app-bar .app').filter({ hasText: app }).first().waitFor();
  }

  async function ask(query: string, of = chat): Promise<void> {
    const before = await of.locator('article.turn.ask').count();
    await composer(of).fill(query);
    await composer(of).press('Enter');
    await of.locator('article.turn.ask').nth(before).waitFor();
  }

  /** So far the last answer has counted; `undefined` if a number is missing or there twice. */
  async function counted(of = chat): Promise<number | undefined> {
    const text = await lastAnswer(of).locator('.md').innerText();
    const found = text.match(/\d+/g)?.map(Number) ?? [];
    return found.every((number, index) => number === index + 1) ? found.length : undefined;
  }

  async function reaches(number: number, of = chat): Promise<void> {
    await until(async () => ((await counted(of).catch(() => 0)) ?? 0) >= number);
  }

  /** The last answer has come to its end. */
  async function answered(of = chat): Promise<void> {
    await lastAnswer(of).locator('.answer-foot').waitFor();
  }

  async function reopen(selector: string): Promise<void> {
    await openViewContainer(page, 'Dify');
    chat = await webviewWith(page, selector);
  }

  it('goes on answering while the view is hidden, says that it is there, and shows all of it then', async () => {
    numbers = 60;
    await ask('While I look away');
    await reaches(5);
    await composer().fill('half a thought');
    await runCommand(page, 'View: Toggle Primary Side Bar Visibility');
    await page
      .locator('iframe.webview')
      .waitFor({ state: 'detached' })
      .catch(() => {});

    await notification(page, /Demo Chat answered: 1 2 3/);
    const icon = page.locator('.activitybar .action-item').filter({ has: page.getByLabel(/^Dify/) });
    await icon.locator('.badge-content').filter({ hasText: '1' }).waitFor();
    await shot(page, 'survives-hidden');

    await reopen('article.turn.answer');
    await answered();
    assert.equal(await counted(), 60);
    assert.equal(await composer().inputValue(), 'half a thought');
    await until(async () => (await icon.locator('.badge-content').filter({ hasText: '1' }).count()) === 0);
  });

  it('keeps after a reload in mid-answer what had come, the draft and the queue, and says what ended it', async () => {
    numbers = 300;
    await ask('And then I reload');
    await reaches(10);
    await composer().fill('Queued meanwhile');
    await composer().press('Enter');
    await chat.getByText('1 queued', { exact: true }).first().waitFor();
    await composer().fill('Not sent yet');
    await reaches(40);
    await delay(kept);
    const before = bodies().length;

    await reload(page);
    await reopen('article.turn.answer .end');

    await shot(page, 'survives-reloaded');
    const there = (await counted()) ?? 0;
    assert.ok(there >= 40 && there < 300, `${there}`);
    const end = lastAnswer().locator('.end');
    assert.match(await end.innerText(), /^The window was closed, which stopped the answer\./);
    assert.equal(await end.getByRole('button').count(), 0, 'There is no rest to be fetched');
    assert.equal(await composer().inputValue(), 'Not sent yet');
    await chat.locator('.queue').filter({ hasText: 'Queued meanwhile' }).waitFor();
    assert.equal(bodies().length, before, 'Nothing is sent by itself');
    await chat
      .locator('.queue')
      .getByRole('button', { name: /Delete|Remove/ })
      .first()
      .click();
    await composer().fill('');
  });

  it('has the half-filled form of an app after a reload', async () => {
    await switchTo('Demo Support Desk');
    await chat.getByLabel('Your name').fill('Ada');
    await chat.getByLabel('What happened?').fill('It hums');
    await composer().fill('Why does it hum?');
    await delay(kept);

    await reload(page);
    await reopen('.composer textarea');

    await chat.getByRole('button', { name: 'Start Conversation' }).waitFor();
    assert.equal(await chat.getByLabel('Your name').inputValue(), 'Ada');
    assert.equal(await chat.getByLabel('What happened?').inputValue(), 'It hums');
    assert.equal(await composer().inputValue(), 'Why does it hum?');
  });

  it('is killed three times in mid-answer, and has each time what is older than a second', async () => {
    numbers = 300;
    await switchTo('Demo Chat');
    for (const round of [1, 2, 3]) {
      await ask(`Killed ${round}`);
      await reaches(2);
      await composer().fill(`Draft ${round}`);
      await delay(kept + Math.random() * 2_000);
      const seen = (await counted()) ?? 0;
      await delay(kept);
      await killExtensionHost(own.server.pid);
      await shot(page, `survives-killed-${round}`);
      if (round === 3) await reload(page);
      await reopen('article.turn.answer .end');
      await chat
        .locator('.ask-bubble')
        .filter({ hasText: `Killed ${round}` })
        .waitFor();
      const end = lastAnswer().locator('.end');
      await end.filter({ hasText: /Incomplete\..*This kind of app keeps no answer/s }).waitFor();
      await end.getByRole('button', { name: 'Ask Again' }).waitFor();
      assert.equal(await end.getByRole('button', { name: 'Fetch the Rest' }).count(), 0);
      const there = (await counted()) ?? 0;
      assert.ok(there >= seen, `Of ${seen} there are ${there}`);
      assert.equal(await composer().inputValue(), `Draft ${round}`);
      await shot(page, `survives-recovered-${round}`);
    }
    const killed = bodies().filter(({ query }) => query.startsWith('Killed'));
    assert.equal(killed.length, 3, 'Nothing is asked by itself');
    assert.equal(new Set(killed.map(({ conversation_id: id }) => id)).size, 1, 'It is one conversation');
  });

  it('shows one conversation in two windows, which take turns', async () => {
    numbers = 5;
    await composer().fill('');
    const other = await own.context.newPage();
    other.setDefaultTimeout(20_000);
    await other.goto(own.url);
    await waitForWorkbench(other);
    await openViewContainer(other, 'Dify');
    const second = await webviewWith(other, 'article.turn.answer');
    const windows = [chat, second];
    for (let turn = 0; turn < 6; turn += 1) {
      const of = windows[turn % 2] ?? chat;
      await ask(`Turn ${turn}`, of);
      await answered(of);
    }
    for (const of of windows) {
      await until(
        async () =>
          (await of
            .locator('.ask-bubble')
            .filter({ hasText: /^Turn \d$/ })
            .count()) === 6,
      );
      const asked = await of
        .locator('.ask-bubble')
        .filter({ hasText: /^Turn \d$/ })
        .allInnerTexts();
      assert.deepEqual(
        asked,
        [0, 1, 2, 3, 4, 5].map((turn) => `Turn ${turn}`),
      );
    }
    await shot(other, 'survives-second-window');
    await other.close();
  });

  it('is revived in an editor tab, where the same is shown and typed', async () => {
    await runCommand(page, 'Dify: Open Chat in Editor');
    // VS Code writes down every few seconds which tabs are open.
    await until(async () => /providedId\W+difyCompanion\.chatPanel/.test(await browserStorage(page)));
    await reload(page);
    await page.locator('.tab.active', { hasText: 'Dify Chat' }).waitFor();
    await openViewContainer(page, 'Dify');
    const frames = page.locator('iframe.webview');
    await until(async () => (await frames.count()) === 2);
    const pages = [0, 1].map((at) => frames.nth(at).contentFrame().locator('iframe#active-frame').contentFrame());
    for (const each of pages) await each.locator('.ask-bubble').filter({ hasText: 'Turn 5' }).waitFor();
    const [one, other] = pages as [FrameLocator, FrameLocator];
    for (const [here, there] of [
      [one, other],
      [other, one],
    ] as const) {
      await composer(here).pressSequentially('la ');
      const text = await composer(here).inputValue();
      await until(async () => (await composer(there).inputValue()) === text);
    }
    assert.equal(await composer(one).inputValue(), 'la la ');
  });
});
