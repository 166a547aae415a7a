import assert from 'node:assert/strict';
import type { ChatState, PageSettings } from '../../src/conversation/protocol.ts';
import { someQuestion } from '../support/conversations.ts';
import type { ChatPage } from './chatPage.ts';
import { freshPage } from './freshPage.ts';
import { conversation, long, message, state } from './states.ts';

/** A conversation of many turns, each longer than the page. */
function turns(count: number, settings?: Partial<PageSettings>): ChatState {
  const messages = Array.from({ length: count }, (_, n) =>
    message(`k${n}`, `Question ${n}`, { text: `${long}\n\n${long}`, status: { type: 'done' } }),
  );
  const shown = { ...state(), conversation: { ...conversation(...messages), key: 'restored' } };
  return { ...shown, settings: { ...shown.settings, ...settings } };
}

describe('A long conversation that comes back', () => {
  let chat: ChatPage;
  freshPage((page) => (chat = page), { busy: true });

  const drawn = () => chat.page.locator('article.turn.answer[data-key^="k"]').count();
  const settled = () => chat.page.evaluate(() => globalThis.host.settled());
  const distance = () =>
    chat.page.evaluate(() => {
      const { scrollHeight = 0, scrollTop = 0, clientHeight = 0 } = document.querySelector('.transcript') ?? {};
      return Math.round(scrollHeight - scrollTop - clientHeight);
    });
  const topOf = (key: string) =>
    chat.page.evaluate(
      (of) => Math.round(document.querySelector(`.ask[data-key="${of}"]`)?.getBoundingClientRect().top ?? NaN),
      key,
    );
  /** Shows it, and tells what the first frame has of it, before there is time for more. */
  const first = (shown: ChatState): Promise<{ readonly keys: string[]; readonly end: number; readonly top: number }> =>
    chat.page.evaluate((snapshot) => {
      const { host } = globalThis;
      return new Promise((resolve) => {
        host.send({ type: 'snapshot', seq: 0, state: snapshot });
        requestAnimationFrame(() => {
          const questions = [...document.querySelectorAll<HTMLElement>('article.ask')];
          const { scrollHeight = 0, scrollTop = 0, clientHeight = 0 } = document.querySelector('.transcript') ?? {};
          resolve({
            keys: questions.map(({ dataset }) => dataset['key'] ?? ''),
            end: Math.round(scrollHeight - scrollTop - clientHeight),
            top: Math.round(questions[0]?.getBoundingClientRect().top ?? NaN),
          });
        });
      });
    }, shown);

  for (const scroll of ['follow', 'top', 'off'] as const) {
    it(`has its last turns in the first frame and the others soon after, its end in sight: ${scroll}`, async () => {
      const { keys, end } = await first(turns(50, { scroll }));
      assert.ok(keys.length < 20, `${keys.length} turns in the first frame`);
      assert.deepEqual([keys.at(-1), end], ['k49', 0]);
      await settled();

      assert.equal(await drawn(), 50);
      assert.equal(await distance(), 0);
      assert.equal(await chat.page.getByRole('button', { name: 'Show Earlier' }).count(), 0);
    });
  }

  for (const scroll of ['follow', 'top', 'off'] as const) {
    it(`shows its end although its last answer is higher than it was thought to be: ${scroll}`, async () => {
      const code = `\`\`\`ts\n${'const value = compute();\n'.repeat(14)}\`\`\`\n\n`;
      const one = conversation(message('k', 'Q', { text: code.repeat(40), status: { type: 'done' } }));
      await chat.snapshot({ ...turns(0, { scroll }), conversation: one });
      await settled();

      assert.equal(await distance(), 0);
    });
  }

  it('is where the reader was in the first frame, and stays there', async () => {
    await chat.snapshot(turns(50));
    await settled();
    await chat.page.locator('.transcript').hover();
    await chat.page.mouse.wheel(0, -100);
    await chat.page.getByRole('button', { name: 'Latest' }).waitFor();
    const ended = chat.page.evaluate(
      () => new Promise((done) => document.querySelector('.transcript')?.addEventListener('scrollend', done)),
    );
    await chat.page.locator('.ask[data-key="k20"]').evaluate((turn) => turn.scrollIntoView({ block: 'start' }));
    await ended;
    const before = await topOf('k20');
    await chat.page.reload();
    const { keys, top } = await first(turns(50));
    assert.ok(keys.length < 20, `${keys.length} turns in the first frame`);
    assert.equal(keys[0], 'k20');
    assert.ok(Math.abs(top - before) <= 2, `${before} became ${top}`);
    await settled();

    assert.equal(await drawn(), 50);
    assert.ok(Math.abs((await topOf('k20')) - before) <= 2, `${before} became ${await topOf('k20')}`);
  });

  it('does not move under a reader who is at the top of what is drawn', async () => {
    await first(turns(50));
    await chat.page.locator('.transcript').hover();
    await chat.page.mouse.wheel(0, -10);
    await chat.page.evaluate(() => document.querySelector('.transcript')?.scrollTo(0, 0));
    // What comes into sight is drawn.
    for (let n = 0; n < 6; n++) await chat.painted();
    const paragraph = await chat.page.evaluateHandle(inTheMiddle);
    const top = (): Promise<number> => paragraph.evaluate((shown) => shown?.getBoundingClientRect().top ?? NaN);
    const before = await top();
    await settled();

    assert.equal(await drawn(), 50);
    assert.ok(Math.abs((await top()) - before) <= 2, `${before} became ${await top()}`);
  });

  it('never jumps while the reader goes up through answers that were not in sight before', async () => {
    await chat.snapshot(turns(50));
    await settled();
    await chat.page.locator('.transcript').hover();
    for (let n = 0; n < 40; n++) {
      const paragraph = await chat.page.evaluateHandle(inTheMiddle);
      const top = (): Promise<number> => paragraph.evaluate((shown) => shown?.getBoundingClientRect().top ?? NaN);
      const before = await top();
      await chat.page.mouse.wheel(0, -100);
      await chat.painted();
      await chat.painted();

      const moved = (await top()) - before;
      assert.ok(moved >= 0 && moved <= 102, `step ${n} moved by ${moved}`);
    }
  });

  it('draws a hundred turns more when earlier ones are asked for, without moving what is in sight', async () => {
    await chat.snapshot(turns(230));
    await settled();
    assert.equal(await drawn(), 100);
    const button = chat.page.getByRole('button', { name: 'Show Earlier' });
    await chat.page.locator('.transcript').hover();
    await chat.page.mouse.wheel(0, -100);
    await chat.page.getByRole('button', { name: 'Latest' }).waitFor();
    await button.scrollIntoViewIfNeeded();
    await chat.painted();
    const before = await topOf('k130');
    await button.click();
    await settled();

    assert.equal(await drawn(), 200);
    assert.ok(Math.abs((await topOf('k130')) - before) <= 2, `${before} became ${await topOf('k130')}`);
    await button.click();
    await settled();
    assert.equal(await drawn(), 230);
    assert.equal(await button.count(), 0);
  });

  it('has a new question at its end at once, and loses no turn by it', async () => {
    await first(turns(50));
    await chat.events(someQuestion({ key: 'new', query: 'Next', askedAt: Date.now() }));
    assert.equal(await distance(), 0);
    assert.ok(await chat.page.locator('.ask[data-key="new"]').isVisible());
    await settled();

    assert.equal(await drawn(), 50);
    assert.equal(await distance(), 0);
  });

  it('finds what is not drawn yet', async () => {
    await first(turns(50));
    await chat.events({ type: 'command', command: 'find' });
    await chat.page.keyboard.type('Question 3');
    await chat.page.keyboard.press('Enter');
    await settled();

    assert.match((await chat.page.locator('.find output').textContent()) ?? '', /1 of 11/);
    assert.ok(await chat.page.locator('.ask[data-key="k3"]').isVisible());
    assert.ok((await topOf('k3')) > 0, `${await topOf('k3')}`);
  });
});

/** Some part of a turn that is in sight. */
function inTheMiddle(): Element | undefined {
  return [...document.querySelectorAll('.ask-text, .md p')].find((part) => part.getBoundingClientRect().top > 300);
}
