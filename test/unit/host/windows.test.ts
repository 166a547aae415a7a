import assert from 'node:assert/strict';
import { inspect } from 'node:util';
import { Apps } from '../../../src/host/apps.ts';
import { Keys } from '../../../src/host/keys.ts';
import { CommonState } from '../../../src/host/commonState.ts';
import { memento, sharedFile, testApp, testSecrets } from '../../support/hostState.ts';

interface Window {
  readonly apps: Apps;
  readonly keys: Keys;
  readonly shared: CommonState;
  /** What this window heard. */
  readonly heard: string[];
}

/** Two windows over one secret storage and one file, each with a copy of the state that never hears of the other's. */
function twoWindows(file = sharedFile(), secrets = testSecrets()): readonly [Window, Window] {
  const open = (): Window => {
    const shared = new CommonState(memento(), file);
    const apps = new Apps(shared, memento());
    const keys = new Keys({ secrets, shared, place: 'system', demoKey: () => undefined });
    const heard: string[] = [];
    apps.onDidChange(() => heard.push('apps'));
    keys.onDidChange((id) => heard.push(`key of ${id}`));
    return { apps, keys, shared, heard };
  };
  return [open(), open()];
}

const one = testApp('one');
const two = testApp('two');
const header = async ({ keys }: Window): Promise<string> =>
  (await keys.get(one)).authorizationFor(new URL('https://one.test/v1/info'));

describe('Another window', () => {
  it('sees an app that was connected, with its key', async () => {
    const [first, second] = twoWindows();
    await first.keys.set(one, 'app-first-key');
    await first.apps.save(one);
    await second.shared.refresh();

    assert.deepEqual(second.apps.list(), [one]);
    assert.equal(await header(second), 'Bearer app-first-key');
    assert.ok(second.heard.includes('apps') && second.heard.includes('key of one'));
  });

  it('is told no key', async () => {
    const file = sharedFile();
    const [first] = twoWindows(file);
    await first.keys.set(one, 'app-MarkedMarkedMarked');
    await first.apps.save(one);

    assert.match(file.text ?? '', /one\.test/);
    assert.doesNotMatch(file.text ?? '', /Marked/);
    assert.doesNotMatch(inspect(first, { depth: 20, showHidden: true }), /Marked/);
  });

  it('sends the key that took the place of another', async () => {
    const [first, second] = twoWindows();
    await first.keys.set(one, 'app-first-key');
    await header(second);
    await second.shared.refresh();
    second.heard.length = 0;

    await first.keys.set(one, 'app-second-key');

    assert.equal(await header(second), 'Bearer app-second-key');
    assert.deepEqual(new Set(second.heard), new Set(['key of one']));
  });

  it('loses an app that was removed, its key and its bindings', async () => {
    const [first, second] = twoWindows();
    await first.keys.set(one, 'app-first-key');
    await first.apps.save(one);
    await second.apps.bind('translate', one);

    await first.keys.delete(one);
    await first.apps.remove('one');
    await second.shared.refresh();

    assert.deepEqual(second.apps.list(), []);
    assert.equal(second.apps.boundTo('translate'), undefined);
    await assert.rejects(header(second), { kind: 'noKey', goneFrom: undefined });
  });

  it('signs out of what only the first one has in memory, too', async () => {
    const secrets = testSecrets();
    secrets.forgetful = true;
    const [first, second] = twoWindows(sharedFile({ told: false }), secrets);
    await first.keys.set(one, 'app-first-key');
    assert.equal(await header(first), 'Bearer app-first-key');

    await second.keys.deleteAll();
    await first.shared.refresh();

    await assert.rejects(header(first), { kind: 'noKey', goneFrom: undefined });
  });

  it('does not undo what the first one did, though it never heard of it', async () => {
    const [first, second] = twoWindows(sharedFile({ told: false }));
    await first.apps.save(one);
    const user = await first.apps.user();
    await second.apps.save(two);
    await first.apps.bind('translate', one);
    await first.shared.refresh();

    assert.deepEqual(
      [first, second].map(({ apps }) => apps.list()),
      [
        [one, two],
        [one, two],
      ],
    );
    assert.equal(await second.apps.user(), user);
  });

  it('is told once, and not by what it did itself', async () => {
    const [first, second] = twoWindows();
    await first.apps.save(one);
    await second.shared.refresh();
    await first.shared.refresh();

    assert.deepEqual([first.heard, second.heard], [['apps'], ['apps']]);
  });

  it('is as after the installation once all is deleted', async () => {
    const [first, second] = twoWindows();
    await first.keys.set(one, 'app-first-key');
    await first.apps.save(one);
    const user = await second.apps.user();

    await first.keys.deleteAll();
    await first.shared.deleteAll();
    await second.shared.refresh();

    assert.deepEqual(second.apps.list(), []);
    await assert.rejects(header(second), { kind: 'noKey', goneFrom: undefined });
    assert.notEqual(await second.apps.user(), user);
    assert.equal(await first.apps.user(), await second.apps.user());
  });

  it('keeps nothing in its own copy either once all is deleted, and what came later stays', async () => {
    const file = sharedFile();
    const [mine, other] = [memento(), memento({ unencryptedOrigins: ['http://one.test'] })];
    const [first, second] = [new CommonState(mine, file), new CommonState(other, file)];
    await second.update('apps', () => [one]);
    await first.deleteAll();
    await second.refresh();
    assert.equal(other.get('unencryptedOrigins'), undefined);

    await other.update('addresses', ['https://two.test/v1']);
    await first.update('apps', () => [two]);
    await second.refresh();
    await second.update('apps', () => [one, two]);

    assert.deepEqual(other.get('addresses'), ['https://two.test/v1']);
    assert.deepEqual(second.get('apps'), [one, two]);
  });

  for (const text of [
    '',
    'x',
    '[]',
    '{"revision":"9"}',
    '{"revision":1e300,"state":{}}',
    '{"revision":9,"state":[1]}',
  ]) {
    it(`ignores a file that holds ${text || 'nothing'}`, async () => {
      const file = sharedFile();
      const [first] = twoWindows(file);
      await first.apps.save(one);
      file.text = text;

      await first.shared.refresh();
      await first.apps.save(two);

      assert.deepEqual(first.apps.list(), [one, two]);
    });
  }

  it('takes no older state from a file that others stopped writing', async () => {
    const file = sharedFile();
    const [first] = twoWindows(file);
    await first.apps.save(one);
    const old = file.text;
    await first.apps.save(two);
    file.text = old;

    await first.shared.refresh();

    assert.deepEqual(first.apps.list(), [one, two]);
  });
});
