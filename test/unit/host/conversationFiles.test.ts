import assert from 'node:assert/strict';
import { mkdir, readdir, writeFile } from 'node:fs/promises';
import path from 'node:path';
import type { ConversationFiles } from '../../../src/host/conversationFiles.ts';
import { someConversation, someQuestion } from '../../support/conversations.ts';
import { answered, app, key, KeptTalk, runs, says, started, Storage } from '../../support/keptTalk.ts';
import { nothingTyped } from '../../../src/conversation/storedTyped.ts';

describe('The conversations on this computer', () => {
  let storage: Storage;
  let files: ConversationFiles;

  beforeEach(async () => {
    storage = await Storage.make();
    files = storage.open();
  });

  afterEach(() => storage.remove());

  it('are not looked for, and nothing is made, before there is something to keep', async () => {
    files.journal(app, someConversation({ key }));

    assert.deepEqual(await readdir(storage.path), []);
    assert.deepEqual([await files.list(app), await files.count(), await files.current(app)], [[], 0, undefined]);
    assert.deepEqual([await files.read(app, key), await files.typed(app, key)], [undefined, undefined]);
    assert.deepEqual(await readdir(storage.path), []);
  });

  it('are in a log while an answer runs, and in a file when it has ended', async () => {
    const talk = new KeptTalk(files).tell(someQuestion({ query: 'Why?' }), ...runs('m1', started, says('Because')));
    await talk.journal.flush();
    assert.match((await storage.names()).join(' '), /^conversation-1\.\d+-\w+\.log$/);

    talk.tell(...runs('m1', says('.'), answered));
    await talk.journal.flush();

    assert.deepEqual(await storage.names(), ['conversation-1.json']);
    assert.deepEqual((await storage.open().read(app, key))?.conversation, talk.conversation);
    assert.deepEqual(storage.said, []);
  });

  it('have what a killed window was saying, told as incomplete, and fold it into the file with the next turn', async () => {
    const talk = new KeptTalk(files);
    await talk.turn('m1', 1);
    talk.tell(someQuestion({ key: 'm2', query: 'More?', askedAt: 2 }), ...runs('m2', started, says('Half an')));
    await talk.journal.flush();
    await storage.killWindows();

    const kept = await storage.open().read(app, key);
    const texts = kept?.conversation.messages.map(({ run }) => [run.text, run.status.type]);
    assert.deepEqual(texts, [
      ['m1', 'done'],
      ['Half an', 'incomplete'],
    ]);

    await new KeptTalk(storage.open(), kept?.conversation).turn('m3', 3);
    assert.deepEqual(await storage.names(), ['conversation-1.json']);
    assert.equal((await files.read(app, key))?.conversation.messages.length, 3);
  });

  it('have a conversation of which there is nothing but the log of a killed window', async () => {
    const talk = new KeptTalk(files, someConversation({ key, name: 'Ducks', inputs: { a: 1 } }));
    talk.tell(someQuestion({ query: 'Why?', askedAt: 5 }), ...runs('m1', started));
    await talk.journal.flush();
    await storage.killWindows();

    const [kept] = await storage.open().list(app);
    assert.deepEqual([kept?.conversation.id, kept?.conversation.name, kept?.changedAt], ['c', 'Ducks', 5]);
    assert.deepEqual(kept?.conversation.inputs, { a: 1 });
    assert.equal(kept.conversation.messages[0]?.run.messageId, 'm');
    assert.equal(await files.count(), 1);
  });

  it('remember what is typed, until nothing is', async () => {
    const { journal } = new KeptTalk(files);
    const typed = { ...nothingTyped, text: 'Half a thou', form: { name: 'Ann' } };
    journal.typed(typed);
    await journal.flush();
    assert.deepEqual(await storage.open().typed(app, key), typed);

    journal.typed(nothingTyped);
    await journal.flush();
    assert.deepEqual([await files.typed(app, key), await storage.names()], [undefined, []]);
  });

  it('keep nothing but what is typed where the person wants that', async () => {
    files = storage.open({ keep: false });
    const talk = new KeptTalk(files);
    talk.journal.typed({ ...nothingTyped, text: 'Typed' });
    await talk.turn('m1', 1);
    await files.write(app, talk.conversation);

    assert.deepEqual(await storage.names(), ['conversation-1.typed']);
  });

  it('keep nothing of the demo', async () => {
    const journal = files.journal('demo:1', someConversation({ key }));
    journal.note(someQuestion({}), someConversation({ key }));
    journal.typed({ ...nothingTyped, text: 'Typed' });
    await journal.flush();
    await files.keepCurrent('demo:1', key);
    await files.write('demo:1', someConversation({ key, id: 'c' }));

    assert.deepEqual(await readdir(storage.path), []);
  });

  it('write nothing any more of what was forgotten, and delete one, those of an app, or all', async () => {
    const talk = new KeptTalk(files);
    await talk.turn('m1', 1);
    talk.journal.typed({ ...nothingTyped, text: 'Typed' });
    talk.tell(someQuestion({ key: 'm2' }), ...runs('m2', started, answered));
    talk.journal.forget();
    await files.remove(app, key);
    await talk.journal.flush();
    assert.deepEqual(await storage.names(), []);

    await new KeptTalk(files).turn('m1', 1);
    const other = files.journal('app-two', someConversation({ key }));
    other.note({ type: 'named', name: 'Two' }, someConversation({ key, name: 'Two' }));
    await other.flush();
    assert.equal(await files.count(), 2);
    await files.remove(app);
    assert.equal(await files.count(), 1);
    await files.remove(undefined);
    assert.deepEqual(await readdir(storage.path), []);
  });

  it('remember the current one, find one by the id that Dify gave it, and are sorted by their last change', async () => {
    await new KeptTalk(files).turn('m1', 1);
    await files.write(app, someConversation({ key: 'conversation-2', id: 'c-2' }));
    await files.keepCurrent(app, key);

    const reopened = storage.open();
    assert.equal(await reopened.current(app), key);
    assert.equal((await reopened.byId(app, 'c-2'))?.conversation.key, 'conversation-2');
    assert.deepEqual(
      (await reopened.list(app)).map(({ conversation }) => conversation.key),
      [key, 'conversation-2'],
    );
  });

  it('read what version 0.1.0 kept, by the id that Dify gave it', async () => {
    const id = 'd0a1f3f2-0000-4000-8000-000000000001';
    const run = { text: 'A', status: { type: 'done' }, messageId: 'm', stoppable: true };
    const messages = [{ key: 'k', query: 'Q', askedAt: 1, run, forgotten: false }];
    await mkdir(storage.folder, { recursive: true });
    await writeFile(path.join(storage.folder, `${id}.json`), JSON.stringify({ version: 1, id, messages }));

    const kept = await files.byId(app, id);
    assert.equal(kept?.conversation.messages[0]?.run.text, 'A');
    await new KeptTalk(files, kept.conversation).turn('m2', 2);
    assert.equal((await storage.open().read(app, id))?.conversation.messages.length, 2);
    assert.deepEqual(await storage.names(), [`${id}.json`]);
  });

  it('stay in their folder, whatever apps and conversations are called', async () => {
    for (const name of ['../../escape', 'CON', '.', 'a/b', 'a_b', 'ä'.repeat(300)]) {
      const journal = files.journal(name, someConversation({ key: name }));
      journal.note({ type: 'named', name }, someConversation({ key: name, name }));
      await journal.flush();
      assert.equal((await files.read(name, name))?.conversation.name, name);
    }

    assert.deepEqual(
      [await readdir(storage.path), (await readdir(path.join(storage.path, 'conversations'))).length],
      [['conversations'], 6],
    );
  });
});
