import assert from 'node:assert/strict';
import { utimes, writeFile } from 'node:fs/promises';
import path from 'node:path';
import type { ConversationFiles } from '../../../../src/host/conversationFiles.ts';
import { someConversation } from '../../../support/conversations.ts';
import { app, KeptTalk, Storage } from '../../../support/keptTalk.ts';
import { nothingTyped } from '../../../../src/conversation/storedTyped.ts';

describe('The conversations on this computer', () => {
  let storage: Storage;
  let files: ConversationFiles;

  beforeEach(async () => {
    storage = await Storage.make();
    files = storage.open();
  });

  afterEach(() => storage.remove());

  describe('that are too many or too old', () => {
    const aged = async (name: string, days: number): Promise<void> => {
      await new KeptTalk(files, someConversation({ key: name })).turn('m1', 1);
      const then = new Date(Date.now() - days * 86_400_000);
      await utimes(path.join(storage.folder, `${name}.json`), then, then);
    };

    it('give way, but not the pinned, the current, those in use and those in which something is typed', async () => {
      for (const name of ['pinned-1', 'typed-1', 'current-1', 'in-use-1', 'old-1']) await aged(name, 200);
      await aged('newer-1', 3);
      await aged('newer-2', 2);
      await aged('newer-3', 1);
      await files.update(app, 'pinned-1', (kept) => ({ ...kept, pinned: true }));
      const then = new Date(Date.now() - 200 * 86_400_000);
      await utimes(path.join(storage.folder, 'pinned-1.json'), then, then);
      await files.keepCurrent(app, 'current-1');
      const { journal } = new KeptTalk(files, someConversation({ key: 'typed-1' }));
      journal.typed({ ...nothingTyped, text: 'Typed' });
      await journal.flush();

      const reopened = storage.open({ days: 90, atMost: 2 });
      reopened.journal(app, someConversation({ key: 'in-use-1' }));
      await reopened.prune();

      const left = (await reopened.list(app)).map(({ conversation }) => conversation.key).sort();
      assert.deepEqual(left, ['current-1', 'in-use-1', 'newer-2', 'newer-3', 'pinned-1', 'typed-1']);
    });

    it('are what was put aside, and never became a file, too', async () => {
      await aged('newer-1', 1);
      const then = new Date(Date.now() - 100 * 86_400_000);
      for (const name of ['x.json.bad-1', 'x.json.123.new', 'x.json.lock']) {
        await writeFile(path.join(storage.folder, name), '');
        await utimes(path.join(storage.folder, name), then, then);
      }
      await writeFile(path.join(storage.folder, 'y.json.bad-2'), '');

      await storage.open().prune();

      assert.deepEqual(await storage.names(), ['newer-1.json', 'y.json.bad-2']);
    });
  });
});
