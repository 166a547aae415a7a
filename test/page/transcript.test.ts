import { someQuestion, someConversation } from '../support/conversations.ts';
import assert from 'node:assert/strict';
import type { ChatPage } from './chatPage.ts';
import { freshPage } from './freshPage.ts';
import { answering, conversation, failure, message, state, states } from './states.ts';

describe('The transcript', () => {
  let chat: ChatPage;
  freshPage((page) => (chat = page));

  const append = (text: string) => chat.events({ type: 'run', key: '1', event: { type: 'textAppended', text } });

  it('asks for a snapshot at the start, after a gap, and for an event before the first snapshot', async () => {
    assert.equal((await chat.posted('ready')).length, 1);
    await chat.send({ type: 'events', seq: 7, events: [] });
    assert.equal((await chat.posted('ready')).length, 2);

    await chat.snapshot(answering());
    chat.lose();
    await append(' lost');
    assert.equal((await chat.posted('ready')).length, 3);
    assert.ok(!(await chat.text('[data-key] .md')).includes('lost'));

    await chat.snapshot(answering());
    await append(' not lost');
    assert.ok((await chat.text('[data-key] .md')).endsWith('not lost'));
    assert.equal((await chat.posted('ready')).length, 3);
  });

  it('paints once a frame, however many events come', async () => {
    await chat.snapshot({ ...state(), conversation: conversation(message('1', 'Q', {})) });
    const paintings = await chat.page.evaluate(async () => {
      let count = 0;
      const watch = new MutationObserver(() => count++);
      watch.observe(document.body, { childList: true, subtree: true, characterData: true });
      for (let seq = 2; seq <= 101; seq++) {
        globalThis.host.send({
          type: 'events',
          seq,
          events: [{ type: 'run', key: '1', event: { type: 'textAppended', text: 'word ' } }],
        });
      }
      const before = count;
      await new Promise((resolve) => requestAnimationFrame(() => requestAnimationFrame(resolve)));
      return { before, after: count };
    });

    assert.deepEqual(paintings, { before: 0, after: 1 });
  });

  it('tells the host about links and pictures, and opens nothing itself', async () => {
    await chat.snapshot(states['markdown']?.() ?? state());
    const link = chat.page.getByRole('link', { name: 'X200 release notes' });
    assert.equal(await link.getAttribute('title'), 'https://example.com/x200');
    await link.click();
    await link.click({ button: 'middle' });
    await link.focus();
    await chat.page.keyboard.press('Enter');
    await chat.page.getByRole('button', { name: 'Open Image…' }).click();

    assert.deepEqual(
      (await chat.posted('openLink')).map(({ href }) => href),
      ['https://example.com/x200', 'https://example.com/x200', 'https://cdn.example.com/plan.png'],
    );
    assert.deepEqual(chat.foreignRequests, []);
  });

  it('copies an answer as Markdown without the thinking, and code as it came', async () => {
    const text = '<think>Hm.</think>\n\n**Do** this:\n\n```ts\nconst a = 1;\u200B\n\nb();\n```\n';
    await chat.snapshot({
      ...state(),
      conversation: conversation(message('1', 'Q', { text, status: { type: 'done' } })),
    });
    await chat.page.getByRole('button', { name: 'Copy answer' }).click();
    await chat.page.getByRole('button', { name: 'Copy code' }).click();

    assert.deepEqual(
      (await chat.posted('copy')).map((copied) => copied.text),
      ['**Do** this:\n\n```ts\nconst a = 1;\u200B\n\nb();\n```', 'const a = 1;\u200B\n\nb();'],
    );
    assert.equal(await chat.page.locator('.codicon-check').count(), 2);
    await chat.page.getByRole('button', { name: 'Copy code' }).waitFor();
    await chat.page.getByRole('button', { name: 'Copy answer' }).waitFor();
  });

  it('copies a selection across the chunks of a code block line by line', async () => {
    const lines = Array.from({ length: 70 }, (_, n) => `line ${n}`);
    await chat.snapshot({
      ...state(),
      conversation: conversation(
        message('1', 'Q', { text: `\`\`\`\n${lines.join('\n')}\n\`\`\``, status: { type: 'done' } }),
      ),
    });
    const selected = await chat.page.evaluate(() => {
      const code = document.querySelector('.md code');
      if (code !== null) getSelection()?.selectAllChildren(code);
      return String(getSelection());
    });

    assert.deepEqual(selected.trimEnd().split('\n'), lines);
  });

  it('posts what its buttons say', async () => {
    await chat.snapshot(states['ends']?.() ?? state());
    for (const name of ['Ask Again', 'Enter API Key', 'Edit Address', 'Continue in a New Conversation']) {
      await chat.page.getByRole('button', { name, exact: true }).click();
    }
    await chat.page.getByRole('button', { name: 'Retry' }).nth(1).click();
    await chat.page.getByRole('button', { name: 'Ask again', exact: true }).first().click({ force: true });

    assert.deepEqual(await chat.posted('remedy'), [
      { type: 'remedy', key: '3', remedy: 'enterKey' },
      { type: 'remedy', key: '5', remedy: 'editAddress' },
      { type: 'remedy', key: '6', remedy: 'newConversation' },
      { type: 'remedy', key: '4', remedy: 'retry' },
    ]);
    assert.deepEqual(await chat.posted('askAgain'), [
      { type: 'askAgain', key: '2' },
      { type: 'askAgain', key: '1' },
    ]);
  });

  it('connects from the welcome page', async () => {
    await chat.snapshot(state({ app: undefined }));
    await chat.page.getByRole('button', { name: 'Connect an App' }).click();

    assert.deepEqual(await chat.posted('connect'), [{ type: 'connect' }]);
  });

  it('says what happened to an answer, and never its words', async () => {
    await chat.snapshot({ ...state(), conversation: conversation(message('1', 'Q', {})) });
    assert.equal(await chat.text('[role=status]'), '');
    await append('Two words');
    assert.equal(await chat.text('[role=status]'), 'Support Copilot is answering');
    assert.equal(await chat.page.locator('.transcript').getAttribute('aria-busy'), 'true');
    await chat.events({ type: 'run', key: '1', event: { type: 'answered', usage: undefined } });
    assert.equal(await chat.text('[role=status]'), 'Answer done, 2 words');
    assert.equal(await chat.page.locator('.transcript').getAttribute('aria-busy'), 'false');

    await chat.snapshot({ ...state(), conversation: conversation(message('2', 'Q', {})) });
    await chat.events({ type: 'run', key: '2', event: { type: 'failed', failure } });
    assert.equal(await chat.text('[role=alert]'), `${failure.fact} ${failure.advice}`);
  });

  it('interrupts for a second failure of the same kind too', async () => {
    await chat.snapshot({ ...state(), conversation: conversation(message('1', 'Q', {})) });
    await chat.events({ type: 'run', key: '1', event: { type: 'failed', failure } });
    await chat.events(someQuestion({ key: '2', query: 'Q', askedAt: Date.now(), replaces: '1' }));
    assert.equal(await chat.text('[role=alert]'), '');
    await chat.events({ type: 'run', key: '2', event: { type: 'failed', failure } });

    assert.equal(await chat.text('[role=alert]'), `${failure.fact} ${failure.advice}`);
  });

  it('gives the focus to the first thing to do once there is one', async () => {
    const focused = () => chat.page.evaluate(() => document.activeElement?.textContent);
    assert.equal(await chat.page.evaluate(() => document.hasFocus()), true);
    await chat.snapshot(states['welcome']?.() ?? state());

    assert.equal(await focused(), 'Connect an App');
  });

  it('puts the focus into the text when another conversation is opened', async () => {
    await chat.snapshot(states['forgotten']?.() ?? state());
    await chat.page.locator('.transcript').focus();
    await chat.snapshot({ ...state(), conversation: someConversation({ id: undefined, messages: [] }) });

    assert.equal(await chat.page.evaluate(() => document.activeElement?.tagName), 'TEXTAREA');
  });

  it('puts it there also after one in which nothing was asked', async () => {
    await chat.snapshot(state());
    await chat.page.locator('.crumb.app').focus();
    await chat.snapshot({ ...state(), conversation: someConversation({ key: 'another' }) });

    assert.equal(await chat.page.evaluate(() => document.activeElement?.tagName), 'TEXTAREA');
  });

  it('moves from message to message by Alt and the arrows', async () => {
    await chat.snapshot(states['forgotten']?.() ?? state());
    const here = () =>
      chat.page.evaluate(
        () =>
          document.activeElement?.querySelector('h2, .ask-bubble')?.parentElement?.textContent ??
          document.activeElement?.tagName,
      );
    await chat.page.locator('textarea').focus();
    await chat.page.keyboard.press('Alt+ArrowUp');
    assert.match((await here()) ?? '', /I know of no number/);
    await chat.page.keyboard.press('Alt+ArrowUp');
    assert.equal(await here(), 'YouWhich number?');
    await chat.page.keyboard.press('Alt+ArrowDown');
    await chat.page.keyboard.press('Alt+ArrowDown');
    assert.equal(await here(), 'TEXTAREA');
  });

  it('opens the thinking while it goes on, folds it after, and leaves it to a reader who touched it', async () => {
    await chat.snapshot(states['thinking']?.() ?? state());
    const fold = chat.page.locator('details.fold');
    assert.ok(await fold.evaluate((details) => (details as HTMLDetailsElement).open));
    await append('.</think>Here');
    assert.ok(!(await fold.evaluate((details) => (details as HTMLDetailsElement).open)));
    await chat.page.locator('summary').click();
    await append(' it is');
    assert.ok(await fold.evaluate((details) => (details as HTMLDetailsElement).open));
  });

  it('has no scrollbar and no lost control at 200 % zoom', async () => {
    await chat.page.setViewportSize({ width: 320, height: 350 });
    await chat.snapshot(answering());
    await chat.page.evaluate(() => document.documentElement.style.setProperty('--vscode-font-size', '26px'));
    await chat.painted();

    assert.ok(await chat.page.evaluate(() => document.documentElement.scrollWidth <= innerWidth));
    assert.ok(await chat.page.getByRole('button', { name: 'Stop answering (Esc)' }).isVisible());
  });
});
