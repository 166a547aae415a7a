import assert from 'node:assert/strict';
import { readFile } from 'node:fs/promises';
import path from 'node:path';
import type { FrameLocator, Locator, Page } from 'playwright-core';
import { startDifyServer, type RunningDifyServer } from '../dify-server/serve.ts';
import { openSession } from './session.ts';
import { until } from './until.ts';
import { answer, notification } from './workbench/notifications.ts';
import { passwordInput, quickInput, quickInputWords, quickRows, runCommand } from './workbench/palette.ts';
import { webviewWith } from './workbench/webview.ts';
import { shot } from './workbench/workbench.ts';

/** A person at the window: counts what they do. Typing, and pasting, is free. */
class Person {
  readonly #page: Page;
  interactions = 0;

  constructor(page: Page) {
    this.#page = page;
  }

  async click(what: Locator): Promise<void> {
    await what.click();
    this.interactions++;
  }

  async enter(): Promise<void> {
    await this.#page.keyboard.press('Enter');
    this.interactions++;
  }

  async type(text: string): Promise<void> {
    await this.#page.keyboard.insertText(text);
  }
}

describe('Connecting an app, from a fresh install', () => {
  let dify: RunningDifyServer;

  before(async () => {
    dify = await startDifyServer({ tokensPerSecond: 60 });
  });

  after(async () => {
    await dify?.close();
  });

  const keyOf = (name: RegExp): string => dify.apps.find((app) => name.test(app.name))?.key ?? '';

  /** Opens the view by its icon, and the flow by the button of its page. */
  async function begin(page: Page): Promise<Person> {
    const person = new Person(page);
    await person.click(page.locator('.activitybar').getByRole('tab', { name: 'Dify' }));
    const welcome = await webviewWith(page, '.hero');
    await person.click(welcome.getByRole('button', { name: 'Connect an App' }));
    await quickInputWords(page, /Address/).waitFor();
    return person;
  }

  /** Asks by keyboard alone: the composer has the focus. */
  async function askFirst(page: Page, person: Person): Promise<FrameLocator> {
    const chat = await webviewWith(page, '.composer textarea');
    await chat.locator('.composer textarea:focus').waitFor();
    await person.type('Hello, what can you do?');
    await person.enter();
    await chat.locator('article.turn.answer[data-key] .md p').filter({ hasText: /\w/ }).first().waitFor();
    return chat;
  }

  it('takes at most 6 interactions with address and key', async () => {
    const own = await openSession();
    try {
      const { page } = own;
      page.setDefaultTimeout(20_000);
      const person = await begin(page);
      assert.equal(await quickInput(page).inputValue(), 'https://api.dify.ai/v1');
      await shot(page, 'connect-1-address');
      await person.type(dify.baseUrl.replace('/v1', '/app/0f3a/develop'));
      await quickInputWords(page, `Reads as ${dify.baseUrl}.`).waitFor();
      await shot(page, 'connect-2-reads-as');
      await person.enter();
      await passwordInput(page).waitFor();
      await person.type(keyOf(/Chat/));
      await shot(page, 'connect-3-key');
      await person.enter();
      await askFirst(page, person);
      await shot(page, 'connect-4-answer');

      assert.ok(person.interactions <= 6, `${person.interactions} interactions`);
      await notification(page, /Demo Chat is connected/);
    } finally {
      await own.close();
    }
  });

  it('takes at most 4 interactions with a cURL command of several lines, and without Dify being asked before', async () => {
    const own = await openSession();
    try {
      const { page } = own;
      page.setDefaultTimeout(20_000);
      const before = dify.log.length;
      const person = await begin(page);
      assert.equal(dify.log.length, before);
      await person.type(
        [
          `curl -X POST '${dify.baseUrl}/chat-messages' \\`,
          `--header 'Authorization: Bearer ${keyOf(/Chat/)}' \\`,
          "--header 'Content-Type: application/json' \\",
          `--data-raw '{"inputs": {}, "query": "Hi"}'`,
        ].join('\n'),
      );
      await quickInputWords(page, `Reads as ${dify.baseUrl}.`).waitFor();
      await person.enter();
      await askFirst(page, person);
      await shot(page, 'connect-curl-answer');

      assert.ok(person.interactions <= 4, `${person.interactions} interactions`);
    } finally {
      await own.close();
    }
  });

  it('offers what another extension keeps in the settings, and removes the plain-text key from there', async () => {
    const settings = { 'dify.apiUrl': new URL(dify.baseUrl).origin, 'dify.apiKey': keyOf(/Chat/) };
    const own = await openSession({ settings });
    try {
      const { page } = own;
      page.setDefaultTimeout(20_000);
      const before = dify.log.length;
      await runCommand(page, 'Dify: Import Apps');
      const row = quickRows(page, 'Connect the Apps at').filter({ hasText: 'dify.apiUrl' });
      await row.waitFor();
      await shot(page, 'connect-import');
      assert.equal(dify.log.length, before);
      await row.click();
      await answer(await notification(page, /still hold the key as plain text/), 'Remove It');
      await quickInputWords(page, /Demo Chat is connected/).waitFor();

      const file = path.join(path.dirname(own.workspace), 'profile/user-data/User/settings.json');
      await until(async () => !(await readFile(file, 'utf8')).includes('dify.apiKey'));
      assert.match(await readFile(file, 'utf8'), /dify\.apiUrl/);
    } finally {
      await own.close();
    }
  });
});
