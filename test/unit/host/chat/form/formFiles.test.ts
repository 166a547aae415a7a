import assert from 'node:assert/strict';
import { localFile, worldWith, type FormWorld } from './formWorld.ts';

describe('The files of the chat’s form', () => {
  const choose = (world: FormWorld, variable = 'logs'): Promise<unknown> =>
    Promise.resolve(world.part.acts().chooseFiles({ type: 'chooseFiles', variable }));

  it('are uploaded in sight, and stand in the field', async () => {
    const world = await worldWith();
    world.chosen = [localFile('kernel.txt')];

    await choose(world);

    assert.ok(world.told.some(({ uploads }) => uploads.some(({ name }) => name === 'kernel.txt')));
    assert.deepEqual(world.form.uploads, []);
    const [file] = [world.form.values['logs']].flat();
    assert.ok(typeof file === 'object' && file.name === 'kernel.txt' && file.size === 4);
    assert.deepEqual(world.form.takes, { photo: 'documents, up to 15 MB', logs: 'documents, up to 2, 15 MB each' });
  });

  it('are refused before anything of them is sent: type, size, number', async () => {
    const world = await worldWith();
    const large = { name: 'b.txt', size: 15 * 1024 * 1024 + 1, read: () => assert.fail('was read') };
    world.chosen = [localFile('a.exe'), large, localFile('c.md'), localFile('d.md'), localFile('e.md')];

    await choose(world);

    const names = [world.form.values['logs']].flat().map((file) => (typeof file === 'object' ? file.name : ''));
    assert.deepEqual(names, ['c.md', 'd.md']);
    assert.equal(
      world.form.problems['logs'],
      'a.exe: this app accepts documents. Remove it or convert it. b.txt is 15.1 MB. The limit is 15 MB. The app takes 2 files at most.',
    );
  });

  it('take the place of the one before where there can be but one', async () => {
    const world = await worldWith();
    for (const name of ['a.md', 'b.md']) {
      world.chosen = [localFile(name)];
      await choose(world, 'photo');
    }
    const files = [world.form.values['photo']].flat();
    assert.deepEqual(
      files.map((file) => (typeof file === 'object' ? file.name : '')),
      ['b.md'],
    );
  });

  it('can be cancelled, and one that is on its way holds the start', async () => {
    const world = await worldWith();
    const reading = Promise.withResolvers<Uint8Array>();
    world.chosen = [{ name: 'a.md', size: 1, read: () => reading.promise }];
    const adding = choose(world);
    await world.start({ name: 'Ada', product: 'X200' }, 'Q');
    assert.deepEqual([world.asked, world.conversation.inputs], [[], undefined]);

    await world.part.acts().cancelUpload({ type: 'cancelUpload', variable: 'logs', name: 'a.md' });
    reading.resolve(new Uint8Array([1]));
    await adding;

    assert.deepEqual([world.form.uploads, world.form.values['logs']], [[], undefined]);
    assert.deepEqual(world.form.problems, {});
  });

  it('say why the server did not take them', async () => {
    const world = await worldWith();
    world.chosen = [{ ...localFile('a.md'), read: () => Promise.reject(new Error('Gone')) }];

    await choose(world);

    assert.match(world.form.problems['logs'] ?? '', /^a\.md: Something went wrong/);
    assert.deepEqual(world.form.uploads, []);
  });
});
