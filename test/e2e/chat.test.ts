import assert from 'node:assert/strict';
import { dirname } from 'node:path';
import type { FrameLocator, Locator, Page } from 'playwright-core';
import type { App } from '../../src/demo/apps.ts';
import { demoApps } from '../../src/demo/demoApps.ts';
import { startDifyServer, type RunningDifyServer } from '../dify-server/serve.ts';
import { openSession, type Session } from './session.ts';
import { browserStorage, notedMessages, noteMessages, tracesIn } from './traces.ts';
import { until } from './until.ts';
import { pick, runCommand } from './workbench/palette.ts';
import { shotInThemes } from './workbench/themes.ts';
import { webviewWith } from './workbench/webview.ts';
import { openViewContainer, reload, shot } from './workbench/workbench.ts';

interface ChatBody {
  readonly conversation_id: string;
  readonly query: string;
  readonly user: string;
}

describe('The chat in the side bar', () => {
  let dify: RunningDifyServer;
  let own: Session;
  let page: Page;
  let chat: FrameLocator;
  /** All that the host posted to the page. */
  const messages: string[] = [];

  before(async () => {
    dify = await startDifyServer({ tokensPerSecond: 60, apps: markedApps() });
    const keys = dify.apps.map(({ key }) => key).join(',');
    own = await openSession({ env: { DIFY_BASE_URL: dify.baseUrl, DIFY_API_KEYS: keys } });
    page = own.page;
    page.setDefaultTimeout(20_000);
  });

  after(async () => {
    await own?.close();
    await dify?.close();
  });

  afterEach(async () => {
    dify.clearFaults();
    if (chat !== undefined) messages.push(...(await notedMessages(chat)));
  });

  /** The bodies of the chat requests so far, the first one first. */
  const sent = (): readonly ChatBody[] =>
    dify.log.filter(({ path }) => path === '/v1/chat-messages').map(({ body }) => body as ChatBody);

  const composer = (): Locator => chat.locator('.composer textarea');
  const answers = (): Locator => chat.locator('article.turn.answer[data-key]');

  /** Finds the page anew: a reload of the window makes another one. */
  async function openChat(selector: string): Promise<void> {
    await openViewContainer(page, 'Dify');
    chat = await webviewWith(page, selector);
    await noteMessages(chat);
  }

  async function ask(query: string): Promise<void> {
    const before = await chat.locator('article.turn.ask').count();
    await composer().fill(query);
    await composer().press('Enter');
    await chat.locator('article.turn.ask').nth(before).waitFor();
  }

  /** The text comes back into the composer when the server did not take it. */
  async function kept(text: string): Promise<void> {
    await until(async () => (await composer().inputValue()) === text);
  }

  async function answered(): Promise<string> {
    await chat.locator('.transcript[aria-busy="false"]').waitFor();
    await answers().last().locator('.answer-foot').waitFor();
    return (await answers().last().locator('.md').innerText()).trim();
  }

  it('welcomes who has no app, and connects those that the environment names in one click, after naming their host', async () => {
    await openViewContainer(page, 'Dify');
    chat = await webviewWith(page, '.hero');
    await shot(page, 'chat-welcome');
    const before = dify.log.length;

    await chat.getByRole('button', { name: 'Connect an App' }).click();
    await pick(page, new URL(dify.baseUrl).host);

    assert.equal(before, 0, 'nothing was sent before the person agreed');
    chat = await webviewWith(page, '.composer textarea');
    // The chat takes the focus once all of them are connected.
    await chat.locator('.composer textarea:focus').waitFor();
    await openChat('.composer textarea');
    await chat.locator('.prompt').first().waitFor();
    await until(() => dify.log.filter(({ path }) => path.startsWith('/v1/info')).length >= dify.apps.length);
    await shot(page, 'chat-empty');
  });

  it('answers, and asks on in the same conversation', async () => {
    await ask('My name is Ada and the port is 8080.');
    await answered();
    await ask('What is my name?');
    const second = await answered();

    const [first, next] = sent();
    const conversations = await conversationsOf(dify);
    assert.equal(first?.conversation_id, '');
    assert.match(second, /Ada/);
    assert.equal(next?.conversation_id, conversations[0]);
    assert.equal(next?.user, first?.user);
    await shotInThemes(own, 'chat-turns');
  });

  it('is back after a reload, and goes on under the same conversation_id', async () => {
    const before = sent().length;
    await reload(page);
    await openChat('article.turn.answer[data-key]');
    assert.deepEqual(await chat.locator('.ask-bubble').allInnerTexts(), [
      'My name is Ada and the port is 8080.',
      'What is my name?',
    ]);
    await shot(page, 'chat-reloaded');

    await ask('Which port did I name?');
    assert.match(await answered(), /8080/);

    assert.equal(sent()[before]?.conversation_id, sent()[before - 1]?.conversation_id);
    assert.notEqual(sent()[before]?.conversation_id, '');
    assert.equal(sent()[before]?.user, sent()[0]?.user);
  });

  it('keeps the text of an answer that is stopped, and stops the server with the same user', async () => {
    await ask('Write a long answer.');
    await answers().last().locator('.md p').first().waitFor();
    await shot(page, 'chat-answering');

    await chat.getByRole('button', { name: /^Stop answering/ }).click();

    await answers().last().locator('.end').waitFor();
    const text = await answers().last().locator('.md').innerText();
    assert.ok(text.length > 10);
    await shot(page, 'chat-stopped');
    await until(() => dify.log.some(({ path }) => path.endsWith('/stop')));
    const stop = dify.log.find(({ path }) => path.endsWith('/stop'));
    assert.deepEqual(stop?.body, { user: sent().at(-1)?.user });
    assert.equal(stop?.status, 200);
  });

  it('goes on answering while another app is shown, and keeps what is typed for each', async () => {
    await chat.locator('.composer textarea').fill('');
    await ask('Count to 150.');
    await answers().last().locator('.md').filter({ hasText: /\d/ }).waitFor();
    await composer().fill('for the first app');
    const turns = await answers().count();

    await runCommand(page, 'Dify: Switch App');
    await pick(page, 'Second Chat');
    await chat.locator('.hero').waitFor();
    await kept('');
    await composer().fill('for the second app');
    await runCommand(page, 'Dify: Switch App');
    await pick(page, 'Demo Chat');

    await chat
      .locator('article.turn.answer[data-key]')
      .nth(turns - 1)
      .waitFor();
    await kept('for the first app');
    assert.match(await answered(), /\b150\b/);
    assert.equal(await answers().count(), turns);
  });

  const refused = { code: 'unauthorized', message: 'Access token is invalid', status: 401 };
  const faults = [
    {
      name: 'a wrong key',
      fault: {
        answer: { status: 401, headers: { 'Content-Type': 'application/json' }, body: JSON.stringify(refused) },
      },
      sentence: /did not accept the API key/,
      button: 'Enter API Key',
    },
    {
      name: 'a web page instead of Dify',
      fault: {
        answer: {
          status: 200,
          headers: { 'Content-Type': 'text/html' },
          body: '<!doctype html><title>Hotel Wi-Fi</title><h1>Log in</h1>',
        },
      },
      sentence: /answered with a web page \(“Hotel Wi-Fi”\)/,
      button: 'Edit Address',
    },
    {
      name: 'a connection that breaks',
      fault: { hangUp: 'reset' },
      sentence: /connection to .* broke/,
      button: 'Retry',
    },
  ] as const;

  for (const { name, fault, sentence, button } of faults) {
    it(`says what to do about ${name}, and the typed text is still there`, async () => {
      dify.fault({ path: '/v1/chat-messages', times: 'always', ...fault });
      await composer().fill('');

      await ask(`Do not lose this: ${name}`);

      const end = answers().last().locator('.end');
      await end.filter({ hasText: sentence }).waitFor();
      await end.getByRole('button', { name: button }).waitFor();
      await kept(`Do not lose this: ${name}`);
      await shot(page, `chat-failed-${name.replaceAll(' ', '-')}`);
    });
  }

  it('repeats what the server never took in its place, when it can', async () => {
    const before = await answers().count();
    await answers().last().locator('.end').getByRole('button', { name: 'Retry' }).click();
    await answers().last().locator('.end').waitFor({ state: 'detached' });

    assert.ok((await answered()).length > 0);
    assert.equal(await answers().count(), before);
    assert.equal(await composer().inputValue(), '');
  });

  it('says that nothing answers when the server is gone, and keeps the text over a reload', async () => {
    await dify.close();

    await ask('Is anybody there?');

    const end = answers()
      .last()
      .locator('.end')
      .filter({ hasText: /Nothing answers at/ });
    await end.getByRole('button', { name: 'Retry' }).waitFor();
    await kept('Is anybody there?');
    await chat
      .locator('.banner')
      .filter({ hasText: /cannot be reached\. Last try \d\d:\d\d\./ })
      .waitFor();
    await shot(page, 'chat-failed-dead-server');
    await reload(page);
    await openChat('article.turn.answer[data-key]');
    await kept('Is anybody there?');
  });

  it('leaves no key in a file, a log, a setting, a state or a message to the page', async () => {
    const keys = dify.apps.map(({ key }) => key);
    const chatting = messages.filter((message) => message.includes('draftReturned'));

    const inBrowser = await browserStorage(page);

    assert.ok(chatting.length > 0, 'the messages to the page were noted');
    assert.match(inBrowser, /Demo Chat/, "the extension's state was read");
    assert.deepEqual(await tracesIn(dirname(own.workspace), keys), []);
    assert.deepEqual(
      keys.filter((key) => inBrowser.includes(key) || messages.some((message) => message.includes(key))),
      [],
    );
  });
});

/** The ids of the chatbot's conversations, as its end user sees them. */
async function conversationsOf(dify: RunningDifyServer): Promise<readonly string[]> {
  const key = dify.apps.find(({ mode }) => mode === 'chat')?.key ?? '';
  const body = dify.log.find(({ path }) => path === '/v1/chat-messages')?.body as ChatBody;
  const url = `${dify.baseUrl}/conversations?user=${encodeURIComponent(body.user)}`;
  const response = await fetch(url, { headers: { authorization: `Bearer ${key}` } });
  const { data } = (await response.json()) as { data: { id: string }[] };
  return data.map(({ id }) => id);
}

/** The demo apps, the chatbot twice, with keys that stand nowhere else, so that a trace of one is a leak. */
function markedApps(): readonly App[] {
  const second = demoApps.filter(({ mode }) => mode === 'chat').map((app) => ({ ...app, name: 'Second Chat' }));
  return [...demoApps, ...second].map((app, index) => ({
    ...app,
    key: `app-Marked${String(index).padStart(18, '0')}`,
  }));
}
