import assert from 'node:assert/strict';
import type { ChatPage } from './chatPage.ts';
import { freshPage } from './freshPage.ts';
import { answering, conversation, long, message, state } from './states.ts';

const done = { type: 'done' } as const;

describe('Find', () => {
  let chat: ChatPage;
  freshPage((page) => (chat = page));

  const reset = () =>
    state({
      conversation: conversation(
        message('1', 'How do I reset an X200?', {
          text: '<think>reset?</think>Hold the **Re**set button.\n\n```sh\nreset --all\n```\n\n- a factory `RESET`',
          status: done,
        }),
      ),
    });
  const count = () => chat.text('.find output');
  const colours = (name: string) =>
    chat.page.evaluate(
      (which) =>
        [...(CSS.highlights.get(which) ?? [])].map((range) => (range instanceof Range ? range.toString() : '')),
      name,
    );

  it('counts and colours what it finds in questions, answers and code, across marks, but not in the thinking', async () => {
    await chat.snapshot(reset());
    await chat.page.locator('textarea').focus();
    await chat.page.keyboard.press('Control+f');
    await chat.page.locator('.find .field:focus').waitFor();
    await chat.page.keyboard.type('reset');
    await chat.painted();

    assert.deepEqual(await colours('dc-find'), ['reset', 'Reset', 'reset', 'RESET']);
    assert.equal(await count(), '4 of 4');
    await chat.page.keyboard.press('Enter');
    await chat.painted();
    assert.equal(await count(), '1 of 4');
    await chat.page.keyboard.press('Shift+Enter');
    await chat.page.keyboard.press('Shift+Enter');
    await chat.painted();
    assert.deepEqual([await count(), await colours('dc-find-current')], ['3 of 4', ['reset']]);
    await chat.page.screenshot({ path: new URL('../out/page/find.png', import.meta.url).pathname });
  });

  it('gives the focus back by Escape, takes its colours away, and leaves the answer alone', async () => {
    await chat.snapshot({ ...answering() });
    await chat.page.locator('textarea').focus();
    await chat.page.keyboard.press('Control+f');
    await chat.page.keyboard.type('paragraph 7');
    await chat.page.keyboard.press('Escape');
    await chat.painted();

    assert.equal(await chat.page.evaluate(() => document.activeElement?.tagName), 'TEXTAREA');
    assert.deepEqual([await colours('dc-find'), await chat.page.locator('.find').count()], [[], 0]);
    assert.deepEqual(await chat.posted('stop'), []);
  });

  it('goes to what is not in sight, though the answer grows, and to messages that are not drawn', async () => {
    const messages = Array.from({ length: 250 }, (_, n) =>
      message(String(n), `Question ${n}`, { text: `Answer number ${n}.`, status: done }),
    );
    const growing = message('last', 'Q', { text: long, status: { type: 'answering' }, stoppable: true });
    await chat.snapshot(state({ conversation: conversation(...messages, growing) }));
    await chat.events({ type: 'command', command: 'find' });
    await chat.page.keyboard.type('number 7.');
    await chat.painted();
    await chat.painted();

    assert.deepEqual([await count(), await colours('dc-find-current')], ['1 of 1', ['number 7.']]);
    const isSeen = () =>
      chat.page.evaluate(() => {
        const [range] = CSS.highlights.get('dc-find-current') ?? [];
        const place = range instanceof Range ? range.getBoundingClientRect() : undefined;
        return place !== undefined && place.top > 0 && place.bottom < innerHeight;
      });
    assert.equal(await isSeen(), true);
    await chat.events({ type: 'run', key: 'last', event: { type: 'textAppended', text: `\n\n${long}` } });
    assert.equal(await isSeen(), true);
  });

  it('says that there is nothing', async () => {
    await chat.snapshot(reset());
    await chat.events({ type: 'command', command: 'find' });
    await chat.page.keyboard.type('nothing (of) [this');
    await chat.painted();

    assert.equal(await count(), 'No results');
  });
});
