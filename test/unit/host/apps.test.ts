import assert from 'node:assert/strict';
import * as fc from 'fast-check';
import { demoOrigin } from '../../../src/host/app.ts';
import { Apps } from '../../../src/host/apps.ts';
import { CommonState } from '../../../src/host/commonState.ts';
import { memento, testApp } from '../../support/hostState.ts';

const one = testApp('one');
const two = testApp('two', { mode: 'completion' });
const demo = testApp('demo', { baseUrl: `${demoOrigin}/v1` });

function appsOf(stored: Readonly<Record<string, unknown>> = {}, workspace = memento(), setting: unknown = ''): Apps {
  return new Apps(new CommonState(memento(stored)), workspace, () => setting);
}

describe('The apps', () => {
  it('are in the order they were connected in, also after one is connected again', async () => {
    const apps = appsOf();
    await apps.save(one);
    await apps.save(two);
    await apps.save({ ...one, version: '1.15.0' });

    assert.deepEqual(
      apps.list().map(({ id, version }) => [id, version]),
      [
        ['one', '1.15.0'],
        ['two', '1.14.2'],
      ],
    );
  });

  it('keep the name that the person gave, and know what Dify calls them', async () => {
    const apps = appsOf();
    await apps.save(one);

    await apps.rename('one', '  Mine ');
    await apps.save({ ...one, name: 'New in Dify' });
    assert.deepEqual([apps.find('one')?.name, apps.find('one')?.ownName], ['Mine', 'New in Dify']);
    await apps.redesign('one', { name: 'Newer', description: 'D', emoji: '🦊' });
    assert.deepEqual([apps.find('one')?.name, apps.find('one')?.emoji], ['Mine', '🦊']);

    await apps.rename('one', '');
    assert.deepEqual([apps.find('one')?.name, apps.find('one')?.ownName], ['Newer', undefined]);
  });

  it('tell of a new design once', async () => {
    const apps = appsOf();
    await apps.save(one);
    let told = 0;
    apps.onDidChange(() => (told += 1));

    const design = { name: 'New', description: '', emoji: '' };
    await apps.redesign('one', design);
    await apps.redesign('one', design);

    assert.equal(apps.find('one')?.name, 'New');
    assert.equal(told, 1);
  });

  it('run the pinned version until it is let go of, also when they are connected anew', async () => {
    const apps = appsOf();
    await apps.save(one);
    await apps.pinVersion('one', 'v-1');
    await apps.save({ ...one, name: 'New' });
    assert.equal(apps.find('one')?.pinnedVersion, 'v-1');

    await apps.pinVersion('one', undefined);
    assert.equal(apps.find('one')?.pinnedVersion, undefined);
  });

  it('are shown to be talked with before they are to be run', async () => {
    const apps = appsOf();
    await apps.save(testApp('run', { mode: 'workflow' }));
    assert.equal(apps.chatApp()?.id, 'run');
    await apps.save(testApp('talk', { mode: 'agent' }));
    assert.equal(apps.chatApp()?.id, 'talk');
    await apps.save(testApp('newer', { mode: 'a-mode-of-tomorrow' }));

    await apps.remove('run');
    await apps.remove('talk');
    assert.equal(apps.chatApp(), undefined);
  });

  it('serve nothing any more once they are removed', async () => {
    const workspace = memento();
    const apps = appsOf({}, workspace);
    await apps.save(one);
    await apps.save(two);
    await apps.chooseChatApp(one);
    await apps.bind('summarize', two);
    await apps.bind('translate', one);

    await apps.remove('one');

    assert.deepEqual(
      apps.list().map(({ id }) => id),
      ['two'],
    );
    // What is left is no chat; it can be run there.
    assert.equal(apps.chatApp()?.id, 'two');
    assert.equal(apps.boundTo('translate'), undefined);
    assert.equal(apps.boundTo('summarize')?.id, 'two');
    assert.equal(workspace.get('chatApp'), undefined);
  });

  it('are those of the demo while it is on, and untouched when it is left', async () => {
    const workspace = memento();
    const apps = appsOf({}, workspace);
    await apps.save(one);
    await apps.chooseChatApp(one);
    await apps.bind('translate', one);

    await apps.startDemo([demo]);
    await apps.bind('translate', demo);
    await apps.chooseChatApp(demo);
    await apps.rename('demo', 'Renamed');
    assert.deepEqual([apps.inDemo, apps.list().map(({ name }) => name)], [true, ['Renamed']]);
    assert.deepEqual([apps.chatApp()?.id, apps.boundTo('translate')?.id], ['demo', 'demo']);
    assert.deepEqual(apps.own(), [one]);

    await apps.leaveDemo();
    assert.deepEqual([apps.inDemo, apps.list()], [false, [one]]);
    assert.deepEqual([apps.chatApp()?.id, apps.boundTo('translate')?.id], ['one', 'one']);
  });

  it('are those of the demo again after a reload, in that workspace alone', async () => {
    const workspace = memento();
    await appsOf({}, workspace).startDemo([demo]);

    assert.deepEqual(appsOf({}, workspace).list(), [demo]);
    assert.deepEqual(appsOf().list(), []);
  });

  it('leave the demo when the person connects one of their own', async () => {
    const workspace = memento();
    const apps = appsOf({}, workspace);
    await apps.startDemo([demo]);

    await apps.save(one);

    assert.deepEqual([apps.inDemo, apps.list()], [false, [one]]);
    assert.deepEqual(appsOf({}, workspace).inDemo, false);
  });

  it('take no app for one of the demo whose server is another', async () => {
    const apps = appsOf();
    await apps.startDemo([demo, one]);

    assert.deepEqual(apps.list(), [demo]);
  });

  it('survive whatever else is stored: what is healthy stays, and nothing throws', async () => {
    const key = fc.constantFrom('apps', 'bindings', 'user', 'revision', 'chatApp', 'demo', 'keysKept');
    await fc.assert(
      fc.asyncProperty(fc.dictionary(key, fc.jsonValue()), fc.array(fc.jsonValue()), async (stored, beside) => {
        const list = [...beside, one, ...beside];
        const everywhere = { ...stored, apps: list, bindings: { ...Object(stored['bindings']), translate: 'one' } };
        const apps = appsOf(everywhere, memento(stored));

        if (!apps.inDemo) assert.deepEqual([apps.find('one'), apps.boundTo('translate')], [one, one]);
        await apps.leaveDemo();
        assert.ok(apps.chatApp());
        assert.match(await apps.user(), /\S/);
        await apps.save(two);
        await apps.bind('summarize', two);
        assert.deepEqual([apps.find('one'), apps.boundTo('summarize')], [one, two]);
      }),
    );
  });
});

describe('The end user', () => {
  it('is one unguessable name that stays', async () => {
    const apps = appsOf();
    const [first, second] = await Promise.all([apps.user(), apps.user()]);

    assert.match(first, /^vscode-[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/);
    assert.equal(second, first);
    assert.notEqual(await appsOf().user(), first);
  });

  it('is another one after a reset', async () => {
    const apps = appsOf();
    const first = await apps.user();
    await apps.resetUser();

    assert.notEqual(await apps.user(), first);
  });

  it('is the one that the person set, without white space around it', async () => {
    assert.equal(await appsOf({}, memento(), '  ada@example.com ').user(), 'ada@example.com');
  });

  for (const setting of ['', '   ', 'x'.repeat(256), 7, null, {}]) {
    it(`is ours where ${JSON.stringify(setting).slice(0, 12)} was set`, async () => {
      assert.match(await appsOf({}, memento(), setting).user(), /^vscode-/);
    });
  }
});
