import assert from 'node:assert/strict';
import type { ContextItem } from '../../src/conversation/conversation.ts';
import type { SlashCommand } from '../../src/conversation/protocol.ts';
import type { ChatPage } from './chatPage.ts';
import { freshPage } from './freshPage.ts';
import { context } from './composerStates.ts';
import { conversation, message, state } from './states.ts';

const items: readonly ContextItem[] = [
  context({ key: 'selection' }),
  context({ key: 'f', kind: 'file', lines: undefined, size: 4_200 }),
  context({ key: 'p', kind: 'problems', lines: undefined, size: 0 }),
];
const slash: readonly SlashCommand[] = [
  { name: 'new', description: 'New conversation' },
  { name: 'app', description: 'Switch app' },
  { name: 'summarize', description: 'Summarize' },
];

describe('What goes along with a question', () => {
  let chat: ChatPage;
  freshPage((page) => (chat = page));
  beforeEach(async () => {
    await chat.snapshot(state({ slash }));
  });

  const field = (): ReturnType<ChatPage['page']['locator']> => chat.page.locator('textarea');
  const focused = (): Promise<string | null | undefined> =>
    chat.page.evaluate(() => document.activeElement?.getAttribute('aria-label'));
  const changed = (change: object): Promise<void> => chat.events({ type: 'changed', state: change });

  it('is offered where something is selected, and attached only by a click', async () => {
    const editor = { file: 'client.ts', line: 12, selection: context({ key: 'selection' }) };
    await changed({ editor });
    const offer = chat.page.getByRole('button', { name: 'Selection, 27 lines' });
    assert.equal(await offer.getAttribute('title'), 'Add the selection in client.ts to this message');
    assert.deepEqual(await chat.posted('attach'), []);
    await offer.click();
    assert.deepEqual(await chat.posted('attach'), [{ type: 'attach', key: 'selection' }]);

    await changed({ contexts: [context({ key: 'c1' })] });
    assert.equal(await offer.count(), 0);
    assert.equal(await chat.text('.chips .chip'), 'client.ts:12–38');
    assert.equal(await chat.text('.composer-row .hint'), '0.9 kB');
  });

  it('leaves by its button, and by the keyboard from the empty text', async () => {
    await changed({ contexts: [context({ key: 'c1' }), context({ key: 'c2', name: 'b.ts', lines: undefined })] });
    await chat.page.getByRole('button', { name: 'Remove client.ts:12–38' }).click();
    await field().focus();
    await field().press('Backspace');
    assert.equal(await focused(), 'Remove b.ts');
    await chat.page.keyboard.press('ArrowLeft');
    assert.equal(await focused(), 'Remove client.ts:12–38');
    await chat.page.keyboard.press('ArrowRight');
    await chat.page.keyboard.press('Delete');

    assert.deepEqual(await chat.posted('detach'), [
      { type: 'detach', key: 'c1' },
      { type: 'detach', key: 'c2' },
    ]);
    await changed({ contexts: [] });
    assert.equal(await focused(), 'Message to Support Copilot');
  });

  it('is chosen from a list after @, which filters as one types', async () => {
    await field().pressSequentially('see @');
    await chat.waitForPosted('mention');
    await changed({ mentions: { filter: '', items } });
    assert.equal(await chat.page.getByRole('option').count(), 3);
    assert.equal(await field().getAttribute('aria-activedescendant'), 'suggestions-0');
    await chat.page.locator('[role=status]', { hasText: '3 suggestions' }).waitFor({ state: 'attached' });
    assert.equal(await chat.text('[role=option] .end-slot'), 'client.ts:12–38 · 0.9 kB');

    await field().pressSequentially('cl');
    await chat.waitForPosted('mention', 3);
    // What is shown answers an earlier filter: nothing is taken yet, and nothing is sent.
    await field().press('Enter');
    assert.deepEqual(await chat.posted('attach'), []);
    await changed({ mentions: { filter: 'cl', items: items.slice(1, 2) } });
    await field().press('Enter');

    assert.deepEqual(await chat.posted('attach'), [{ type: 'attach', key: 'f' }]);
    assert.deepEqual(await chat.posted('send'), []);
    assert.equal(await field().inputValue(), 'see client.ts');
    await chat.painted();
    assert.equal(await chat.page.getByRole('listbox').count(), 0);
    assert.equal((await chat.posted('closeMentions')).length, 1);
  });

  it('is chosen by arrows and Tab, or by the mouse', async () => {
    await field().fill('@');
    await changed({ mentions: { filter: '', items } });
    await field().press('ArrowUp');
    await field().press('Tab');
    await field().pressSequentially('@');
    await chat.painted();
    await chat.page.getByRole('option').first().click();

    assert.deepEqual(
      (await chat.posted('attach')).map(({ key }) => key),
      ['p', 'selection'],
    );
    assert.equal(await field().inputValue(), '');
    assert.equal(await focused(), 'Message to Support Copilot');
  });

  it('leaves the character alone after Esc, which does not stop the answer', async () => {
    await chat.snapshot({
      ...state({ slash }),
      conversation: conversation(message('1', 'Q', { status: { type: 'answering' }, stoppable: true })),
    });
    await field().fill('@');
    await changed({ mentions: { filter: '', items } });
    await field().press('Escape');
    await chat.painted();
    assert.equal(await chat.page.getByRole('listbox').count(), 0);
    assert.deepEqual(await chat.posted('stop'), []);
    await field().pressSequentially('home');
    await field().press('Enter');
    assert.deepEqual(
      (await chat.posted('send')).map(({ query }) => query),
      ['@home'],
    );
  });

  it('opens the lists by buttons', async () => {
    await field().fill('see');
    await chat.page.getByRole('button', { name: 'Add context (@)' }).click();
    assert.equal(await field().inputValue(), 'see @');
    await field().fill('');
    await chat.page.getByRole('button', { name: 'Commands (/)' }).click();
    await chat.painted();
    assert.equal(await field().inputValue(), '/');
    assert.equal(await chat.page.getByRole('option').count(), 3);
  });

  it('runs a command by its name, and nothing is sent', async () => {
    await field().pressSequentially('/SU');
    await chat.painted();
    assert.equal(await chat.text('[role=option]'), '/summarizeSummarize');
    await field().press('Enter');

    assert.deepEqual(await chat.posted('slash'), [{ type: 'slash', name: 'summarize' }]);
    assert.equal(await field().inputValue(), '');
    assert.equal((await chat.posted('draft')).at(-1)?.text ?? '', '');

    await field().fill('/nothing');
    await field().press('Enter');
    assert.deepEqual(
      (await chat.posted('send')).map(({ query }) => query),
      ['/nothing'],
    );
  });

  it('recalls questions by ↑ in the empty text', async () => {
    await chat.snapshot({
      ...state(),
      conversation: conversation(
        message('1', 'First', { status: { type: 'done' } }),
        message('2', 'Second\nline', { status: { type: 'done' } }),
      ),
    });
    for (const [key, text] of [
      ['ArrowUp', 'Second\nline'],
      ['ArrowUp', 'First'],
      ['ArrowUp', 'First'],
      ['ArrowDown', 'Second\nline'],
      ['ArrowDown', ''],
    ] as const) {
      await field().press(key);
      assert.equal(await field().inputValue(), text);
    }
    await field().fill('Typed');
    await field().press('ArrowUp');
    assert.equal(await field().inputValue(), 'Typed');
  });

  it('is a chip where long text is pasted, and text after all if the person likes', async () => {
    const long = 'word '.repeat(3_000);
    const paste = (text: string): Promise<void> =>
      field().evaluate((element, pasted) => {
        const data = new DataTransfer();
        data.setData('text/plain', pasted);
        element.dispatchEvent(new ClipboardEvent('paste', { clipboardData: data, bubbles: true, cancelable: true }));
      }, text);
    await field().focus();
    await paste('short');
    assert.deepEqual(await chat.posted('paste'), []);
    await paste(long);
    await chat.painted();

    const [posted] = await chat.posted('paste');
    assert.equal(posted?.text, long);
    assert.equal(await chat.text('[role=status]'), 'Long text: it goes along as an attachment.');
    await chat.page.getByRole('button', { name: 'Put It into the Message' }).click();
    assert.equal(await field().inputValue(), long);
    assert.deepEqual(await chat.posted('detach'), [{ type: 'detach', key: posted?.key }]);
    await chat.painted();
    assert.equal(await chat.page.locator('.under').count(), 0);
  });

  it('is a file that is dropped on the page, which says that Shift is needed', async () => {
    const drag = (type: string, uris: string): Promise<void> =>
      chat.page.evaluate(
        ([name, text]) => {
          const dataTransfer = new DataTransfer();
          dataTransfer.setData('text/uri-list', text);
          const event = new DragEvent(name, { dataTransfer, bubbles: true, cancelable: true });
          document.querySelector('.transcript')?.dispatchEvent(event);
        },
        [type, uris] as const,
      );
    await drag('dragover', 'file:///a/b.ts');
    await chat.painted();
    assert.match(await chat.text('.drop'), /Hold Shift and drop to attach/);
    const box = await chat.page.locator('.drop').boundingBox();
    assert.ok((box?.height ?? 0) > 600);
    await drag('drop', 'file:///a/b.ts');
    await chat.painted();

    assert.equal(await chat.page.locator('.drop').count(), 0);
    assert.deepEqual(await chat.posted('drop'), [{ type: 'drop', uris: 'file:///a/b.ts' }]);
  });

  it('refuses a picture in one sentence where the app takes no files, and takes a text file without an address', async () => {
    const drop = (name: string, type: string, bytes: readonly number[]): Promise<void> =>
      chat.page.evaluate(
        ([file, mime, content]) => {
          const dataTransfer = new DataTransfer();
          dataTransfer.items.add(new File([new Uint8Array(content)], file, { type: mime }));
          dispatchEvent(new DragEvent('drop', { dataTransfer, bubbles: true, cancelable: true }));
        },
        [name, type, [...bytes]] as const,
      );
    await drop('board.png', 'image/png', [1]);
    await chat.page.locator('.under').waitFor();
    assert.equal(
      (await chat.text('.under')).trim(),
      'board.png: this app takes no files. Text files and pasted text work.',
    );
    await drop('dump.bin', '', [0xff, 0xfe, 0]);
    await chat.page.locator('.under', { hasText: 'dump.bin: this app' }).waitFor();
    await drop('notes.txt', 'text/plain', [104, 105]);
    await chat.waitForPosted('paste');

    assert.deepEqual(
      (await chat.posted('paste')).map(({ name, text }) => [name, text]),
      [['notes.txt', 'hi']],
    );
  });
});
