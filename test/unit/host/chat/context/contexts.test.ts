import assert from 'node:assert/strict';
import { EventEmitter } from 'vscode';
import type { ContextItem } from '../../../../../src/conversation/conversation.ts';
import { demoOrigin, type App } from '../../../../../src/host/app.ts';
import type { Attachment, Read } from '../../../../../src/host/chat/context/attachment.ts';
import { Contexts } from '../../../../../src/host/chat/context/contexts.ts';
import type { Home } from '../../../../../src/host/chat/talk.ts';
import type { FoundSecret } from '../../../../../src/host/source/foundSecrets.ts';
import { someConversation } from '../../../../support/conversations.ts';
import { testApp } from '../../../../support/hostState.ts';

/** A chat with conversations, and an editor whose files can be changed. */
class World {
  app: App | undefined = testApp('one');
  conversation = someConversation({ key: 'c1' });
  readonly #shown = new EventEmitter<void>();
  readonly onDidShow = this.#shown.event;
  readonly forgotten = new EventEmitter<Home>();
  readonly onDidForget = this.forgotten.event;
  /** Those that are connected beside the shown one. */
  readonly apps = new Map<string, App>();
  readonly files = new Map<string, string>();
  readonly said: string[] = [];
  readonly asked: string[] = [];
  readonly told: unknown[] = [];
  answer = true;
  readonly kept = new Map<string, readonly ContextItem[]>();
  readonly contexts = this.window();

  /** The contexts of a window; another one knows only what is kept. */
  window(): Contexts {
    const contexts = new Contexts({
      talk: this,
      apps: { find: (id) => (id === this.app?.id ? this.app : this.apps.get(id ?? '')) },
      kept: {
        of: (app, key) => this.kept.get(`${app} ${key}`) ?? [],
        keep: (app, key, items) => void this.kept.set(`${app} ${key}`, items),
      },
      say: (sentence) => this.said.push(sentence),
      meansSecrets: async (found: readonly FoundSecret[]) => {
        this.asked.push(...found.map(({ place }) => place));
        return this.answer;
      },
      find: async (item) => (this.files.has(item.name) ? this.file(item.name, item) : undefined),
    });
    contexts.onDidChange((state) => this.told.push(state));
    return contexts;
  }

  show(key: string): void {
    this.conversation = someConversation({ key });
    this.#shown.fire();
  }

  file(name: string, change: Partial<ContextItem> = {}): Attachment {
    const item = { key: `k ${name}`, kind: 'file' as const, name, lines: undefined, size: 0, ...change };
    const read = async (): Promise<Read> => {
      const text = this.files.get(name);
      return text === undefined ? { problem: `${name} is gone.` } : { text };
    };
    return { item, path: `/ws/${name}`, isLive: item.kind === 'file', read };
  }

  /** The conversation that is shown. */
  get home(): Home {
    return { appId: this.app?.id ?? '', key: this.conversation.key };
  }

  get chips(): readonly string[] {
    return this.contexts.state().contexts?.map(({ name, size }) => `${name} ${size}`) ?? [];
  }
}

