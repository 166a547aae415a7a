import assert from 'node:assert/strict';
import type { Variables } from '../../../../../src/conversation/protocol.ts';
import { VariablesPart } from '../../../../../src/host/chat/conversations/variablesPart.ts';
import { World } from './world.ts';

describe('The variables of a conversation', () => {
  let world: World;
  let part: VariablesPart;
  const variables = (): Variables => part.state().variables ?? assert.fail('They are not open');

  beforeEach(async () => {
    world = new World('advanced-chat');
    world.talk.conversation = await world.ask('How do I reset it?');
    part = new VariablesPart(world.ports);
    await part.read();
  });

  it('are those of the server, as text', () => {
    assert.deepEqual([variables().state, variables().problem], ['read', '']);
    assert.ok(variables().rows.length > 0);
  });

  it('are set by what the text says, and a wrong text is refused before it is sent', async () => {
    const row = variables().rows.find(({ type }) => type === 'string' || type === 'number') ?? assert.fail('None');
    world.calls.length = 0;
    await part.set(row.id, row.type === 'number' ? '41' : 'forty-one');

    assert.equal(variables().rows.find(({ id }) => id === row.id)?.value, row.type === 'number' ? '41' : 'forty-one');
    assert.deepEqual(
      world.calls.map((call) => call.split(' ')[0]),
      ['PUT'],
    );
  });

  it('stay as they are where the server cannot be told, which is said', async () => {
    const before = variables().rows;
    world.down = true;
    await part.set(before[0]?.id ?? '', before[0]?.type === 'number' ? '1' : 'one');

    assert.deepEqual(variables().rows, before);
    assert.notEqual(variables().problem, '');
  });

  it('are not told by a server that does not know of them, which is said in words', async () => {
    world.talk.conversation = { ...(world.talk.conversation ?? assert.fail()), id: crypto.randomUUID() };
    await part.read();

    assert.equal(variables().state, 'failed');
    assert.match(variables().problem, /^Dify has no variables of this conversation\./);
  });

  it('are none of any other app', async () => {
    const other = new World('chat');
    other.talk.conversation = await other.ask('Hi');
    const plain = new VariablesPart(other.ports);
    await plain.read();

    assert.equal(plain.state().variables?.problem, 'Only chatflows keep variables.');
    assert.deepEqual(other.calls, []);
  });
});
