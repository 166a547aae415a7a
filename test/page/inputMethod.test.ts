import assert from 'node:assert/strict';
import type { CDPSession } from 'playwright-core';
import type { ChatPage } from './chatPage.ts';
import { freshPage } from './freshPage.ts';
import { state } from './states.ts';

describe('An input method', () => {
  let chat: ChatPage;
  let keyboard: CDPSession;
  freshPage((page) => (chat = page));
  beforeEach(async () => {
    await chat.snapshot(state());
    keyboard = await chat.page.context().newCDPSession(chat.page);
    await field().focus();
  });

  const field = (): ReturnType<ChatPage['page']['locator']> => chat.page.locator('textarea');
  const compose = (text: string): Promise<unknown> =>
    keyboard.send('Input.imeSetComposition', { text, selectionStart: text.length, selectionEnd: text.length });
  /** A key that the browser believes to come from the keyboard; 229 is what it says of one that the input method took. */
  const press = async (key: string, code: number, modifiers = 0): Promise<void> => {
    const event = { key, code: key, windowsVirtualKeyCode: code, modifiers };
    await keyboard.send('Input.dispatchKeyEvent', { type: 'rawKeyDown', ...event });
    if (code === 13) await keyboard.send('Input.dispatchKeyEvent', { type: 'char', text: '\r', ...event });
    await keyboard.send('Input.dispatchKeyEvent', { type: 'keyUp', ...event });
  };

  it('keeps its Enter while it composes, whatever number the key has', async () => {
    await compose('にほん');
    await press('Enter', 229);
    await press('Enter', 13);
    await compose('日本');
    await press('Process', 229);
    await press('Enter', 13);
    assert.deepEqual(await chat.posted('send'), []);

    await keyboard.send('Input.insertText', { text: '日本' });
    assert.deepEqual(await chat.posted('send'), []);
    assert.equal((await field().inputValue()).trim(), '日本');
  });

  it('keeps the Enter that comes with the end of a composition, which breaks no line either', async () => {
    // Sent together, so that nothing comes between them: some input methods report the key after the end.
    const composed = compose('안녕');
    const ended = keyboard.send('Input.insertText', { text: '안녕' });
    const pressed = press('Enter', 13);
    await Promise.all([composed, ended, pressed]);

    const late = await chat.page.evaluate(() => {
      const text = document.querySelector('textarea');
      text?.dispatchEvent(new CompositionEvent('compositionend', { bubbles: true }));
      const enter = new KeyboardEvent('keydown', { key: 'Enter', bubbles: true, cancelable: true });
      text?.dispatchEvent(enter);
      return enter.defaultPrevented;
    });
    assert.equal(late, true);
    assert.deepEqual(await chat.posted('send'), []);
  });

  it('gives Enter back to the person when it is done', async () => {
    await compose('にほん');
    await keyboard.send('Input.insertText', { text: '日本' });
    const ended = await chat.page.evaluate(() => performance.now());
    await chat.page.waitForFunction((at) => performance.now() > at + 60, ended);
    await field().press('Enter');

    assert.deepEqual(
      (await chat.posted('send')).map(({ query }) => query),
      ['日本'],
    );
  });

  it('keeps arrows, Tab, Esc and Enter from an open list, and Esc from the answer', async () => {
    await field().fill('@');
    await chat.events({
      type: 'changed',
      state: {
        mentions: {
          filter: '',
          items: [{ key: 'f', kind: 'file', name: 'a.ts', lines: undefined, size: 3 }],
        },
      },
    });
    assert.equal(await chat.page.getByRole('option').count(), 1);
    await compose('に');
    for (const key of ['Enter', 'Tab', 'Escape', 'ArrowDown']) {
      await chat.page.evaluate((name) => {
        const event = new KeyboardEvent('keydown', { key: name, isComposing: true, bubbles: true, cancelable: true });
        document.querySelector('textarea')?.dispatchEvent(event);
      }, key);
    }

    assert.deepEqual(await chat.posted('attach'), []);
    assert.deepEqual(await chat.posted('stop'), []);
    assert.deepEqual(await chat.posted('send'), []);
  });
});
