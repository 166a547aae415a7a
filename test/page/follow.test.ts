import { someQuestion } from '../support/conversations.ts';
import assert from 'node:assert/strict';
import { Browser, type ChatPage } from './chatPage.ts';
import { answering, conversation, long, message, state } from './states.ts';

describe('The end of the transcript', () => {
  let browser: Browser;
  let chat: ChatPage;
  before(async () => {
    browser = await Browser.start();
  });
  beforeEach(async () => {
    chat = await browser.open();
  });
  afterEach(async () => {
    assert.deepEqual(await chat.faults(), []);
    await chat.close();
  });
  after(() => browser.close());

  const append = (text: string) => chat.events({ type: 'run', key: '1', event: { type: 'textAppended', text } });
  const distance = () =>
    chat.page.evaluate(() => {
      const scroller = document.querySelector('.transcript');
      return scroller === null ? NaN : Math.round(scroller.scrollHeight - scroller.scrollTop - scroller.clientHeight);
    });

  it('follows the answer while the reader is at its end', async () => {
    await chat.snapshot(answering());
    assert.equal(await distance(), 0);

    await append(`\n\n${long}`);
    assert.equal(await distance(), 0);
    assert.equal(await chat.page.getByRole('button', { name: 'Latest' }).count(), 0);
  });

  for (const [way, leave] of [
    ['the wheel', (page: ChatPage['page']) => page.mouse.wheel(0, -300)],
    ['Page Up', (page: ChatPage['page']) => page.keyboard.press('PageUp')],
  ] as const) {
    it(`stays where the reader went by ${way}, and returns by the pill`, async () => {
      await chat.snapshot(answering());
      await chat.page.locator('.transcript').click({ position: { x: 5, y: 300 } });
      await leave(chat.page);
      await chat.page.waitForFunction(() => document.querySelector('.jump') !== null);
      await scrolled(chat);
      const top = await chat.page.evaluate(() => document.querySelector('.transcript')?.scrollTop);
      await append(`\n\n${long}`);

      assert.ok((await distance()) > 500);
      assert.ok(
        Math.abs((await chat.page.evaluate(() => document.querySelector('.transcript')?.scrollTop ?? 0)) - (top ?? 0)) <
          400,
      );

      await chat.page.getByRole('button', { name: 'Latest' }).click();
      await chat.painted();
      assert.equal(await distance(), 0);
      await append(`\n\n${long}`);
      assert.equal(await distance(), 0);
      assert.equal(await chat.page.locator('.jump').count(), 0);
    });
  }

  it('lets the reader leave although the page has just scrolled by itself', async () => {
    await chat.snapshot(answering());
    await chat.page.evaluate(() => {
      const transcript = document.querySelector('.transcript');
      transcript?.dispatchEvent(new KeyboardEvent('keydown', { key: 'PageUp' }));
      // The event of the scrolling that kept the end in sight comes late.
      transcript?.dispatchEvent(new Event('scroll'));
      if (transcript !== null) transcript.scrollTop -= 300;
    });
    await chat.page.waitForFunction(() => document.querySelector('.jump') !== null);
    await append(`\n\n${long}`);

    assert.ok((await distance()) > 500);
  });

  it('comes back to the end with a new question', async () => {
    await chat.snapshot({
      ...state(),
      conversation: conversation(message('1', 'Q', { text: long, status: { type: 'done' } })),
    });
    await chat.page.locator('.transcript').hover();
    await chat.page.mouse.wheel(0, -3000);
    await chat.page.waitForFunction(() => document.querySelector('.jump') !== null);
    await chat.events(someQuestion({ key: '2', query: 'Next', askedAt: Date.now() }));

    assert.equal(await distance(), 0);
  });
});

/** Waits until the browser has finished scrolling, which for keys it does step by step. */
async function scrolled(chat: ChatPage): Promise<void> {
  await chat.page.evaluate(async () => {
    const scroller = document.querySelector('.transcript');
    let still = 0;
    for (let top = NaN; still < 10; await new Promise((resolve) => requestAnimationFrame(resolve))) {
      still = scroller?.scrollTop === top ? still + 1 : 0;
      top = scroller?.scrollTop ?? 0;
    }
  });
}
