import assert from 'node:assert/strict';
import type { ChatWindow } from '../../../../support/chatWindow.ts';
import { KeptInMemory } from '../../../../support/keptInMemory.ts';
import { testApp } from '../../../../support/hostState.ts';
import { add, chips, file, FilesWorld, sent, uploaded, uploadNamed } from './filesWorld.ts';

for (const generation of ['a', 'b'] as const) {
  describe(`Files beside a question, on generation ${generation}`, () => {
    let world: FilesWorld;
    let window: ChatWindow;
    beforeEach(async () => {
      world = new FilesWorld(generation);
      window = await world.open();
    });

    it('are uploaded at once, go along with the question and stand in it', async () => {
      await add(window, file('dot.png'), file('note.txt'));
      assert.deepEqual(chips(window), ['dot.png image uploading', 'note.txt document uploading']);
      await uploaded(window);
      assert.deepEqual(chips(window), ['dot.png image ready', 'note.txt document ready']);

      await window.chat.send('Look.');

      assert.deepEqual(window.turns, [['Look.', 'I see an image. Answer: Look.', 'done']]);
      const [asked] = world.asked;
      assert.deepEqual(
        asked?.files,
        sent(window).map(({ mapping }) => mapping),
      );
      assert.deepEqual(
        asked?.files?.map(({ type, transfer_method }) => [type, transfer_method]),
        [
          ['image', 'local_file'],
          ['document', 'local_file'],
        ],
      );
      assert.deepEqual(
        sent(window).map(({ name, type, size }) => [name, type, size]),
        [
          ['dot.png', 'image', 4],
          ['note.txt', 'document', 4],
        ],
      );
      assert.deepEqual(chips(window), []);
      assert.match(world.uploaded[0] ?? '', new RegExp(`name="user"\\s+${asked?.user}\\s`));
    });

    it('rule 13: that the app does not take are refused before anything of them is sent: type, size, number', async () => {
      const large = { ...file('b.png'), size: 10 * 1024 * 1024 + 1, read: () => assert.fail('was read') };
      await add(window, file('a.exe'), large, file('1.md'), file('2.ts'), file('3.png'), file('4.md'));
      await uploaded(window);

      assert.deepEqual(
        window.files.state().uploads?.map(({ state, problem }) => problem || state),
        [
          'a.exe: this app accepts images, documents, .ts, .py. Remove it or convert it.',
          'b.png is 10.1 MB. The limit is 10 MB.',
          'ready',
          'ready',
          'ready',
          'The app takes 3 files at most.',
        ],
      );
      assert.equal(world.uploaded.length, 3);
      assert.ok(window.files.state().uploads?.every(({ state, canRetry }) => state === 'ready' || !canRetry));

      window.chat.draft('Look.');
      await window.chat.send('Look.');
      assert.deepEqual([world.asked, window.chat.shown?.typed.text], [[], 'Look.']);
      for (const name of ['a.exe', 'b.png', '4.md']) window.files.remove(uploadNamed(window, name).key);
      await window.chat.send('Look.');
      assert.equal(world.asked[0]?.files?.length, 3);
    });

    it(`rule 37: that another user uploaded are ${generation === 'a' ? 'taken' : 'uploaded again with the question'}`, async () => {
      await add(window, file('dot.png'));
      await uploaded(window);
      await window.shared.update('user', () => 'somebody-else');
      await window.chat.send('Look.');
      const [first] = window.conversation.messages;
      if (generation === 'a') return assert.equal(first?.run.status.type, 'done');

      assert.equal(first?.run.status.type, 'failed');
      assert.deepEqual(chips(window), ['dot.png image failed']);
      assert.match(uploadNamed(window, 'dot.png').problem, /^Dify no longer has dot\.png\./);
      await window.asking.askAgain(first?.key ?? '');

      assert.equal(window.conversation.messages.at(-1)?.run.status.type, 'done');
      assert.deepEqual([world.uploaded.length, chips(window)], [2, []]);
      assert.notDeepEqual(world.asked[1]?.files, world.asked[0]?.files);
    });

    it('rule 42: have names that the server takes', async () => {
      await add(window, file('a:b?.txt'));
      await uploaded(window);

      assert.match(world.uploaded[0] ?? '', /filename="a_b_\.txt"/);
      assert.deepEqual(chips(window), ['a:b?.txt document ready']);
    });

    it('are asked again with the same files, and so is another version of the question', async () => {
      await add(window, file('dot.png'));
      await window.chat.send('Look.');
      const key = window.conversation.messages[0]?.key ?? '';
      await window.asking.askAgain(key);
      await window.asking.editQuestion(key, 'Look again.', 'followUp');

      const [first, ...others] = world.asked.map(({ files }) => files);
      assert.equal(first?.length, 1);
      assert.deepEqual(others, [first, first]);
      assert.equal(world.uploaded.length, 1);
    });

    it('come back from the history as what can be sent again', async () => {
      await add(window, file('dot.png'));
      await window.chat.send('Look.');
      const { id = '' } = window.conversation;
      const kept = new KeptInMemory();
      kept.current.set('one', 'k');
      const user = await window.apps.user();
      const next = await world.open(kept);
      await next.shared.update('user', () => user);
      await next.chat.openConversation(testApp('one'), { ...next.conversation, key: 'k2', id, messages: [] });

      assert.deepEqual(
        sent(next).map(({ name, type, mapping }) => [name, type, mapping]),
        [['dot.png', 'image', world.asked[0]?.files?.[0]]],
      );
    });
  });
}
