import assert from 'node:assert/strict';
import { emptyConversation } from '../../../../../src/conversation/conversation.ts';
import { newRun } from '../../../../../src/conversation/run.ts';
import { undoTime } from '../../../../../src/host/chat/conversations/deletion.ts';
import { someConversation, someMessage } from '../../../../support/conversations.ts';
import { settled } from '../../../../support/testClock.ts';
import { World } from './world.ts';

const answered = { type: 'run', key: 'm1', event: { type: 'answered', usage: undefined } } as const;

/** What was begun and not waited for has ended. */
async function quiet(): Promise<void> {
  for (let turn = 0; turn < 20; turn++) await settled();
}

describe('The list of conversations', () => {
  let world: World;
  beforeEach(() => {
    world = new World();
  });

  it('has those of the server and those of this computer, each once', async () => {
    world.keep(await world.ask('Where is order 4711?'));
    await world.ask('Only the server has this one');
    world.keep(someConversation({ key: 'k9', messages: [someMessage({ query: 'Never taken' })] }));

    await world.part.list('', 'all');

    assert.equal(world.list.rows.length, 3);
    assert.deepEqual(
      world.list.rows.filter(({ local }) => !local).map(({ name }) => name),
      ['Only the server has …'],
    );
    await world.part.list('', 'workspace');
    assert.equal(world.list.rows.length, 2);
  });

  it('is of this computer while the server cannot be reached, and says why', async () => {
    world.keep(await world.ask('Where is order 4711?'));
    world.down = true;

    await world.part.list('', 'all');

    assert.deepEqual([world.titles, world.list.state], [['Where is order 4711?'], 'failed']);
    assert.notEqual(world.list.problem, '');

    world.down = false;
    await world.part.more();
    assert.deepEqual([world.list.state, world.list.problem], ['read', '']);
  });

  it('is searched in titles and in what was said, without asking the server', async () => {
    const run = { ...newRun, text: 'The access point renews its lease every hour.' };
    world.keep(someConversation({ key: 'k1', messages: [someMessage({ query: 'Why?', run })] }));
    world.keep(someConversation({ key: 'k2', messages: [someMessage({ query: 'A lease of a car' })] }));
    world.keep(someConversation({ key: 'k3', messages: [someMessage({ query: 'Else' })] }));
    await world.part.list('', 'all');
    world.calls.length = 0;

    await world.part.list(' LEASE ', 'all');

    assert.deepEqual(world.titles.toSorted(), ['A lease of a car', 'Why?']);
    assert.match(world.list.rows.find(({ key }) => key === 'k1')?.excerpt ?? '', /renews its lease/);
    assert.deepEqual(world.calls, []);
  });

  it('lets other work go on while it searches 200 long conversations', async () => {
    const run = { ...newRun, text: 'All work and no play. '.repeat(1_000) };
    for (let n = 0; n < 200; n++) {
      world.keep(someConversation({ key: `k${n}`, messages: [someMessage({ query: `Q ${n}`, run: { ...run } })] }));
    }
    await world.part.list('', 'all');
    let turns = 0;
    const counting = setInterval(() => turns++, 0);

    await world.part.list('nowhere to be found', 'all');
    clearInterval(counting);

    assert.deepEqual(world.titles, []);
    assert.ok(turns > 1, `${turns} turns of the event loop`);
  });

  it('opens one that only the server has, with its messages and inputs', async () => {
    const { id } = await world.ask('Only the server has this one');
    await world.part.list('', 'all');

    await world.part.open(id ?? '');

    assert.equal(world.talk.conversation?.messages[0]?.query, 'Only the server has this one');
    assert.notEqual(world.talk.conversation.messages[0].run.text, '');
    assert.deepEqual(world.talk.conversation.inputs, {});
  });

  it('says why one cannot be opened', async () => {
    const { id } = await world.ask('Only the server has this one');
    await world.part.list('', 'all');
    world.down = true;

    await world.part.open(id ?? '');

    assert.equal(world.talk.conversation, undefined);
    assert.notEqual(world.list.problem, '');
  });

  it('keeps what is pinned, and nothing of it is told to the server', async () => {
    const { id } = await world.ask('Only the server has this one');
    await world.part.list('', 'all');
    world.calls.length = 0;

    await world.part.pin(id ?? '', true);

    assert.deepEqual([world.list.rows[0]?.pinned, world.list.rows[0]?.local], [true, true]);
    assert.deepEqual(world.calls, ['GET /messages']);
  });

  it('is not there any more after it was closed', async () => {
    await world.part.list('', 'all');
    world.part.close();

    assert.equal(world.part.state().list, undefined);
  });
});

