import assert from 'node:assert/strict';
import { newConversation } from '../../../../../src/conversation/conversation.ts';
import type { FormState } from '../../../../../src/conversation/protocol.ts';
import type { FormEntry } from '../../../../../src/demo/apps.ts';
import { someMessage } from '../../../../support/conversations.ts';
import { everyField, localFile, textField, worldWith } from './formWorld.ts';

describe('The form of the chat', () => {
  for (const generation of ['a', 'b'] as const) {
    for (const mode of ['chat', 'advanced-chat'] as const) {
      it(`sends what ${mode} of ${generation} takes, of every kind of control`, async () => {
        const world = await worldWith({ generation, mode });
        world.chosen = [localFile('kernel.txt'), localFile('router.md')];
        await world.part.acts().chooseFiles({ type: 'chooseFiles', variable: 'logs' });

        await world.start({
          name: ' Ada ',
          happened: '',
          product: 'X300',
          region: '',
          seats: '１２',
          archive: true,
          photo: [{ name: '', mapping: { transfer_method: 'remote_url', url: 'https://example.org/a.pdf' } }],
          settings: '{"band": 5}',
          ticket: '4711',
        });

        assert.deepEqual(world.form.problems, {});
        const { logs, ...inputs } = world.conversation.inputs ?? {};
        assert.deepEqual(inputs, {
          name: ' Ada ',
          happened: '',
          product: 'X300',
          seats: 12,
          archive: true,
          photo: { type: 'document', transfer_method: 'remote_url', url: 'https://example.org/a.pdf' },
          settings: { band: 5 },
          ticket: '4711',
        });
        assert.equal(Array.isArray(logs) && logs.length, 2);
        assert.equal(await world.ask(), 'answered');
      });

      it(`lets through a question to ${mode} of ${generation} whose form asks for nothing, with the owner's defaults`, async () => {
        const form = everyField.map((entry): FormEntry => {
          const [[type, control] = ['', undefined]] = Object.entries(entry);
          return control === undefined ? entry : { [type]: { ...control, required: false } };
        });
        const world = await worldWith({ generation, mode, form });
        world.type({ name: 'Ada' });

        assert.equal(await world.ready('Hello'), true);
        assert.deepEqual(world.conversation.inputs, {
          name: 'Ada',
          happened: '',
          seats: 2,
          archive: false,
          ticket: '',
        });
        assert.equal(await world.ask(), 'answered');
      });
    }
  }

  it('keeps a question that comes before the form, and asks it after', async () => {
    const world = await worldWith();

    assert.equal(await world.ready('Why does it drop?'), false);
    assert.equal(world.form.waiting?.query, 'Why does it drop?');
    assert.equal(world.conversation.inputs, undefined);

    await world.start({ name: 'Ada', product: 'X200' }, 'Why does it drop?');
    assert.deepEqual(world.asked, ['Why does it drop?']);
    assert.equal(world.form.waiting, undefined);
    assert.equal(await world.ready('Next'), true);
  });

  it('asks in its own conversation, whichever is shown when the form was read', async () => {
    const world = await worldWith();
    const { conversation } = world;

    const starting = world.start({ name: 'Ada', product: 'X200' }, 'Why?');
    world.leave();
    await starting;

    assert.deepEqual(world.asked, [`Why? in ${conversation.key}`]);
    assert.equal(world.left[0]?.inputs?.['name'], 'Ada');
    assert.equal(world.conversation.inputs, undefined);
  });

  it('is not submitted by a button of a form that is shown no more, and keeps what was typed there', async () => {
    const world = await worldWith();
    const { key } = world.conversation;
    world.leave();
    const values = { name: 'Ada', product: 'X200' };

    await world.part.acts().start({ type: 'start', values, query: 'Why?', key });
    await world.part.acts().changeInputs({ type: 'changeInputs', values, where: 'here', key });

    assert.deepEqual(world.asked, []);
    assert.equal(world.conversation.inputs, undefined);
    assert.deepEqual(world.drafts.get(key), values);
  });

  it('is submitted once, whatever is pressed twice', async () => {
    const world = await worldWith();
    const values = { name: 'Ada', product: 'X200' };

    await Promise.all([world.start(values, 'One?'), world.start(values, 'One?')]);
    await world.start(values, 'One?');

    assert.deepEqual(world.asked, ['One?']);
  });

  it('does not begin with something to be mended, and says what', async () => {
    const world = await worldWith();

    await world.start({ name: 'x'.repeat(49), seats: 'twelve' }, 'Q');

    assert.deepEqual(world.form.problems, {
      name: 'Too long by 1 character.',
      product: 'The app needs a value here.',
      seats: 'Enter a number, for example 12.',
    });
    assert.deepEqual([world.asked, world.conversation.inputs], [[], undefined]);
    world.type({ seats: '12' });
    assert.deepEqual(Object.keys(world.form.problems), ['name', 'product']);
  });

  it('keeps what is typed with its conversation, also when another is shown', async () => {
    const world = await worldWith();
    const { key } = world.conversation;
    world.conversation = newConversation();

    world.type({ name: 'Ada' }, key);
    assert.deepEqual(world.form.values, {});
    world.type({ name: 'x' }, 'a conversation that nobody saw');

    assert.deepEqual([...world.drafts], [[key, { name: 'Ada' }]]);
  });

  it('takes of a page what can stand in a field, and no upload that was not made here', async () => {
    const world = await worldWith();
    const foreign = { type: 'document', transfer_method: 'local_file', upload_file_id: 'of-somebody-else' };

    world.type({
      name: true,
      archive: 'yes',
      other: 'x',
      photo: [{ name: 'a.pdf', mapping: foreign }],
      logs: [{ name: 'x', mapping: { transfer_method: 'remote_url', url: 'file:///etc/passwd' } }],
      product: 'X200',
    });

    assert.deepEqual(world.form.values, { photo: [], logs: [], product: 'X200' });
  });

  it('finds out before a question that the form of a chatflow asks for more now', async () => {
    const world = await worldWith({ mode: 'advanced-chat' });
    world.conversation = { ...world.conversation, inputs: { name: 'Ada' }, messages: [someMessage({})] };

    assert.equal(await world.ready('Next'), false);
    assert.equal(world.form.outdated, true);

    await world.start({ product: 'X200' }, 'Next');
    assert.deepEqual(world.asked, ['Next']);
    assert.equal(world.conversation.inputs?.['product'], 'X200');
    assert.equal(world.form.outdated, false);
  });

  it('goes on with a chat app by the form that the conversation began with', async () => {
    const world = await worldWith();
    world.conversation = { ...world.conversation, inputs: { first: 'x' }, messages: [someMessage({})] };

    assert.equal(await world.ready('Next'), true);
    const values = { name: 'Ada', product: 'X200' };
    await world.part.acts().changeInputs({ type: 'changeInputs', values, where: 'here' });

    const { first, name } = world.conversation.inputs ?? {};
    assert.deepEqual([first, name], ['x', 'Ada']);
  });

  it('opens again when the server misses what it did not ask for before', async () => {
    const world = await worldWith({ form: [textField] });
    world.conversation = { ...world.conversation, inputs: {}, messages: [someMessage({})] };
    const details = '400 invalid_param name is required in input form';
    assert.match(await world.ask(), /name is required in input form/);
    const opened = new Promise<FormState | undefined>((resolve) => world.part.onDidChange(({ form }) => resolve(form)));

    const failure = { fact: 'The app refused the request.', advice: '', remedy: 'retry', details } as const;
    const { key } = world.conversation;
    const event = { type: 'run', key: 'm1', event: { type: 'failed', failure } } as const;
    world.happened.fire({ appId: world.app.id, key, event });

    assert.equal((await opened)?.outdated, true);
  });

  it('changes inputs here, or in a new conversation and leaves this one as it is', async () => {
    const world = await worldWith();
    await world.start({ name: 'Ada', product: 'X200' });
    const before = world.conversation;

    await world.part.acts().changeInputs({ type: 'changeInputs', values: { product: 'X300' }, where: 'here' });
    assert.deepEqual([world.conversation.key, world.conversation.inputs?.['product']], [before.key, 'X300']);

    world.type({ name: 'Bob' });
    await world.part.acts().changeInputs({ type: 'changeInputs', values: { name: 'Bob' }, where: 'newConversation' });
    assert.notEqual(world.conversation.key, before.key);
    assert.deepEqual([world.conversation.inputs?.['name'], world.conversation.inputs?.['product']], ['Bob', 'X300']);
    assert.deepEqual(world.drafts.get(before.key), {});
  });

  it('takes a choice back: what is not set any more is not sent', async () => {
    const world = await worldWith();
    await world.start({ name: 'Ada', product: 'X200', region: 'North' });
    assert.equal(world.conversation.inputs?.['region'], 'North');

    await world.part.acts().changeInputs({ type: 'changeInputs', values: { region: '' }, where: 'here' });

    assert.equal('region' in (world.conversation.inputs ?? {}), false);
  });
});
