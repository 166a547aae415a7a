import assert from 'node:assert/strict';
import type { PageCommand } from '../../src/conversation/protocol.ts';
import type { ChatPage } from './chatPage.ts';
import { freshPage } from './freshPage.ts';
import { conversation, message, state, states } from './states.ts';

const done = { type: 'done' } as const;

describe('Commands and keys', () => {
  let chat: ChatPage;
  freshPage((page) => (chat = page));

  const command = (name: PageCommand) => chat.events({ type: 'command', command: name });
  const two = () =>
    state({
      conversation: conversation(
        message('1', 'First', { text: '```py\none()\n```\n\n```js\ntwo()\n```', status: done }),
        message('2', 'Second', { text: '<think>hm</think>The *answer*.', status: done }),
      ),
    });
  const focused = () => chat.page.evaluate(() => document.activeElement?.textContent ?? '');
  const said = () => chat.text('[role=status]');

  it('copies the last answer and inserts the last block of code', async () => {
    await chat.snapshot(two());
    await command('copyLastAnswer');
    await command('insertLastCode');

    assert.deepEqual(
      (await chat.posted('copy')).map(({ text }) => text),
      ['The *answer*.'],
    );
    assert.deepEqual(await chat.posted('code'), [{ type: 'code', what: 'insert', code: 'two()', language: 'js' }]);
    assert.equal(await said(), 'Copied');
  });

  it('says so where there is nothing to copy or insert', async () => {
    await chat.snapshot(state());
    await command('copyLastAnswer');
    assert.equal(await said(), 'There is no answer yet.');
    await command('insertLastCode');
    assert.equal(await said(), 'There is no code yet.');
  });

  it('goes from message to message, and back into the text', async () => {
    await chat.snapshot(two());
    await chat.page.locator('textarea').focus();
    await chat.page.keyboard.press('Alt+ArrowUp');
    assert.match(await focused(), /The answer/);
    await command('previousMessage');
    assert.match(await focused(), /Second/);
    await command('nextMessage');
    await command('nextMessage');
    assert.equal(await chat.page.evaluate(() => document.activeElement?.tagName), 'TEXTAREA');
  });

  it('asks for another font size by the keys for it, which VS Code does not hear, and follows the setting', async () => {
    await chat.snapshot(two());
    await chat.page.evaluate(() => {
      addEventListener('keydown', ({ key }) => Object.assign(globalThis, { heard: key }));
    });
    for (const key of ['Control+=', 'Control+-', 'Control+0']) await chat.page.keyboard.press(key);
    assert.deepEqual(
      (await chat.posted('fontSize')).map(({ step }) => step),
      [1, -1, 0],
    );
    assert.equal(
      await chat.page.evaluate(() => ('heard' in globalThis ? String(Reflect.get(globalThis, 'heard')) : 'Control')),
      'Control',
    );

    const size = () =>
      chat.page
        .locator('.ask-bubble')
        .first()
        .evaluate((bubble) => getComputedStyle(bubble).fontSize);
    const usual = await size();
    const settings = { sendKey: 'enter', scroll: 'follow', fontSize: 20 } as const;
    await chat.events({ type: 'changed', state: { settings } });
    assert.equal(await size(), '20px');
    await chat.events({ type: 'changed', state: { settings: { ...settings, fontSize: 0 } } });
    assert.equal(await size(), usual);
  });

  it('reaches everything with Tab, in the order it is read, and the focus shows', async () => {
    await chat.snapshot({ ...(states['code']?.() ?? state()), notices: [{ kind: 'demo' }] });
    await chat.page.locator('.crumb.app').focus();
    const order: string[] = [];
    for (let n = 0; n < 40; n++) {
      await chat.page.keyboard.press('Tab');
      const at = await chat.page.evaluate(() => {
        const element = document.activeElement;
        if (element === null || element === document.body) return undefined;
        const places = ['.app-bar', '.banner', '.transcript', '.jump', '.dock'];
        const place = places.find((selector) => element.closest(selector) !== null) ?? 'nowhere';
        const { outlineStyle } = getComputedStyle(element);
        const isSeen = outlineStyle !== 'none' || element.closest('.composer') !== null;
        return isSeen ? place : `${place}: ${element.className}`;
      });
      if (at === undefined) break;
      if (order.at(-1) !== at) order.push(at);
    }

    assert.deepEqual(order, ['.app-bar', '.banner', '.transcript', '.dock']);
  });

  it('fits and stays usable at twice the size, and where colours are forced and nothing may move', async () => {
    await chat.page.emulateMedia({ reducedMotion: 'reduce', forcedColors: 'active' });
    await chat.snapshot(states['streaming']?.() ?? state());
    assert.deepEqual(
      await chat.page.evaluate(() =>
        document
          .getAnimations()
          .filter((animation) => animation.playState === 'running')
          .map((animation) => animation.id),
      ),
      [],
    );
    await chat.page.setViewportSize({ width: 200, height: 350 });
    const settings = { sendKey: 'enter', scroll: 'follow', fontSize: 26 } as const;
    await chat.events({ type: 'changed', state: { settings } });

    assert.ok(await chat.page.locator('textarea').isVisible());
    assert.ok(await chat.page.locator('.send.stop').isVisible());
    assert.equal(await chat.page.evaluate(() => document.documentElement.scrollWidth <= innerWidth), true);
    await chat.page.screenshot({ path: new URL('../out/page/forced-200.png', import.meta.url).pathname });
  });
});