describe('The name of a conversation', () => {
  let world: World;
  beforeEach(() => {
    world = new World();
  });

  it('rule 45: is asked for once, after the first answer, and appears late', async () => {
    const asked = await world.ask('How do I reset an X200?');
    world.talk.conversation = asked;
    world.suggested = 'Resetting routers';
    const asking = world.happened.fire.bind(world.happened, { appId: 'one', key: asked.key, event: answered });
    asking();
    asking();
    await quiet();

    assert.deepEqual(world.calls, [`POST /conversations/${asked.id ?? ''}/name`]);
    assert.equal(world.talk.conversation.name, 'Resetting routers');
  });

  it('is none where the model failed and the server kept the beginning of the question', async () => {
    const asked = await world.ask('How do I reset an X200?');
    world.talk.conversation = asked;
    world.suggested = 'How do I reset an X2…';
    world.happened.fire({ appId: 'one', key: asked.key, event: answered });
    await quiet();

    assert.equal(world.talk.conversation.name, '');
  });

  it('is not asked for where there is one, and its failure is told to nobody', async () => {
    const asked = await world.ask('Hi');
    world.talk.conversation = { ...asked, name: 'Mine' };
    world.happened.fire({ appId: 'one', key: asked.key, event: answered });
    await quiet();
    assert.deepEqual(world.calls, []);

    world.talk.conversation = { ...asked, key: 'k2' };
    world.down = true;
    world.happened.fire({ appId: 'one', key: 'k2', event: answered });
    await quiet();
    assert.equal(world.part.state().list, undefined);
  });

  it('is the person’s, here and on the server', async () => {
    const asked = await world.ask('Hi');
    world.keep(asked);
    await world.part.list('', 'all');

    await world.part.rename(asked.key, '  Greetings  ');

    assert.deepEqual(world.titles, ['Greetings']);
    assert.equal(world.kept.get(asked.key)?.conversation.name, 'Greetings');
    assert.deepEqual(await world.onServer(), ['Greetings']);
  });

  it('stays as it was where the server cannot be told, which is said', async () => {
    const asked = await world.ask('Hi');
    world.keep(asked);
    await world.part.list('', 'all');
    world.down = true;

    await world.part.rename(asked.key, 'Greetings');

    assert.equal(world.kept.get(asked.key)?.conversation.name, '');
    assert.notEqual(world.list.problem, '');
  });

  it('comes from elsewhere to the conversation that is shown', async () => {
    const asked = await world.ask('Hi');
    world.keep(asked);
    world.talk.conversation = asked;
    const { renameConversation } = await import('../../../../../src/dify/conversations.ts');
    await renameConversation(world.client, { id: asked.id ?? '', name: 'From afar' }, AbortSignal.timeout(1_000));

    await world.part.list('', 'all');

    assert.equal(world.talk.conversation.name, 'From afar');
  });
});

describe('Deleting a conversation', () => {
  let world: World;
  beforeEach(async () => {
    world = new World();
    world.keep(await world.ask('Hi'));
    await world.part.list('', 'all');
    world.calls.length = 0;
  });

  const key = 'key of Hi';

  it('takes it out of sight at once and deletes it when it cannot be undone any more', async () => {
    await world.part.delete(key);

    assert.deepEqual([world.titles, world.list.deleted], [[], { key, title: 'Hi' }]);
    assert.deepEqual([world.calls, world.kept.size, world.left, world.dropped], [[], 1, [key], []]);

    world.timers[0]?.();
    await quiet();
    assert.deepEqual([await world.onServer(), world.kept.size, world.list.deleted], [[], 0, undefined]);
    assert.deepEqual(world.dropped, [key]);
    assert.ok(undoTime >= 10_000);
  });

  it('is undone as if nothing had happened', async () => {
    world.talk.conversation = world.kept.get(key)?.conversation;
    await world.part.delete(key);
    assert.equal(world.talk.conversation?.key, 'new');

    await world.part.undoDelete();

    assert.deepEqual([world.titles, world.list.deleted, world.timers.length], [['Hi'], undefined, 0]);
    assert.deepEqual(world.calls, []);
    assert.equal(world.talk.conversation.key, key);
  });

  it('is not made where the window closes before', async () => {
    await world.part.delete(key);
    world.part.dispose();

    assert.deepEqual([world.timers.length, world.kept.size, world.calls], [0, 1, []]);
  });

  it('is made at once when another one is deleted', async () => {
    world.keep(someConversation({ ...emptyConversation, key: 'k2', messages: [someMessage({ query: 'Two' })] }));
    await world.part.delete(key);
    await world.part.delete('k2');
    await quiet();

    assert.deepEqual([await world.onServer(), world.list.deleted?.title], [[], 'Two']);
  });

  it('brings the row back where the server fails, and says why', async () => {
    await world.part.delete(key);
    world.down = true;
    world.timers[0]?.();
    await quiet();

    assert.deepEqual([world.titles, world.kept.size, world.dropped], [['Hi'], 1, []]);
    assert.notEqual(world.list.problem, '');
    assert.deepEqual(world.said, []);
  });

  it('says that the server failed also where the list is not there any more', async () => {
    await world.part.delete(key);
    world.part.close();
    world.down = true;
    world.timers[0]?.();
    await quiet();

    assert.deepEqual(world.said, ['The connection to one.test broke.']);
  });

  it('rule 40: one that is gone from the server is as good as deleted', async () => {
    const { deleteConversation } = await import('../../../../../src/dify/conversations.ts');
    const id = world.kept.get(key)?.conversation.id ?? '';
    await deleteConversation(world.client, id, AbortSignal.timeout(1_000));
    await world.part.delete(key);
    world.timers[0]?.();
    await quiet();

    assert.deepEqual([world.titles, world.kept.size, world.list.problem], [[], 0, '']);
  });
});
