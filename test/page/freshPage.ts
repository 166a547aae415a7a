import assert from 'node:assert/strict';
import { Browser, type ChatPage, type OpenOptions } from './chatPage.ts';

/**
 * Gives each test of a suite a page of its own, in one browser, and asks afterwards whether anything went wrong in it, or out of it.
 *
 * @param take keeps the page for the test that begins
 */
export function freshPage(take: (chat: ChatPage, browser: Browser) => void, options?: OpenOptions): void {
  let browser: Browser;
  let chat: ChatPage;
  before(async () => {
    browser = await Browser.start();
  });
  beforeEach(async () => {
    chat = await browser.open(options);
    take(chat, browser);
  });
  afterEach(async () => {
    assert.deepEqual(await chat.faults(), []);
    assert.deepEqual(chat.foreignRequests, []);
    await chat.close();
  });
  after(() => browser.close());
}
