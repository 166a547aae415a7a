import assert from 'node:assert/strict';
import { once } from 'node:events';
import { readFile, rm, utimes, writeFile } from 'node:fs/promises';
import path from 'node:path';
import type { ConversationFiles } from '../../../../src/host/conversationFiles.ts';
import { someConversation, someQuestion } from '../../../support/conversations.ts';
import { answered, app, deadProcess, key, KeptTalk, runs, says, started, Storage } from '../../../support/keptTalk.ts';
import { nothingTyped } from '../../../../src/conversation/storedTyped.ts';

describe('Conversations that several windows keep', () => {
  let storage: Storage;
  let files: ConversationFiles;

  beforeEach(async () => {
    storage = await Storage.make();
    files = storage.open();
  });

  afterEach(() => storage.remove());

  it('show the answer that another window reads just now as one without an end, until that window has it whole', async () => {
    const talk = new KeptTalk(files);
    await talk.turn('m1', 1);
    talk.tell(someQuestion({ key: 'm2', askedAt: 2 }), ...runs('m2', started, says('Running')));
    await talk.journal.flush();
    assert.equal(
      (await storage.open().read(app, key))?.conversation.messages.length,
      1,
      'This window has it in memory',
    );

    await storage.killWindows(process.ppid);
    const kept = await storage.open().read(app, key);
    const run = kept?.conversation.messages[1]?.run;
    assert.equal(run?.text, 'Running');
    assert.ok(run.status.type === 'incomplete');
    assert.equal(run.status.failure.advice, 'It is being read in another window.');

    await new KeptTalk(storage.open(), kept?.conversation).turn('m3', 3);
    assert.equal((await storage.names()).length, 2, 'The log is the other window’s');
    talk.tell(...runs('m2', says(' on.'), answered));
    await talk.journal.flush();
    const texts = (await files.read(app, key))?.conversation.messages.map((message) => message.run.text);
    assert.deepEqual(texts, ['m1', 'Running on.', 'm3']);
  });

  it('keep the turns of two windows, and what was pinned and named in between', async () => {
    const [left, right] = [new KeptTalk(files), new KeptTalk(storage.open())];
    await left.turn('l1', 1);
    await right.turn('r1', 2);
    await files.update(app, key, (kept) => ({ ...kept, pinned: true }));
    await files.update(app, key, (kept) => ({ ...kept, conversation: { ...kept.conversation, name: 'Ducks' } }));
    await Promise.all([left.turn('l2', 3), right.turn('r2', 4)]);
    await left.turn('l3', 5);

    const kept = await files.read(app, key);
    assert.deepEqual(
      kept?.conversation.messages.map((message) => message.key),
      ['l1', 'r1', 'l2', 'r2', 'l3'],
    );
    assert.deepEqual([kept.pinned, kept.conversation.name], [true, 'Ducks']);
  });

  it('do not bring back a message that was asked again in its place', async () => {
    const [left, right] = [new KeptTalk(files), new KeptTalk(storage.open())];
    await left.turn('l1', 1);
    left.tell(someQuestion({ key: 'l2', askedAt: 3, replaces: 'l1' }), ...runs('l2', started, answered));
    await left.journal.flush();
    await right.turn('r1', 2);
    await left.turn('l3', 4);

    const kept = await files.read(app, key);
    assert.deepEqual(
      kept?.conversation.messages.map((message) => message.key),
      ['r1', 'l2', 'l3'],
    );
  });

  it('tell of what another window wrote, and not of what this one did', async () => {
    await new KeptTalk(files).turn('m1', 1);
    const heard: string[] = [];
    const told = new EventTarget();
    const listening = files.onDidChange((written) => {
      heard.push(`${written.appId} ${written.key}`);
      told.dispatchEvent(new Event('heard'));
    });
    await new KeptTalk(files, someConversation({ key: 'conversation-2' })).turn('m1', 1);
    const hearing = once(told, 'heard');
    await new KeptTalk(storage.open(), (await files.read(app, key))?.conversation).turn('m2', 2);
    await hearing;

    assert.deepEqual(heard, [`${app} ${key}`]);
    listening.dispose();
  });

  it('put aside what cannot be read, tell of it once, and lose nothing else', async () => {
    await new KeptTalk(files, someConversation({ key: 'healthy-1' })).turn('m1', 1);
    for (const name of ['broken-1', 'broken-2'])
      await writeFile(path.join(storage.folder, `${name}.json`), '{"version":2,');

    const reopened = storage.open();
    assert.deepEqual(
      (await reopened.list(app)).map(({ conversation }) => conversation.key),
      ['healthy-1'],
    );
    await reopened.list(app);

    const put = (await storage.names()).filter((name) => name.includes('.bad-'));
    assert.equal(put.length, 2);
    assert.equal(await readFile(path.join(storage.folder, put[0] ?? ''), 'utf8'), '{"version":2,');
    assert.equal(storage.said.filter((words) => words.startsWith('A conversation that was kept')).length, 2);
  });

  for (const [version, extra] of [[3, {}] as const, [3, { messages: 'elsewhere' }] as const]) {
    it(`leave a file of a newer version as it is, ${'messages' in extra ? 'unread' : 'read'}, and say so once`, async () => {
      await new KeptTalk(files).turn('m1', 1);
      const file = path.join(storage.folder, 'conversation-1.json');
      const newer = JSON.stringify({ ...(JSON.parse(await readFile(file, 'utf8')) as object), version, ...extra });
      await writeFile(file, newer);

      const reopened = storage.open();
      const kept = await reopened.read(app, key);
      const talk = new KeptTalk(reopened, kept?.conversation);
      await talk.turn('m2', 2);
      await talk.turn('m3', 3);
      await reopened.update(app, key, (one) => ({ ...one, pinned: true }));

      assert.equal(await readFile(file, 'utf8'), newer);
      assert.equal(kept === undefined, 'messages' in extra);
      assert.equal(storage.said.filter((words) => words.includes('newer version')).length, 1);
    });
  }

  it('let the chat go on where nothing can be written, warn once, and write all when it can be again', async () => {
    const inTheWay = path.join(storage.path, 'conversations');
    await writeFile(inTheWay, 'no folder');
    const talk = new KeptTalk(files);
    await talk.turn('m1', 1);
    await talk.turn('m2', 2);
    talk.journal.typed({ ...nothingTyped, text: 'Typed' });
    await talk.journal.flush();
    assert.equal(storage.said.filter((words) => words.includes('cannot be kept')).length, 1);

    await rm(inTheWay);
    await talk.turn('m3', 3);
    assert.deepEqual((await files.read(app, key))?.conversation, talk.conversation);
  });

  it('wait for nobody who was killed in the middle of writing', async () => {
    await new KeptTalk(files).turn('m1', 1);
    const lock = path.join(storage.folder, 'conversation-1.json.lock');
    await writeFile(lock, `${deadProcess} gone`);
    await new KeptTalk(storage.open()).turn('m2', 2);

    const long = new Date(Date.now() - 3_000);
    await writeFile(lock, `${process.pid} asleep`);
    await utimes(lock, long, long);
    await new KeptTalk(storage.open()).turn('m3', 3);

    assert.deepEqual(await storage.names(), ['conversation-1.json']);
    assert.equal((await files.read(app, key))?.conversation.messages.length, 3);
  });
});
