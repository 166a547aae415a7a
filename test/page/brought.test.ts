import assert from 'node:assert/strict';
import type { FetchedFile } from '../../src/conversation/protocol.ts';
import { answerFile, answerWith, citation, wiring } from './broughtStates.ts';
import type { ChatPage } from './chatPage.ts';
import { freshPage } from './freshPage.ts';
import { app, picture } from './states.ts';

const place = '/files/tools/wiring.png';
const shown: FetchedFile = { state: 'shown', data: picture, problem: '' };

describe('Files of an answer', () => {
  let chat: ChatPage;
  freshPage((page) => (chat = page));

  const button = (name: string) => chat.page.getByRole('button', { name, exact: true });
  const fetched = (file: FetchedFile | undefined, at = place) => chat.events({ type: 'fetched', place: at, file });
  const wishes = async () => (await chat.posted('answerFile')).map(({ what, key, place: at }) => [what, key, at]);

  it('are fetched by nobody before they are pressed, and a picture is then to be seen, and opens', async () => {
    await chat.snapshot(answerWith({ files: [wiring] }, {}, app));
    assert.deepEqual(await wishes(), []);
    await button('Show wiring.png').click();
    await fetched({ state: 'fetching', data: '', problem: '' });
    await button('Cancel fetching wiring.png').click();
    await fetched(shown);
    await button('Open wiring.png').click();
    await button('Save wiring.png as').click();

    assert.equal(await chat.page.locator('.file-card img').getAttribute('src'), picture);
    assert.deepEqual(await wishes(), [
      ['show', '1', place],
      ['cancel', '1', place],
      ['open', '1', place],
      ['save', '1', place],
    ]);
  });

  it('whose link has expired offer a fresh one', async () => {
    await chat.snapshot(answerWith({ files: [wiring] }, {}, app));
    await fetched({ state: 'expired', data: '', problem: '' });
    assert.equal(await chat.text('.file-card .cut'), 'Link expired');
    await button('Get a fresh link for wiring.png').click();
    await fetched(undefined);

    assert.deepEqual(await wishes(), [['fresh', '1', place]]);
    assert.equal(await button('Show wiring.png').count(), 1);
  });

  it('are folded where there are more than six, and what has no address is none', async () => {
    const files = Array.from({ length: 9 }, (_, n) => answerFile(`page ${n}.pdf`));
    await chat.snapshot(answerWith({ files: [...files, answerFile('nothing', { url: '' })] }, {}, app));
    assert.equal(await chat.page.locator('.file-card').count(), 6);
    await button('3 more files').click();

    assert.equal(await chat.page.locator('.file-card').count(), 9);
  });

  it('that are sounds play in the page and are stopped', async () => {
    const sound = answerFile('beep.wav', { type: 'audio' });
    await chat.snapshot(answerWith({ files: [sound] }, {}, app));
    await button('Play beep.wav').click();
    await fetched({ state: 'shown', data: silence(30), problem: '' }, '/files/tools/beep.wav');
    await button('Stop beep.wav').click();
    await button('Play beep.wav').waitFor();

    assert.deepEqual(await wishes(), [['show', '1', '/files/tools/beep.wav']]);
  });
});

describe('Pictures in the text of an answer', () => {
  let chat: ChatPage;
  freshPage((page) => (chat = page));
  const own = `![Wiring](${wiring.url})`;
  const foreign = '![Logo](https://cdn.example.com/logo.png)';

  it('are shown by the host where they are of the app’s own server, and stay links elsewhere', async () => {
    await chat.snapshot(answerWith({ text: `${own}\n\n${foreign}\n\n![Same](https://${app.host}/a.png)` }, {}, app));
    assert.deepEqual(await chat.page.locator('.remote-image .btn').allTextContents(), [
      'Show Image',
      'Open Image…',
      'Show Image',
    ]);
    await chat.page.getByRole('button', { name: 'Show Image' }).first().click();
    await chat.events({ type: 'fetched', place, file: shown });

    assert.deepEqual(await chat.posted('showImage'), [{ type: 'showImage', key: '1', address: wiring.url }]);
    assert.equal(await chat.page.getByRole('img', { name: 'Wiring' }).getAttribute('src'), picture);
    assert.equal(await chat.page.locator('.md img').count(), 1);
  });

  it('say why one cannot be shown', async () => {
    await chat.snapshot(answerWith({ text: own }, {}, app));
    await chat.events({ type: 'fetched', place, file: { state: 'failed', data: '', problem: 'This is no picture.' } });

    assert.equal(await chat.text('.remote-image .cut'), 'Wiring · This is no picture.');
  });

  it('come unasked only where the person wants that of the app, each once and none of other servers', async () => {
    const state = answerWith({ text: `${own} ${foreign}`, files: [wiring, answerFile('a.pdf')] }, {}, app);
    await chat.snapshot({ ...state, showsImages: true });
    await chat.waitForPosted('showImage');
    await chat.events({ type: 'fetched', place, file: shown });
    await chat.events({ type: 'changed', state: { followUps: ['And?'] } });

    assert.deepEqual(
      (await chat.posted('answerFile')).map(({ what, place: at }) => [what, at]),
      [['show', place]],
    );
    assert.deepEqual(
      (await chat.posted('showImage')).map(({ address }) => address),
      [wiring.url],
    );
  });

  it('are wanted always, or not any more, in the menu of the app', async () => {
    await chat.snapshot(answerWith({ text: own }, {}, app));
    const choose = async () => {
      await chat.page.locator('.crumb.app').click();
      await chat.page.getByRole('menuitemcheckbox', { name: `Always Show Images of ${app.name}` }).click();
    };
    await choose();
    await chat.events({ type: 'changed', state: { showsImages: true } });
    await choose();

    assert.deepEqual(
      (await chat.posted('showImages')).map(({ always }) => always),
      [true, false],
    );
  });
});

