import assert from 'node:assert/strict';
import { mkdir } from 'node:fs/promises';
import type { ChatPage } from './chatPage.ts';
import { freshPage } from './freshPage.ts';
import { state, states } from './states.ts';

const pictures = new URL('../out/page/', import.meta.url).pathname;

describe('The menu of an answer', () => {
  let chat: ChatPage;
  freshPage((page) => (chat = page));
  before(() => mkdir(pictures, { recursive: true }));
  beforeEach(async () => {
    await chat.snapshot(states['turns']?.() ?? state());
  });

  const button = (name: string) => chat.page.getByRole('button', { name, exact: true });
  const item = (name: string) => chat.page.getByRole('menuitem', { name, exact: true });
  const picture = (name: string) => chat.page.screenshot({ path: `${pictures}${name}.png`, animations: 'disabled' });
  const focused = () => chat.page.evaluate(() => document.activeElement?.getAttribute('aria-label') ?? '');
  const openMenu = async (nth: number) => {
    await button('More actions').nth(nth).click();
    await chat.painted();
  };

  it('has what is done more rarely', async () => {
    await openMenu(3);
    await picture('answer-menu');
    assert.deepEqual(await chat.page.getByRole('menuitem').allInnerTexts(), [
      'Copy as Plain Text',
      'Open in an Editor',
      'Read Aloud',
      'Quote',
      'Fork from Here',
      'Copy Message ID',
      'Show in the Log',
    ]);
    const posts = [
      ['Copy as Plain Text', 'copy', { text: 'Hold the reset button for 10 seconds.' }],
      ['Open in an Editor', 'openAnswer', { key: '4' }],
      ['Read Aloud', 'speak', { key: '4' }],
      ['Fork from Here', 'fork', { key: '4' }],
      ['Copy Message ID', 'copyMessageId', { key: '4' }],
      ['Show in the Log', 'showLog', {}],
    ] as const;
    await item('Quote').press('Escape');
    for (const [name, type, rest] of posts) {
      await openMenu(3);
      await item(name).click();
      assert.deepEqual(await chat.posted(type), [{ type, ...rest }], name);
    }
  });

  it('moves by the arrows and letters, and gives the focus back', async () => {
    const here = () => chat.page.evaluate(() => document.activeElement?.textContent ?? '');
    await openMenu(3);
    assert.equal(await here(), 'Copy as Plain Text');
    await chat.page.keyboard.press('ArrowUp');
    assert.equal(await here(), 'Show in the Log');
    await chat.page.keyboard.press('ArrowDown');
    await chat.page.keyboard.press('f');
    assert.equal(await here(), 'Fork from Here');
    await chat.page.keyboard.press('Escape');

    assert.equal(await focused(), 'More actions');
    assert.equal(await chat.page.getByRole('menu').count(), 0);
  });

  it('closes by its own button and by a click elsewhere', async () => {
    await openMenu(3);
    await button('More actions').nth(3).click();
    assert.equal(await chat.page.getByRole('menu').count(), 0);
    await openMenu(3);
    await chat.page.locator('.transcript').click({ position: { x: 2, y: 2 } });

    assert.equal(await chat.page.getByRole('menu').count(), 0);
  });

  it('is whole in sight, also above the first answer and in a narrow view, where it has the ratings too', async () => {
    await chat.page.setViewportSize({ width: 200, height: 700 });
    await chat.page.locator('.transcript').hover();
    await chat.page.mouse.wheel(0, -9000);
    await chat.page.waitForFunction(() => document.querySelector('.transcript')?.scrollTop === 0);
    await openMenu(0);
    await picture('answer-menu-200');
    const inSight = await chat.page.locator('.menu').evaluate((menu) => {
      const { top, bottom, right } = menu.getBoundingClientRect();
      const scroller = document.querySelector('.transcript')?.getBoundingClientRect();
      return scroller !== undefined && top >= scroller.top && bottom <= scroller.bottom && right <= innerWidth;
    });

    assert.ok(inSight);
    assert.match(await chat.text('.menu-head'), /6\.4 s · 1,208 tokens/);
    await item('Good answer').click();
    assert.equal((await chat.posted('rate')).length, 1);
  });

  it('quotes the answer, or what is selected of it, under what is typed', async () => {
    const composer = chat.page.getByRole('textbox', { name: 'Message to Support Copilot' });
    await composer.fill('First:');
    await openMenu(3);
    await item('Quote').click();
    await chat.painted();
    assert.equal(await composer.inputValue(), 'First:\n\n> Hold the reset button for **10 seconds**.\n\n');
    assert.equal(await focused(), 'Message to Support Copilot');

    await composer.fill('');
    await chat.page.evaluate(() => {
      const strong = document.querySelector('[data-key] .md strong');
      if (strong !== null) getSelection()?.selectAllChildren(strong);
    });
    await openMenu(3);
    await item('Quote').click();
    await chat.painted();
    assert.equal(await composer.inputValue(), '> 10 seconds\n\n');
  });
});
