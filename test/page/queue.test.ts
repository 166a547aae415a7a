import assert from 'node:assert/strict';
import { someQuestion } from '../support/conversations.ts';
import type { ChatPage } from './chatPage.ts';
import { freshPage } from './freshPage.ts';
import { composerStates, queue } from './composerStates.ts';
import { answering, state } from './states.ts';

describe('The queue', () => {
  let chat: ChatPage;
  freshPage((page) => (chat = page));
  beforeEach(async () => {
    await chat.snapshot(answering());
  });

  const field = (): ReturnType<ChatPage['page']['locator']> => chat.page.locator('textarea');
  const button = (name: string): ReturnType<ChatPage['page']['locator']> =>
    chat.page.getByRole('button', { name, exact: true });

  it('takes what is sent while an answer comes, and says so once', async () => {
    assert.equal(await field().getAttribute('placeholder'), 'Ask the next question. It waits its turn');
    await field().fill('Next');
    await field().press('Enter');
    assert.deepEqual(
      (await chat.posted('send')).map(({ query }) => query),
      ['Next'],
    );
    assert.equal(await field().inputValue(), 'Next');

    await chat.events({ type: 'changed', state: { queue: [{ key: 'q1', text: 'Next', contexts: [], files: [] }] } });
    assert.equal(await field().inputValue(), '');
    assert.equal(await chat.text('[role=status]'), '1 queued');

    // The same words again are another question.
    await field().fill('Next');
    await field().press('Enter');
    assert.equal((await chat.posted('send')).length, 2);
    await chat.events({ type: 'run', key: '1', event: { type: 'textAppended', text: ' more' } });
    assert.equal(await chat.text('[role=status]'), '');
  });

  it('loses no text where the message that it was queued never came', async () => {
    await field().fill('Next');
    await field().press('Enter');
    await chat.snapshot({ ...answering(), queue: [{ key: 'q1', text: 'Next', contexts: [], files: [] }] });
    assert.equal(await field().inputValue(), '');

    await field().fill('Typed since');
    await chat.snapshot({ ...answering(), queue });
    assert.equal(await field().inputValue(), 'Typed since');
  });

  it('shows stop and send beside each other when there is text', async () => {
    await chat.painted();
    assert.ok(await button('Stop answering (Esc)').isVisible());
    assert.equal(await chat.page.locator('.send').count(), 1);

    await field().fill('Next');
    await chat.painted();
    assert.ok(await button('Stop answering (Esc)').isVisible());
    await button('Send after this answer (Enter)').click();
    assert.equal((await chat.posted('send')).length, 1);
  });

  it('has rows to edit, delete, move and send now', async () => {
    await chat.events({ type: 'changed', state: { queue } });
    await button('Edit queued message 2').press('Alt+ArrowUp');
    const [first, second] = queue;
    assert.ok(first !== undefined && second !== undefined);
    await chat.events({ type: 'changed', state: { queue: [second, first] } });
    // The focus goes with the row.
    assert.equal(
      await chat.page.evaluate(() => document.activeElement?.getAttribute('aria-label')),
      'Edit queued message 1',
    );
    await chat.page.keyboard.press('Alt+ArrowDown');
    await button('Delete queued message 1').click();
    await button('Stop and send now').click();
    await button('Edit queued message 1').click();

    assert.deepEqual(await chat.posted('queue'), [
      { type: 'queue', what: 'up', key: 'q2' },
      { type: 'queue', what: 'down', key: 'q2' },
      { type: 'queue', what: 'delete', key: 'q2' },
      { type: 'queue', what: 'sendNow', key: 'q2' },
      { type: 'queue', what: 'edit', key: 'q2' },
    ]);
    assert.equal(await chat.page.evaluate(() => document.activeElement?.tagName), 'TEXTAREA');
  });

  it('goes on by the person where it waits for them, and says that it does', async () => {
    await chat.events({ type: 'changed', state: { queue } });
    await chat.events(
      { type: 'run', key: '1', event: { type: 'stopped' } },
      { type: 'changed', state: { queueHeld: true } },
    );
    assert.equal(await chat.text('[role=status]'), '2 queued, not sent by itself');
    await chat.page.locator('.queue-head button').click();

    assert.equal((await chat.posted('resumeQueue')).length, 1);
  });

  it('goes when its questions are asked', async () => {
    await chat.snapshot(composerStates['queue']?.() ?? state());
    assert.equal(await chat.page.locator('.queue li').count(), 2);
    await chat.events(someQuestion({ key: 'q1', query: queue[0]?.text ?? '' }), {
      type: 'changed',
      state: { queue: queue.slice(1) },
    });
    assert.equal(await chat.page.locator('.queue li').count(), 1);
    // What is typed is another question.
    assert.equal(await field().inputValue(), 'And a third one');
    await chat.events({ type: 'changed', state: { queue: [] } });
    assert.equal(await chat.page.locator('.queue').count(), 0);
  });
});
