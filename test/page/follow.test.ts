import { someQuestion } from '../support/conversations.ts';
import assert from 'node:assert/strict';
import type { PageSettings } from '../../src/conversation/protocol.ts';
import type { ChatPage } from './chatPage.ts';
import { freshPage } from './freshPage.ts';
import { answering, conversation, long, message, state } from './states.ts';

describe('The end of the transcript', () => {
  let chat: ChatPage;
  freshPage((page) => (chat = page));

  const append = (text: string) => chat.events({ type: 'run', key: '1', event: { type: 'textAppended', text } });
  const distance = () =>
    chat.page.evaluate(() => {
      const scroller = document.querySelector('.transcript');
      return scroller === null ? NaN : Math.round(scroller.scrollHeight - scroller.scrollTop - scroller.clientHeight);
    });

  /** The page has drawn what there is, and brought its end into sight. */
  const followed = () =>
    chat.page.waitForFunction(() => {
      const { scrollHeight = 0, scrollTop = 0, clientHeight = 0 } = document.querySelector('.transcript') ?? {};
      return scrollHeight > clientHeight + 300 && scrollHeight - scrollTop - clientHeight < 2;
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
      const read = await chat.page.evaluateHandle(() =>
        [...document.querySelectorAll('.md p')].find((part) => part.getBoundingClientRect().top > 200),
      );
      const place = (): Promise<number> => read.evaluate((part) => part?.getBoundingClientRect().top ?? NaN);
      const before = await place();
      await append(`\n\n${long}`);

      assert.ok((await distance()) > 500);
      assert.ok(Math.abs((await place()) - before) <= 1, `${before} became ${await place()}`);

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
    await followed();
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

  const settings = (scroll: PageSettings['scroll']): PageSettings => ({ sendKey: 'enter', fontSize: 0, scroll });
  const top = () => chat.page.evaluate(() => Math.round(document.querySelector('.transcript')?.scrollTop ?? NaN));
  const topOf = (selector: string) =>
    chat.page.evaluate(
      (which) => Math.round(document.querySelector(which)?.getBoundingClientRect().top ?? NaN),
      selector,
    );

  it('goes along until the answer begins at the top, where that is the setting', async () => {
    await chat.snapshot({
      ...answering(),
      settings: settings('top'),
      conversation: conversation(
        message('0', 'Q', { text: long, status: { type: 'done' } }),
        message('1', 'Q', { status: { type: 'answering' }, stoppable: true }),
      ),
    });
    await followed();
    for (let n = 0; n < 4; n++) await append(`\n\n${long}`);

    const place = (await topOf('.turn.answer.last')) - (await topOf('.transcript'));
    assert.ok(place >= 0 && place < 30, `the answer begins ${place} px below the top`);
    assert.ok((await distance()) > 1000);
    await chat.page.getByRole('button', { name: 'Latest' }).click();
    await chat.painted();
    assert.equal(await distance(), 0);
  });

  it('stays where it is, where that is the setting, once the question is in sight', async () => {
    await chat.snapshot({ ...answering(), settings: settings('off') });
    await scrolled(chat);
    assert.equal(await distance(), 0);
    const before = await top();
    await append(`\n\n${long}`);

    assert.equal(await top(), before);
    assert.equal(await chat.page.getByRole('button', { name: 'Latest' }).count(), 1);
  });

  it('is where the reader was when the page comes back, in that conversation only', async () => {
    const messages = Array.from({ length: 20 }, (_, n) =>
      message(String(n), `Question ${n}`, { text: long, status: { type: 'done' } }),
    );
    await chat.snapshot({ ...state(), conversation: conversation(...messages) });
    await chat.page.evaluate(() => globalThis.host.settled());
    await chat.page.mouse.move(100, 300);
    await chat.page.mouse.wheel(0, -40);
    await scrolled(chat);
    const ended = chat.page.evaluate(
      () => new Promise((done) => document.querySelector('.transcript')?.addEventListener('scrollend', done)),
    );
    await chat.page
      .locator('article.turn.ask')
      .nth(7)
      .evaluate((turn) => turn.scrollIntoView({ block: 'start' }));
    await ended;
    // What is drawn there is not as high as it was thought to be.
    await chat.page.mouse.wheel(0, 40);
    await scrolled(chat);
    const before = await topOf('[data-key="7"]');
    await chat.page.reload();
    await chat.snapshot({ ...state(), conversation: conversation(...messages) });
    for (let n = 0; n < 6; n++) await chat.painted();

    const after = await topOf('[data-key="7"]');
    assert.ok(Math.abs(after - before) <= 2, `${before} became ${after}`);
    await chat.page.reload();
    await chat.snapshot({ ...state(), conversation: { ...conversation(...messages), key: 'another' } });
    assert.equal(await distance(), 0);
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
