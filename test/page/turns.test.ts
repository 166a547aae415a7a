import assert from 'node:assert/strict';
import { mkdir } from 'node:fs/promises';
import type { ChatPage } from './chatPage.ts';
import { freshPage } from './freshPage.ts';
import { conversation, message, state, states } from './states.ts';

const pictures = new URL('../out/page/', import.meta.url).pathname;

describe('A turn', () => {
  let chat: ChatPage;
  freshPage((page) => (chat = page));
  before(() => mkdir(pictures, { recursive: true }));
  beforeEach(async () => {
    await chat.snapshot(states['turns']?.() ?? state());
  });

  const button = (name: string) => chat.page.getByRole('button', { name, exact: true });
  const field = () => chat.page.getByRole('textbox', { name: 'Edit message' });
  const picture = (name: string) => chat.page.screenshot({ path: `${pictures}${name}.png`, animations: 'disabled' });
  const focused = () => chat.page.evaluate(() => document.activeElement?.getAttribute('aria-label') ?? '');

  describe('question', () => {
    it('shows what went along with it, and copies what the person wrote', async () => {
      assert.deepEqual(await chat.page.locator('.ask-bubble .chip').allInnerTexts(), [
        'client.ts:12–38',
        'Problems',
        'a-file-with-a-very-long-name-that-has-to-be-cut.md',
      ]);
      await chat.page.locator('.ask-bubble').first().hover();
      await picture('question-hover');
      await button('Copy message').first().click();

      assert.deepEqual(await chat.posted('copy'), [{ type: 'copy', text: 'Add a retry with a growing pause' }]);
    });

    it('is cut after twelve lines, and shown whole on request', async () => {
      const text = chat.page.locator('.ask-text').nth(1);
      const height = () => text.evaluate((element) => element.clientHeight);
      const cut = await height();
      await button('Show All').click();
      const whole = await height();
      await button('Show Less').click();

      assert.ok(whole > cut * 1.5, `${whole} and ${cut}`);
      assert.equal(await height(), cut);
      assert.equal(await button('Show All').count(), 1, 'the short ones have none');
    });

    it('is edited in its place, and sent as a follow-up or a fork', async () => {
      await button('Edit message').first().click();
      assert.equal(await field().inputValue(), 'Add a retry with a growing pause');
      assert.equal(await focused(), 'Edit message');
      await chat.page.keyboard.type(', please');
      await chat.page.keyboard.press('Enter');
      await picture('question-edit');
      assert.deepEqual(await chat.posted('editQuestion'), []);
      await button('Send as Follow-Up').click();
      await button('Edit message').first().click();
      await chat.page.keyboard.type('!');
      await button('Fork').click();

      const sent = { type: 'editQuestion', key: '1' } as const;
      assert.deepEqual(await chat.posted('editQuestion'), [
        { ...sent, query: 'Add a retry with a growing pause, please', how: 'followUp' },
        { ...sent, query: 'Add a retry with a growing pause!', how: 'fork' },
      ]);
      assert.equal(await field().count(), 0);
    });

    it('keeps an edit through repainting, Esc and a page made anew; only Cancel throws it away', async () => {
      await button('Edit message').first().click();
      await chat.page.keyboard.type(' now');
      await chat.events({ type: 'rated', key: '1', rating: 'like' });
      await chat.snapshot(states['turns']?.() ?? state());
      assert.equal(await field().inputValue(), 'Add a retry with a growing pause now');

      await field().press('Escape');
      assert.equal(await field().count(), 0);
      assert.equal(await focused(), 'Edit message');
      assert.deepEqual(await chat.posted('stop'), []);
      await chat.page.reload();
      await chat.send({ type: 'snapshot', seq: 1, state: states['turns']?.() ?? state() });
      assert.equal(await field().inputValue(), 'Add a retry with a growing pause now');

      await button('Cancel').click();
      await button('Edit message').first().click();
      assert.equal(await field().inputValue(), 'Add a retry with a growing pause');
    });

    it('neither leaves nor sends an edit with a key that an input method has', async () => {
      await button('Edit message').first().click();
      await field().evaluate((area) => {
        for (const [key, ctrlKey] of [
          ['Escape', false],
          ['Enter', true],
        ] as const) {
          area.dispatchEvent(new KeyboardEvent('keydown', { key, ctrlKey, isComposing: true, bubbles: true }));
        }
      });
      await chat.painted();
      assert.equal(await field().count(), 1);
      await field().press('Control+Enter');

      assert.equal((await chat.posted('editQuestion')).length, 1);
    });
  });

  it('that was stopped before anything came can be asked again, but not while another is answered', async () => {
    const stopped = message('1', 'Why?', { status: { type: 'stopped' } });
    await chat.snapshot({ ...state(), conversation: conversation(stopped, message('2', 'And?', {})) });
    assert.equal(await button('Ask Again').count(), 0);
    await chat.events({ type: 'run', key: '2', event: { type: 'stopped' } });
    await button('Ask Again').first().click();

    assert.deepEqual(await chat.posted('askAgain'), [{ type: 'askAgain', key: '1' }]);
  });

  describe('rating', () => {
    it('is told at once, taken back by a second press, and shown as the host says', async () => {
      const good = () => button('Good answer').last();
      await good().click();
      await chat.events({ type: 'rated', key: '4', rating: 'like' });
      assert.equal(await good().getAttribute('aria-pressed'), 'true');
      await good().click();
      await chat.events({ type: 'rated', key: '4', rating: undefined });

      assert.equal(await good().getAttribute('aria-pressed'), 'false');
      assert.deepEqual(
        (await chat.posted('rate')).map(({ rating }) => rating),
        ['like', ''],
      );
      assert.equal(await chat.page.locator('form.feedback').count(), 0);
    });

    it('asks what was wrong once, and says who reads it', async () => {
      const bad = () => button('Bad answer').last();
      await bad().click();
      await chat.events({ type: 'rated', key: '4', rating: 'dislike' });
      assert.match(await chat.text('form.feedback'), /What was wrong\? \(optional, goes to the app’s owner\)/);
      await picture('feedback');
      await chat.page.keyboard.type('Too short');
      await button('Send Feedback').click();
      await chat.painted();
      assert.equal(await chat.text('[role=status]'), 'Feedback sent');
      assert.equal(await chat.page.locator('form.feedback').count(), 0);

      await bad().click();
      await chat.events({ type: 'rated', key: '4', rating: undefined });
      assert.deepEqual(
        (await chat.posted('rate')).map(({ rating, comment }) => [rating, comment]),
        [
          ['dislike', ''],
          ['dislike', 'Too short'],
          ['', ''],
        ],
      );
    });

    it('is not offered for an answer that Dify has no id for', async () => {
      await chat.snapshot({
        ...state(),
        conversation: conversation(message('1', 'Q', { text: 'A', status: { type: 'stopped' } })),
      });

      assert.equal(await button('Good answer').count(), 0);
      assert.equal(await button('Copy answer').count(), 1);
    });
  });

  it('tells what it cost, and the conversation so far; what is unknown is never zero', async () => {
    const usage = chat.page.locator('.usage');
    assert.equal(await usage.last().textContent(), '6.4 s · 1,208 tokens · $0.0031');
    assert.equal(await usage.last().getAttribute('title'), 'Up to here in this conversation: 4,832 tokens · $0.0124');
    const zero = { latency: 0.04, totalTokens: 0, totalPrice: '0', currency: 'USD' };
    await chat.snapshot({
      ...state(),
      conversation: conversation(message('1', 'Q', { text: 'A', status: { type: 'done' }, usage: zero })),
    });

    assert.equal(await usage.count(), 0);
  });

  it('keeps its place whether its actions are seen or not', async () => {
    const tops = () =>
      chat.page
        .locator('article')
        .evaluateAll((all) =>
          all.map((one) => Math.round(one.getBoundingClientRect().top - (all[0]?.getBoundingClientRect().top ?? 0))),
        );
    const before = await tops();
    await chat.page.locator('.md').first().hover();
    await chat.page.locator('.answer-foot').first().locator('button').first().focus();

    assert.deepEqual(await tops(), before);
    assert.equal(
      await chat.page
        .locator('.answer-foot')
        .first()
        .evaluate((foot) => foot.clientHeight),
      24,
    );
  });

  it('suggests what to ask next after the last answer alone: a click asks, Alt and the menu key write it down', async () => {
    const first = button('How do I export the VPN profiles first?');
    const composer = chat.page.getByRole('textbox', { name: 'Message to Support Copilot' });
    await first.click();
    await first.click({ modifiers: ['Alt'] });
    await button('What does a blinking amber light mean?').click({ button: 'right' });
    await chat.painted();

    assert.deepEqual(
      (await chat.posted('send')).map(({ query }) => query),
      ['How do I export the VPN profiles first?'],
    );
    assert.equal(
      await composer.inputValue(),
      'How do I export the VPN profiles first?\n\nWhat does a blinking amber light mean?',
    );
    assert.equal(await chat.page.locator('.prompts').count(), 1);
  });

  it('that is asked again folds above the new answer, which says that the app remembers both', async () => {
    await chat.snapshot(states['asked-again']?.() ?? state());

    assert.equal(await chat.page.locator('.ask-bubble').count(), 1);
    assert.deepEqual(await chat.page.locator('summary .cut').allInnerTexts(), [
      'First answer (asked again)',
      'Earlier answer (asked again)',
    ]);
    assert.equal(
      await chat.page.locator('article.last .note').textContent(),
      'Asked again. The app still remembers the answer above.',
    );
    await chat.page.locator('summary').first().click();
    await picture('asked-again-open');
    assert.ok(await chat.page.getByText('Export them first.').isVisible());
  });

  it('that waits says so after 10, 60 and 180 seconds, and then offers to stop or to wait on', async () => {
    const waitsFor = async (seconds: number) => {
      const asked = { ...message('1', 'Q', {}), askedAt: Date.now() - seconds * 1000 };
      await chat.snapshot({ ...state(), conversation: conversation() });
      await chat.snapshot({ ...state(), conversation: conversation(asked) });
      await chat.page.locator('.waiting span, .end').first().waitFor();
      return await chat.text('.waiting, .end');
    };
    assert.equal(await waitsFor(2), 'Waiting for the answer');
    assert.match(await waitsFor(12), /^Waiting for the first word, 1\d s$/);
    assert.match(await waitsFor(70), /^Still working after 7\d s\. Long runs are normal for some apps\.$/);
    assert.match(await waitsFor(200), /^No word after 20\d s/);
    await button('Stop').click();
    assert.equal((await chat.posted('stop')).length, 1);
    await button('Keep Waiting').click();
    await chat.page.locator('.waiting span').waitFor();

    assert.match(await chat.text('.waiting'), /^Still working/);
  });

  it('that is sent again later can be sent now, or not at all', async () => {
    await chat.snapshot(states['resending']?.() ?? state());
    assert.match(await chat.text('.end'), /^Dify is busy\. Trying again in 1\d s \(1 of 2\)\.Try NowCancel$/);
    await button('Try Now').click();
    await button('Cancel').click();

    assert.equal((await chat.posted('retryNow')).length, 1);
    assert.equal((await chat.posted('stop')).length, 1);
  });

  it('that broke off fetches its rest, and a conversation that is gone can be exported', async () => {
    await chat.snapshot(states['ends']?.() ?? state());
    await button('Fetch the Rest').click();
    await button('Export').click();

    assert.deepEqual(await chat.posted('remedy'), [{ type: 'remedy', key: '2', remedy: 'fetchRest' }]);
    assert.deepEqual(await chat.posted('export'), [{ type: 'export', key: 'k1' }]);
  });
});
