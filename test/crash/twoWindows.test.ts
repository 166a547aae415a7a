import assert from 'node:assert/strict';
import path from 'node:path';
import { newConversation } from '../../src/conversation/conversation.ts';
import { openWorkshop, type Workshop } from './bundle.ts';
import { filesIn } from '../support/filesIn.ts';
import { Life } from './life.ts';

const app = 'the-app';

describe('Two windows that talk in one conversation', () => {
  let workshop: Workshop;

  before(async () => {
    workshop = await openWorkshop();
  });

  after(() => workshop.remove());

  it('lose none of a hundred turns, and nothing of what the conversation is called', async function () {
    this.timeout(60_000);
    const storage = path.join(workshop.folder, 'shared');
    const files = filesIn(storage);
    const conversation = { ...newConversation(), id: 'c-0', name: 'Ducks' };
    await files.write(app, conversation);
    await files.update(app, conversation.key, (kept) => ({ ...kept, pinned: true }));
    await files.keepCurrent(app, conversation.key);

    const windows = ['left', 'right'].map((name) => new Life(workshop.script, { storage, app, name, turns: 50 }));
    await Promise.all(windows.map((window) => window.begun()));
    for (const window of windows) window.go();
    const codes = await Promise.all(windows.map((window) => window.ended()));

    const kept = await files.read(app, conversation.key);
    const answers = kept?.conversation.messages.map(({ query, run }) => [query, run.text, run.status.type]) ?? [];
    const asked = ['left', 'right'].flatMap((name) =>
      Array.from({ length: 50 }, (_, turn) => `${name}: question ${turn + 1}`),
    );
    assert.deepEqual(
      [codes, windows.map(({ complaints }) => complaints)],
      [
        [0, 0],
        ['', ''],
      ],
    );
    assert.deepEqual(
      answers.toSorted((a, b) => String(a).localeCompare(String(b))),
      asked.map((query) => [query, query, 'done']).toSorted((a, b) => String(a).localeCompare(String(b))),
    );
    assert.deepEqual([kept?.pinned, kept?.conversation.name, kept?.conversation.id], [true, 'Ducks', 'c-echo']);
    const turnsOfOthers = answers.filter(
      ([query], index) => query?.slice(0, 4) !== answers[index - 1]?.[0]?.slice(0, 4),
    );
    assert.ok(turnsOfOthers.length > 10, `They took turns ${turnsOfOthers.length} times only`);
  });
});
