import assert from 'node:assert/strict';
import type { ChatPage } from './chatPage.ts';
import { freshPage } from './freshPage.ts';
import { conversation, done, message, picture, state } from './states.ts';
import { filesApp, sentFile, upload, uploading } from './uploadStates.ts';

/** A picture of 300 × 150 pixels, as bytes. */
async function pictureBytes(chat: ChatPage): Promise<readonly number[]> {
  return await chat.page.evaluate(async () => {
    const canvas = new OffscreenCanvas(300, 150);
    canvas.getContext('2d')?.fillRect(10, 10, 50, 50);
    const blob = await canvas.convertToBlob({ type: 'image/png' });
    return [...new Uint8Array(await blob.arrayBuffer())];
  });
}

describe('Files beside the question', () => {
  let chat: ChatPage;
  freshPage((page) => (chat = page));
  beforeEach(async () => {
    await chat.snapshot(state({ app: filesApp }));
  });

  const field = (): ReturnType<ChatPage['page']['locator']> => chat.page.locator('textarea');
  const changed = (change: object): Promise<void> => chat.events({ type: 'changed', state: change });
  const give = (how: 'paste' | 'drop', name: string, type: string, bytes: readonly number[]): Promise<void> =>
    field().evaluate(
      (element, [event, file, mime, content]) => {
        const data = new DataTransfer();
        data.items.add(new File([new Uint8Array(content)], file, { type: mime }));
        const given = { bubbles: true, cancelable: true };
        element.dispatchEvent(
          event === 'paste'
            ? new ClipboardEvent('paste', { clipboardData: data, ...given })
            : new DragEvent('drop', { dataTransfer: data, ...given }),
        );
      },
      [how, name, type, [...bytes]] as const,
    );
  const size = (address: string): Promise<readonly [number, number]> =>
    chat.page.evaluate(async (src) => {
      const image = new Image();
      image.src = src;
      await image.decode();
      return [image.naturalWidth, image.naturalHeight] as const;
    }, address);

  it('are pasted and dropped as they are, a picture with its thumbnail', async () => {
    const bytes = await pictureBytes(chat);
    await give('paste', 'image.png', 'image/png', bytes);
    await chat.waitForPosted('attachBytes');
    await give('drop', 'a.pdf', 'application/pdf', [0x25, 0x50, 0xff, 0]);
    await chat.waitForPosted('attachBytes', 2);

    const [first, second] = await chat.posted('attachBytes');
    assert.deepEqual([...Buffer.from(first?.content ?? '', 'base64')], bytes);
    assert.deepEqual(await size(first?.thumbnail ?? ''), [96, 48]);
    assert.deepEqual(second, { type: 'attachBytes', name: 'a.pdf', content: 'JVD/AA==', thumbnail: '' });
    assert.equal(await chat.page.locator('.under').count(), 0);
  });

  it('that are too large for a message are refused in words', async () => {
    await field().evaluate((element) => {
      const clipboardData = new DataTransfer();
      const bytes = new Uint8Array(15 * 1024 * 1024 + 1).fill(255);
      clipboardData.items.add(new File([bytes], 'big.pdf', { type: 'application/pdf' }));
      element.dispatchEvent(new ClipboardEvent('paste', { clipboardData, bubbles: true, cancelable: true }));
    });
    await chat.page.locator('.under', { hasText: 'big.pdf is larger than 15 MB.' }).waitFor();
    assert.deepEqual(await chat.posted('attachBytes'), []);
  });

  it('are chips that tell how far they are, and say when they are there', async () => {
    await changed({ uploads: [upload({ state: 'uploading', percent: 40 })] });
    assert.equal(await chat.text('.composer .chip'), 'plan.pdf · 40 %');
    await changed({ uploads: [upload({})] });

    assert.equal(await chat.text('.composer .chip'), 'plan.pdf');
    assert.equal(await chat.text('[role=status]'), 'Uploaded plan.pdf');
    assert.equal(await chat.text('.composer-row .hint'), '410 kB');
  });

  it('are cancelled, removed and uploaded again by their buttons, and by the keyboard', async () => {
    await changed({ uploads: uploading });
    await chat.page.getByRole('button', { name: 'Cancel upload of board.png' }).click();
    await chat.page.getByRole('button', { name: /^Upload a very long name/ }).click();
    await field().press('Backspace');
    await chat.page.keyboard.press('ArrowLeft');
    await chat.page.keyboard.press('ArrowLeft');
    await chat.page.keyboard.press('Delete');

    const posted = await chat.posted('upload');
    assert.deepEqual(
      posted.map(({ what, key }) => `${what} ${key}`),
      ['remove u1', 'retry u5', 'remove u4'],
    );
    assert.equal(await chat.page.getByRole('button', { name: 'Upload dump.zip again' }).count(), 0);
    const under = await chat.text('.under');
    assert.match(under, /dump\.zip: this app accepts images, documents\. Remove it or convert it\./);
  });

  it('of this computer get their thumbnail from the page', async () => {
    await changed({ uploads: [upload({ type: 'image', picture })] });
    await chat.waitForPosted('thumbnail');

    const [posted] = await chat.posted('thumbnail');
    assert.equal(posted?.key, 'u');
    assert.deepEqual(await size(posted?.picture ?? ''), [2, 2]);
    await changed({ uploads: [upload({ type: 'image', picture: 'data:image/png;base64,AAAA', key: 'broken' })] });
    await chat.waitForPosted('thumbnail', 2);
    assert.equal((await chat.posted('thumbnail'))[1]?.picture, '');
  });

  it('are chosen by a button, which is there only where the app takes files; so is that for recordings', async () => {
    await chat.page.getByRole('button', { name: 'Attach files' }).click();
    await chat.page.getByRole('button', { name: /^Transcribe a recording .*no microphone/ }).click();
    assert.equal((await chat.posted('attachFiles')).length, 1);
    assert.equal((await chat.posted('transcribe')).length, 1);

    await chat.page.setViewportSize({ width: 200, height: 700 });
    await chat.page.getByRole('button', { name: 'Add files, context or a command' }).click();
    await chat.page.getByRole('menuitem', { name: 'Attach files' }).click();
    assert.equal((await chat.posted('attachFiles')).length, 2);
    await chat.snapshot(state());
    await chat.page.setViewportSize({ width: 320, height: 700 });
    assert.equal(await chat.page.getByRole('button', { name: /Attach files|Transcribe/ }).count(), 0);
  });

  it('are taken from the clipboard by a command, which says how to paste where there is no picture', async () => {
    await chat.events({ type: 'command', command: 'pastePicture' });
    await chat.page.locator('.under', { hasText: /There is no picture in the clipboard.*Ctrl\+V/ }).waitFor();
    const bytes = await pictureBytes(chat);
    await chat.page.evaluate((content) => {
      const blob = new Blob([new Uint8Array(content)], { type: 'image/png' });
      const item = new ClipboardItem({ 'image/png': blob });
      Object.defineProperty(navigator, 'clipboard', { value: { read: async () => [item] } });
    }, bytes);
    await chat.events({ type: 'command', command: 'pastePicture' });
    await chat.waitForPosted('attachBytes');

    const [posted] = await chat.posted('attachBytes');
    assert.deepEqual([posted?.name, posted?.content.length], ['image.png', 4 * Math.ceil(bytes.length / 3)]);
    assert.equal(await chat.page.locator('.under').count(), 0);
  });

  it('hold the question, which is sent again as soon as they do not', async () => {
    await changed({ uploads: uploading.slice(1, 2) });
    await field().fill('Look.');
    assert.equal(await chat.page.locator('.send').getAttribute('aria-disabled'), 'true');
    await field().press('Enter');
    await chat.waitForPosted('send');
    await chat.events({ type: 'draftReturned', text: 'Look.' });
    assert.match(await chat.text('[role=status]'), /^dump\.zip: .* Nothing is sent before that\.$/);
    assert.equal((await chat.text('.under')).trim(), await chat.text('[role=status]'));
    await changed({ uploads: [] });
    assert.equal(await chat.page.locator('.send').getAttribute('aria-disabled'), 'false');
    await field().press('Enter');
    await chat.waitForPosted('send', 2);
    assert.equal(await field().inputValue(), 'Look.');
  });

  it('stand in the question that they went along with', async () => {
    const files = [{ ...sentFile('screen.png'), type: 'image', thumbnail: picture }, sentFile('plan.pdf')];
    await chat.snapshot({
      ...state({ app: filesApp }),
      conversation: conversation({ ...message('1', 'What is it?', { text: 'A dot.', status: done }), files }),
    });

    assert.deepEqual(await chat.page.locator('.ask-bubble .chip').allTextContents(), ['screen.png', 'plan.pdf']);
    assert.equal(await chat.page.locator('.ask-bubble .chip img').getAttribute('src'), picture);
  });
});
