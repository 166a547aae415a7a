import assert from 'node:assert/strict';
import { World } from './world.ts';

describe('Conversations in which nothing was asked yet', () => {
  let world: World;
  beforeEach(() => {
    world = new World();
  });

  it('are listed with what is typed in them, can be opened again, and deleted', async () => {
    await world.ask('Hi');
    world.typed.set('unsent', 'From an earlier\nconversation');
    await world.part.list('', 'all');
    assert.deepEqual(
      world.list.rows.map(({ firstQuestion, name, state }) => `${name || firstQuestion} ${state}`),
      ['From an earlier conversation draft', 'Hi idle'],
    );
    await world.part.list('EARLIER', 'all');
    assert.deepEqual(world.titles, ['From an earlier conversation']);
    await world.part.open('unsent');
    assert.equal(world.talk.conversation?.key, 'unsent');

    await world.part.delete('unsent');
    assert.deepEqual([world.titles, world.left], [[], ['unsent']]);
    await world.part.undoDelete();
    assert.deepEqual(world.titles, ['From an earlier conversation']);
  });
});