describe('Sources of an answer', () => {
  let chat: ChatPage;
  freshPage((page) => (chat = page));
  const chip = (name: string) => chat.page.getByRole('button', { name, exact: true });
  const citations = [
    citation(1, 'router.md', { content: '<b>Not</b> markup, [no link](https://example.com)' }),
    citation(2, 'manual.pdf'),
    citation(3, 'router.md', { content: 'Export first.' }),
  ];

  it('are one chip for a document, which opens with all that was used of it, and is then looked for', async () => {
    await chat.snapshot(answerWith({ text: 'So.', citations }, {}, app));
    assert.deepEqual(await chat.page.locator('.chips .chip').allTextContents(), ['1, 3router.md', '2manual.pdf']);
    await chip('1, 3 router.md').click();
    await chat.waitForPosted('findSource', 2);

    assert.deepEqual(
      (await chat.posted('findSource')).map(({ key, at }) => [key, at]),
      [
        ['1', 0],
        ['1', 2],
      ],
    );
    assert.deepEqual(await chat.page.locator('.source blockquote').allTextContents(), [
      citations[0]?.content,
      'Export first.',
    ]);
    assert.equal(await chat.page.locator('.source a, .source b').count(), 0);
  });

  it('open the lines that were found, and offer nothing where none were', async () => {
    await chat.snapshot(answerWith({ text: 'So.', citations }, {}, app));
    await chip('1, 3 router.md').click();
    await chat.events({
      type: 'changed',
      state: {
        sources: {
          '1 0': { state: 'found', path: 'docs/router.md', lines: [12, 20] },
          '1 2': { state: 'none', path: '', lines: undefined },
        },
      },
    });
    await chip('Open docs/router.md, line 12').click();
    await chip('Copy Text').last().click();

    assert.deepEqual(await chat.posted('openSource'), [{ type: 'openSource', key: '1', at: 0 }]);
    assert.equal(await chat.page.locator('.source .codicon-go-to-file').count(), 1);
    assert.deepEqual(
      (await chat.posted('copy')).map(({ text }) => text),
      ['Export first.'],
    );
  });

  it('close by Esc and by the button, and the focus is back at the chip', async () => {
    await chat.snapshot(answerWith({ text: 'So.', citations }, {}, app));
    for (const close of ['Escape', 'Enter']) {
      await chip('2 manual.pdf').focus();
      await chat.page.keyboard.press('Enter');
      await chip('Close source').focus();
      await chat.page.keyboard.press(close);
      await chat.painted();

      assert.equal(await chat.page.locator('.source').count(), 0);
      assert.equal(await chat.page.evaluate(() => document.activeElement?.textContent), '2manual.pdf');
    }
  });
});

/** Silence of that many seconds, as the host hands on a sound. */
function silence(seconds: number): string {
  const rate = 8000;
  const size = rate * seconds;
  const header = Buffer.alloc(44);
  header.write('RIFF', 0);
  header.writeUInt32LE(36 + size, 4);
  header.write('WAVEfmt ', 8);
  header.writeUInt32LE(16, 16);
  header.writeUInt16LE(1, 20);
  header.writeUInt16LE(1, 22);
  header.writeUInt32LE(rate, 24);
  header.writeUInt32LE(rate, 28);
  header.writeUInt16LE(1, 32);
  header.writeUInt16LE(8, 34);
  header.write('data', 36);
  header.writeUInt32LE(size, 40);
  return `data:audio/wav;base64,${Buffer.concat([header, Buffer.alloc(size, 128)]).toString('base64')}`;
}
