import assert from 'node:assert/strict';
import type { ChatPage } from './chatPage.ts';
import { freshPage } from './freshPage.ts';
import { conversation, editor, message, state } from './states.ts';

const done = { type: 'done' } as const;
const text = 'See:\n\n```ts\nconst a = 1;\n\tb();\n```\n\nand\n\n```\nplain\n```';
const withCode = () => state({ editor, conversation: conversation(message('1', 'Q', { text, status: done })) });

describe('A block of code', () => {
  let chat: ChatPage;
  freshPage((page) => (chat = page));

  const button = (name: string) => chat.page.getByRole('button', { name, exact: true }).first();

  it('goes where its buttons name, as it came, in the language of its fence', async () => {
    await chat.snapshot(withCode());
    await button('Apply to client.ts, shows a diff').click();
    await button('Insert at the cursor in client.ts, line 38').click();
    await button('New file with this code').click();

    assert.deepEqual(
      (await chat.posted('code')).map(({ what, code, language }) => [what, code, language]),
      [
        ['apply', 'const a = 1;\n\tb();', 'ts'],
        ['insert', 'const a = 1;\n\tb();', 'ts'],
        ['newFile', 'const a = 1;\n\tb();', 'ts'],
      ],
    );
  });

  it('names another target when the person works in another editor, also in blocks that come later', async () => {
    await chat.snapshot(withCode());
    await chat.events({ type: 'changed', state: { editor: { ...editor, file: 'other.py', line: 1 } } });
    await chat.snapshot({
      ...withCode(),
      editor: { ...editor, file: 'other.py', line: 1 },
      conversation: conversation(message('1', 'Q', { text: `${text}\n\n~~~js\nlast\n~~~`, status: done })),
    });

    assert.equal(await chat.page.getByRole('button', { name: 'Insert at the cursor in other.py, line 1' }).count(), 3);
    assert.equal(await chat.page.getByText('client.ts').count(), 0);
  });

  it('offers no place where there is no editor', async () => {
    await chat.snapshot(withCode());
    await chat.events({ type: 'changed', state: { editor: undefined } });

    assert.equal(await chat.page.getByRole('button', { name: /Apply|Insert/ }).count(), 0);
    assert.equal(await chat.page.getByRole('button', { name: 'New file with this code' }).count(), 2);
  });

  it('can be copied while it grows, and brought nowhere', async () => {
    const grows = { text: '```ts\nconst half =', status: { type: 'answering' }, stoppable: true } as const;
    await chat.snapshot({ ...withCode(), conversation: conversation(message('1', 'Q', grows)) });

    assert.equal(await chat.page.locator('.code-head button').count(), 1);
    await chat.events({ type: 'run', key: '1', event: { type: 'textAppended', text: ' 1;\n```\n' } });
    assert.equal(await chat.page.locator('.code-head button').count(), 5);
  });

  it('has all of it in its menu where the page is narrow, by keyboard too, and Escape closes only that', async () => {
    await chat.page.setViewportSize({ width: 200, height: 700 });
    await chat.snapshot({
      ...withCode(),
      conversation: conversation(
        message('1', 'Q', { text, status: done }),
        message('2', 'Q', { status: { type: 'answering' }, stoppable: true }),
      ),
    });
    assert.equal(await button('New file with this code').isVisible(), false);
    await button('More code actions').focus();
    await chat.page.keyboard.press('Enter');
    assert.equal(await chat.page.evaluate(() => document.activeElement?.textContent), 'Apply to client.ts');
    await chat.page.screenshot({ path: new URL('../out/page/code-menu-200.png', import.meta.url).pathname });
    await chat.page.keyboard.press('ArrowUp');
    assert.equal(await chat.page.evaluate(() => document.activeElement?.textContent), 'Word wrap');
    await chat.page.keyboard.press('Escape');

    assert.equal(await chat.page.locator('[role=menu]:popover-open').count(), 0);
    assert.equal(await chat.page.evaluate(() => document.activeElement?.ariaLabel), 'More code actions');
    assert.deepEqual(await chat.posted('stop'), []);

    await chat.page.keyboard.press('Enter');
    await chat.page.keyboard.press('ArrowDown');
    await chat.page.keyboard.press('Enter');
    assert.equal((await chat.posted('code'))[0]?.what, 'insert');
  });

  it('wraps its lines when asked to, and says that it does', async () => {
    await chat.snapshot(withCode());
    await button('More code actions').click();
    await chat.page.getByRole('menuitemcheckbox', { name: 'Word wrap' }).click();
    assert.equal(await chat.page.locator('.code.wrap').count(), 1);

    await button('More code actions').click();
    const item = chat.page.getByRole('menuitemcheckbox', { name: 'Word wrap' });
    assert.equal(await item.getAttribute('aria-checked'), 'true');
  });
});