describe('What is attached', () => {
  let world: World;
  beforeEach(() => {
    world = new World();
    world.files.set('a.ts', 'let a = 1;');
  });

  const sent = async (typed: string): Promise<string | undefined> =>
    (await world.contexts.ready(world.home)) ? (await world.contexts.take(typed, world.home)).query : undefined;

  it('is a chip with its size, once', async () => {
    const pressed = [
      world.contexts.attach(world.file('a.ts')),
      world.contexts.attach(world.file('a.ts', { key: 'x' })),
    ];
    assert.deepEqual(await Promise.all(pressed), [true, true]);

    assert.deepEqual(world.chips, ['a.ts 10']);
    assert.equal(world.told.length, 1);
  });

  it('goes along under the question, and leaves the composer', async () => {
    await world.contexts.attach(world.file('a.ts'));
    await world.contexts.attach(world.file('a.ts', { key: 's', kind: 'selection', lines: [3, 4] }));

    assert.equal(
      await sent('Why?'),
      'Why?\n\nFile a.ts:\n```ts\nlet a = 1;\n```\n\nFile a.ts, lines 3 to 4:\n```ts\nlet a = 1;\n```',
    );
    assert.deepEqual(world.chips, []);
    assert.equal(await sent('And?'), 'And?');
  });

  it('is forgotten, with its text, when its conversation is deleted', async () => {
    await world.contexts.attach(world.file('a.ts'));
    const items = world.contexts.state().contexts ?? [];
    world.kept.clear();
    world.files.clear();
    world.forgotten.fire(world.home);

    assert.deepEqual(world.chips, []);
    assert.equal((await world.contexts.take('?', world.home, items)).query, '?');
  });

  it('is a file as it is when it is sent, and a selection as it was selected', async () => {
    await world.contexts.attach(world.file('a.ts'));
    await world.contexts.attach(world.file('a.ts', { key: 's', kind: 'selection', lines: [1, 1] }));
    world.files.set('a.ts', 'changed');

    assert.ok(await world.contexts.ready(world.home));
    const { query, contexts } = await world.contexts.take('?', world.home);
    assert.match(query, /File a.ts:\n```ts\nchanged\n```\n\nFile a.ts, line 1:\n```ts\nlet a = 1;\n```$/);
    assert.deepEqual(
      contexts.map(({ size }) => size),
      [7, 10],
    );
  });

  it('goes along as it was read where the file is gone, and is not attached where it cannot be read', async () => {
    await world.contexts.attach(world.file('a.ts'));
    world.files.clear();
    assert.equal(await world.contexts.attach(world.file('b.ts')), false);

    assert.deepEqual(world.said, ['b.ts is gone.']);
    assert.match((await sent('?')) ?? '', /let a = 1;/);
  });

  it('goes along as it was read, where reading it fails', async () => {
    const failing = { ...world.file('a.ts'), read: () => Promise.reject(new Error('EACCES')) };
    assert.equal(await world.contexts.attach(failing), false);
    assert.deepEqual(world.said, ['a.ts is no file that can be read here.']);

    let isGone = false;
    const { read, ...one } = world.file('a.ts');
    await world.contexts.attach({ ...one, read: () => (isGone ? failing.read() : read()) });
    isGone = true;
    assert.match((await sent('?')) ?? '', /let a = 1;/);
  });

  it('comes back to the conversation that it came from, with what was attached since', async () => {
    await world.contexts.attach(world.file('a.ts'));
    await world.contexts.ready(world.home);
    const { contexts } = await world.contexts.take('?', world.home);
    world.files.set('b.ts', 'b');
    await world.contexts.attach(world.file('b.ts'));
    world.show('c2');
    assert.deepEqual(world.chips, []);
    world.contexts.giveBack(contexts);
    world.contexts.giveBack(contexts);
    assert.deepEqual(world.chips, []);
    world.show('c1');

    assert.deepEqual(world.chips, ['a.ts 10', 'b.ts 1']);
    assert.match((await sent('?')) ?? '', /let a = 1;[^]*b/);
  });

  it('goes with the question of its own conversation, whatever is shown and sent meanwhile', async () => {
    const { home } = world;
    await world.contexts.attach(world.file('a.ts'));
    world.show('c2');
    world.files.set('b.ts', 'let b;');
    await world.contexts.attach(world.file('b.ts'));
    await world.contexts.ready(home);
    await world.contexts.ready(world.home);

    assert.match((await world.contexts.take('?', home)).query, /^\?\n\nFile a.ts:[^]*let a = 1;\n```$/);
    assert.deepEqual(world.chips, ['b.ts 6']);
    assert.match((await world.contexts.take('?', world.home)).query, /^\?\n\nFile b.ts:[^]*let b;\n```$/);
  });

  it('is read anew for a question that waited through a restart', async () => {
    await world.contexts.attach(world.file('a.ts'));
    const items = world.contexts.state().contexts ?? [];
    const next = world.window();
    assert.deepEqual(next.state().contexts, items);

    assert.match((await next.take('?', world.home, items)).query, /let a = 1;/);
    assert.deepEqual(next.state().contexts, []);
  });

  it('is said to stay behind where nothing can be read after a restart', async () => {
    const pasted = { key: 'paste-1', kind: 'clipboard', name: '', lines: undefined, size: 3 } as const;
    world.kept.set('one c1', [pasted]);
    const next = world.window();
    assert.ok(await next.ready(world.home));

    assert.deepEqual(await next.take('?', world.home), { contexts: [], query: '?' });
    assert.deepEqual(world.said, ['Clipboard can no longer be read, and does not go along.']);
  });

  it('is cut where it is large, and this is said to the person and to the app', async () => {
    world.files.set('log.txt', 'é'.repeat(150 * 1024));
    await world.contexts.attach(world.file('log.txt'));

    assert.deepEqual(world.said, ['log.txt is large: its first 200 kB are attached.']);
    assert.deepEqual(world.chips, [`log.txt ${100 * 1024}`]);
    assert.match((await sent('?')) ?? '', /^\?\n\nFile log.txt: \(only the beginning\)\n```txt\né{102400}\n```$/);
  });

  it('leaves by its key, and no other chip', async () => {
    world.files.set('b.ts', 'b');
    await world.contexts.attach(world.file('a.ts'));
    await world.contexts.attach(world.file('b.ts'));
    world.contexts.detach('nothing');
    world.contexts.detach('k a.ts');

    assert.deepEqual(world.chips, ['b.ts 1']);
    assert.equal(world.told.length, 3);
  });

  describe('that looks like a secret', () => {
    const key = `ghp_${'a1B2c3D4e5F6g7H8i9J0'.repeat(2).slice(0, 36)}`;
    beforeEach(async () => {
      world.files.set('a.ts', `one\nconst key = "${key}";`);
      await world.contexts.attach(world.file('a.ts', { kind: 'selection', lines: [5, 6] }));
    });

    it('is asked about with the line in its file, and stays where the person says no', async () => {
      world.answer = false;
      assert.equal(await sent('?'), undefined);

      assert.deepEqual(world.asked, ['a.ts, line 6: a key of GitHub']);
      assert.equal(world.chips.length, 1);
      world.answer = true;
      assert.match((await sent('?')) ?? '', /ghp_/);
    });

    it('is asked about once for each server', async () => {
      assert.ok(await sent('?'));
      await world.contexts.attach(world.file('a.ts', { kind: 'selection', lines: [5, 6] }));
      assert.ok(await sent('?'));
      assert.equal(world.asked.length, 1);
    });

    it('is asked about for the app that it goes to, whichever is shown by then', async () => {
      const { home } = world;
      const shop = testApp('one');
      const demo = { ...testApp('demo'), baseUrl: `${demoOrigin}/v1` };
      world.apps.set(shop.id, shop);
      world.app = demo;
      assert.ok(await world.contexts.ready(home));
      assert.equal(world.asked.length, 1);
    });

    it('goes to the demo unasked, which never leaves this computer', async () => {
      world.app = { ...testApp('demo'), baseUrl: `${demoOrigin}/v1` };
      assert.ok(await sent('?'));
      assert.deepEqual(world.asked, []);
    });

    it('does not go with a question that waited, where the person says no', async () => {
      const items = world.contexts.state().contexts ?? [];
      world.answer = false;
      assert.equal((await world.window().take('?', world.home, items)).query, '?');
    });
  });

  it('is asked about where the file is one that holds secrets', async () => {
    world.files.set('.env', 'A=1');
    await world.contexts.attach(world.file('.env'));
    assert.ok(await sent('?'));
    assert.deepEqual(world.asked, ['.env: such a file holds secrets']);
  });
});
