import assert from 'node:assert/strict';
import type { ChatWindow } from '../../../../support/chatWindow.ts';
import { settled } from '../../../../support/scriptedDify.ts';
import { testApp } from '../../../../support/hostState.ts';
import { add, chips, file, FilesWorld, sent, uploaded, uploadNamed } from './filesWorld.ts';

const small = 'data:image/webp;base64,UklGRg==';

describe('Files beside a question', () => {
  let world: FilesWorld;
  let window: ChatWindow;
  beforeEach(async () => {
    world = new FilesWorld('b');
    window = await world.open();
  });

  it('tell how far they are, and hold the question until they are there', async () => {
    const gate = Promise.withResolvers<unknown>();
    world.gate = gate.promise;
    await add(window, file('a.md', 'x'.repeat(300_000)));
    window.chat.draft('Look.');
    const sending = window.chat.send('Look.');
    await settled();
    assert.deepEqual([world.asked, chips(window)], [[], ['a.md document uploading']]);

    gate.resolve(undefined);
    await sending;

    assert.equal(world.asked[0]?.files?.length, 1);
    const percents = world.told.flat().map(({ percent }) => percent);
    assert.ok(percents.some((percent) => percent > 0 && percent < 100));
    assert.deepEqual(
      percents,
      percents.toSorted((one, other) => one - other),
    );
  });

  it('can be cancelled: the question goes without them', async () => {
    world.gate = new Promise(() => {});
    await add(window, file('a.md'));
    const sending = window.chat.send('Look.');
    await settled();
    window.files.remove(uploadNamed(window, 'a.md').key);
    await sending;

    const [asked] = world.asked;
    assert.ok(asked !== undefined);
    assert.deepEqual([asked.files, world.uploaded, window.said], [undefined, [], []]);
  });

  it('that fail hold the question, say why, and are uploaded again', async () => {
    world.gate = Promise.reject(new TypeError('fetch failed'));
    await add(window, file('a.md'));
    await window.chat.send('Look.');
    assert.equal(world.asked.length, 0);
    const failed = uploadNamed(window, 'a.md');
    assert.match(failed.problem, /^a\.md: .+/);
    assert.ok(failed.canRetry);

    world.gate = Promise.resolve();
    await window.files.retry(failed.key);
    assert.deepEqual(chips(window), ['a.md document ready']);
    await window.chat.send('Look.');
    assert.equal(world.asked[0]?.files?.length, 1);
  });

  it('stay with their conversation', async () => {
    await add(window, file('a.md'));
    await window.chat.send('Look.');
    const first = window.conversation;
    await add(window, file('b.md'));
    await window.chat.newConversation();
    assert.deepEqual(chips(window), []);
    await uploaded(window);
    await window.chat.openConversation(testApp('one'), first);

    await uploaded(window);
    assert.deepEqual(chips(window), ['b.md document ready']);
  });

  it('survive the window: what is uploaded is sent, what was on its way is read again or given up', async () => {
    await add(window, file('a.md'));
    await uploaded(window);
    world.gate = new Promise(() => {});
    await add(window, { ...file('b.md'), uri: 'file:///b.md' }, file('image.png'));
    window.chat.draft('Look.');

    const user = await window.apps.user();
    const next = await world.open(window.kept);
    world.gate = Promise.resolve();
    assert.deepEqual(chips(next), ['a.md document ready', 'b.md document failed', 'image.png image failed']);
    assert.deepEqual(
      next.files.state().uploads?.map(({ problem, canRetry }) => [problem, canRetry]),
      [
        ['', false],
        ['b.md: the window was closed before it was uploaded.', true],
        ['image.png: the window was closed before it was uploaded.', false],
      ],
    );
    await next.shared.update('user', () => user);
    next.disk.set('file:///b.md', file('b.md'));
    await next.files.retry(uploadNamed(next, 'b.md').key);
    next.files.remove(uploadNamed(next, 'image.png').key);
    await next.chat.send('Look.');

    assert.equal(world.asked[0]?.files?.length, 2);
    assert.equal(next.turns[0]?.[2], 'done');
  });

  it('are uploaded again by their button where the server has lost them', async () => {
    await add(window, file('dot.png'));
    await uploaded(window);
    await window.shared.update('user', () => 'somebody-else');
    await window.chat.send('Look.');
    await window.files.retry(uploadNamed(window, 'dot.png').key);
    await window.chat.send('Look.');

    assert.deepEqual(
      window.turns.map(([, , status]) => status),
      ['failed', 'done'],
    );
  });

  it('wait in the queue with their question, and come back with it', async () => {
    const gate = Promise.withResolvers<unknown>();
    world.answering = gate.promise;
    const asking = window.chat.send('One');
    await add(window, file('a.md'));
    await uploaded(window);
    const queue = async (): Promise<string> => {
      void window.chat.send('Two');
      await settled();
      return window.chat.shown?.typed.queue[0]?.key ?? '';
    };
    const key = await queue();
    assert.deepEqual(chips(window), []);
    window.chat.shown?.editQueued(key);
    assert.deepEqual(chips(window), ['a.md document ready']);
    await queue();
    gate.resolve(undefined);
    await asking;

    assert.deepEqual(
      world.asked.map(({ files = [] }) => files.length),
      [0, 1],
    );
  });

  it('give the page a picture that is no larger than a megabyte', async () => {
    await add(window, file('dot.png'), file('large.png', new Uint8Array(1024 * 1024 + 1)), file('a.md'));
    await uploaded(window);
    assert.deepEqual(
      window.files.state().uploads?.map(({ picture }) => picture),
      ['data:image/png;base64,dGV4dA==', undefined, undefined],
    );
  });

  for (const wrong of [
    'https://example.org/a.png',
    'data:text/html;base64,AAAA',
    `data:image/webp;base64,${'A'.repeat(60_000)}`,
  ]) {
    it(`take no thumbnail from a page that is none: ${wrong.slice(0, 30)}`, async () => {
      await add(window, file('dot.png'));
      await uploaded(window);
      window.files.setThumbnail(uploadNamed(window, 'dot.png').key, wrong);
      const { picture, thumbnail } = uploadNamed(window, 'dot.png');
      assert.deepEqual([picture, thumbnail], [undefined, undefined]);
    });
  }

  it('have their thumbnail in the question', async () => {
    await add(window, file('dot.png'));
    await uploaded(window);
    window.files.setThumbnail(uploadNamed(window, 'dot.png').key, small);
    await window.chat.send('Look.');
    assert.deepEqual(
      sent(window).map(({ thumbnail }) => thumbnail),
      [small],
    );
  });

  it('are refused in a sentence where the app takes none', async () => {
    world = new FilesWorld('b', 'Plain chat');
    window = await world.open();
    await add(window, file('a.md'));

    assert.deepEqual(chips(window), []);
    assert.deepEqual(window.said, ['This app takes no files with a question. Only text can be attached.']);
    assert.equal((await window.chat.state()).app?.takesFiles, '');
  });
});
