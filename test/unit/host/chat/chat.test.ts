import { someConversation } from '../../../support/conversations.ts';
import assert from 'node:assert/strict';
import { setImmediate } from 'node:timers/promises';
import type { Conversation } from '../../../../src/conversation/conversation.ts';
import type { Repair } from '../../../../src/conversation/failure.ts';
import { demoOrigin, type App } from '../../../../src/host/app.ts';
import { AppDetails } from '../../../../src/host/appDetails.ts';
import { Apps } from '../../../../src/host/apps.ts';
import { Chat } from '../../../../src/host/chat/chat.ts';
import type { ChatPorts } from '../../../../src/host/chat/chatPorts.ts';
import { reach } from '../../../../src/host/chat/reach.ts';
import { Clients } from '../../../../src/host/clients.ts';
import { Health } from '../../../../src/host/health.ts';
import { Keys } from '../../../../src/host/keys.ts';
import { Log } from '../../../../src/host/log.ts';
import { CommonState } from '../../../../src/host/commonState.ts';
import { logChannel } from '../../../support/logChannel.ts';
import { sse, streamOf } from '../../../support/difyClient.ts';
import { memento, testApp, testSecrets } from '../../../support/hostState.ts';

const one = testApp('one');

/** A window with a chat app and its key, and a server that answers everything. */
class World {
  readonly secrets = testSecrets();
  readonly workspace = memento();
  readonly shared = new CommonState(memento());
  readonly apps = new Apps(this.shared, this.workspace);
  readonly keys = new Keys({
    secrets: this.secrets,
    shared: this.shared,
    place: 'keyring',
    demoKey: () => 'app-demo-key',
  });
  readonly written: Conversation[] = [];
  /** The local copies that there are. */
  kept: readonly Conversation[] = [];
  /** Paths with the key that each came with. */
  readonly asked: string[] = [];
  /** The questions as they were sent. */
  readonly sent: unknown[] = [];
  readonly repairs: Repair[] = [];
  /** Whether an answer begins and does not go on. */
  slow = false;
  /** Whether servers may be asked unasked. */
  trusted = true;
  /** Paths that were read. */
  readonly read: string[] = [];
  /** Whether nothing answers. */
  down = false;
  readonly health = new Health();
  readonly clients = new Clients({
    apps: this.apps,
    keys: this.keys,
    health: this.health,
    fetch: async (url, init) => {
      if (this.down) throw new TypeError('fetch failed');
      return this.#answer(new URL(url), init);
    },
  });
  readonly log = new Log(logChannel().channel);
  readonly chat: Chat;

  constructor() {
    const { apps, clients, health, log, workspace } = this;
    const details = new AppDetails({ apps, clients, log });
    const files = {
      byId: (_: string, id: string) => {
        const conversation = this.kept.find((kept) => kept.id === id);
        return Promise.resolve(conversation && { conversation });
      },
      journal: () => {
        let forgotten = false;
        return {
          note: (_: unknown, conversation: Conversation) => {
            if (!forgotten) this.written.push(conversation);
          },
          flush: () => Promise.resolve(),
          forget: () => {
            forgotten = true;
            this.written.length = 0;
          },
        };
      },
    } as unknown as ChatPorts['files'];
    const repair = (app: App, remedy: Repair): Promise<App> => this.#repair(app, remedy);
    const readsUnasked = (): boolean => this.trusted;
    this.chat = new Chat({ apps, clients, details, files, workspace, log, health, repair, readsUnasked });
    apps.onDidChange(() => this.chat.reopen());
  }

  async begin(): Promise<void> {
    await this.keys.set(one, 'app-first-key');
    await this.apps.save(one);
    await this.chat.state();
  }

  #answer({ pathname }: URL, { body, headers, signal }: RequestInit): Response {
    if (!pathname.endsWith('/chat-messages')) {
      this.read.push(pathname);
      return Response.json({ data: [] });
    }
    this.sent.push(JSON.parse(typeof body === 'string' ? body : ''));
    this.asked.push(new Headers(headers).get('authorization') ?? '');
    const ids = { message_id: 'm1', conversation_id: 'c1', task_id: 't1' };
    const begun = Buffer.from(sse({ event: 'message', answer: 'Hi', ...ids }));
    if (!this.slow) return streamOf([begun, Buffer.from(sse({ event: 'message_end', ...ids }))]);
    const open = new ReadableStream({
      start: (controller) => {
        controller.enqueue(begun);
        signal?.addEventListener('abort', () => controller.error(new Error('aborted')));
      },
    });
    return new Response(open, { headers: { 'content-type': 'text/event-stream' } });
  }

  async #repair(app: App, remedy: Repair): Promise<App> {
    this.repairs.push(remedy);
    await this.keys.set(app, 'app-second-key');
    await this.apps.save(app);
    return app;
  }
}

describe('The chat', () => {
  let world: World;

  beforeEach(async () => {
    world = new World();
    await world.begin();
  });

  it('sends a message whose key had vanished, in its place, once the key is entered again', async () => {
    world.secrets.kept.clear();
    await world.chat.send('Where were we?');
    const [failed] = (await world.chat.state()).conversation.messages;
    assert.equal(failed?.run.status.type, 'failed');
    const failure = failed.run.status.type === 'failed' ? failed.run.status.failure : undefined;
    assert.equal(failure?.fact, 'The API key for one.test is gone from the secret storage.');
    assert.equal((await world.chat.state()).draft, 'Where were we?');
    assert.deepEqual(world.asked, []);

    await world.chat.remedy(failed.key, failure?.remedy ?? 'none');

    const { conversation, draft } = await world.chat.state();
    assert.deepEqual(
      conversation.messages.map(({ query, run }) => [query, run.text, run.status.type]),
      [['Where were we?', 'Hi', 'done']],
    );
    assert.deepEqual([world.repairs, world.asked, draft], [['enterKey'], ['Bearer app-second-key'], '']);
  });

  it('asks for the key of a new origin, and sends none until then', async () => {
    await world.apps.save({ ...one, baseUrl: 'https://two.test/v1' });

    await world.chat.send('Who hears this?');

    const [failed] = (await world.chat.state()).conversation.messages;
    assert.deepEqual(world.asked, []);
    assert.ok(failed?.run.status.type === 'failed');
    assert.equal(failed.run.status.failure.fact, 'No API key is stored for two.test.');
    assert.equal(failed.run.status.failure.remedy, 'enterKey');
  });

  for (const moment of ['asked', 'run'] as const) {
    it(`writes nothing any more of an app that was deleted after ${moment}`, async () => {
      world.slow = true;
      const reached = new Promise<void>((resolve) => {
        world.chat.onEvent((event) => {
          if (event !== 'changed' && event.type === moment) resolve();
        });
      });
      const sending = world.chat.send('Tell me everything.');
      await reached;

      await world.apps.remove('one');
      world.chat.forget('one');
      for (const key of world.workspace.keys()) await world.workspace.update(key, undefined);
      await sending;
      await world.chat.end();

      assert.deepEqual([world.written, world.workspace.keys()], [[], []]);
      assert.equal((await world.chat.state()).app, undefined);
    });
  }

  it('reads nothing for a new conversation in a workspace that is not trusted', async () => {
    world = new World();
    world.trusted = false;
    await world.begin();

    await world.chat.newConversation();

    assert.deepEqual(world.read, []);
  });

  describe('in a workspace that is not trusted', () => {
    /** The chat of a window that opens on a conversation. */
    async function openAnew(trusted: boolean): Promise<World> {
      const opened = new World();
      opened.trusted = trusted;
      for (const name of world.workspace.keys()) await opened.workspace.update(name, world.workspace.get(name));
      await opened.begin();
      await setImmediate();
      return opened;
    }

    beforeEach(() => world.chat.send('Hello'));

    it('reads nothing from the server when it opens, which it does in another one', async () => {
      const paths = ['/v1/info', '/v1/messages', '/v1/parameters', '/v1/site'];

      assert.deepEqual((await openAnew(true)).read.sort(), paths);
      assert.deepEqual((await openAnew(false)).read, []);
    });

    it('reads no more than the form of the app with a question, and the rest once it is trusted', async () => {
      const opened = await openAnew(false);

      await opened.chat.send('And back?');
      assert.deepEqual(opened.read, ['/v1/parameters']);

      opened.trusted = true;
      opened.chat.catchUp();
      await opened.chat.state();
      await setImmediate();
      assert.deepEqual(opened.read.slice(1).sort(), ['/v1/info', '/v1/messages', '/v1/site']);
    });
  });

  it('says that the server is not reached until it answers, also when only that is asked', async () => {
    const notices = async (): Promise<readonly string[]> => (await world.chat.state()).notices.map(({ kind }) => kind);
    world.down = true;
    await world.chat.send('Is anybody there?');
    assert.deepEqual(await notices(), ['offline']);
    await reach(one, world);
    assert.deepEqual(await notices(), ['offline']);

    world.down = false;
    await reach(one, world);

    assert.deepEqual(await notices(), []);
    assert.deepEqual(world.asked, []);
  });

  it('puts text under what is typed, sends nothing, and tells the page', async () => {
    world.chat.draft('Half a sentence');
    const told: unknown[] = [];
    world.chat.onEvent((event) => told.push(event));

    await world.chat.addToDraft('> An answer');

    assert.equal((await world.chat.state()).draft, 'Half a sentence\n\n> An answer');
    assert.deepEqual(told, [{ type: 'draftAdded', text: '> An answer' }]);
    assert.deepEqual(world.asked, []);
  });

  it('goes on in a conversation that began elsewhere, and remembers it for the next window', async () => {
    const elsewhere = someConversation({ id: 'c-elsewhere', messages: [] });

    await world.chat.openConversation(one, elsewhere);
    assert.equal(world.workspace.get('conversation:one'), 'c-elsewhere');
    await world.chat.send('And then?');

    assert.partialDeepStrictEqual(world.sent, [{ query: 'And then?', conversation_id: 'c-elsewhere' }]);
    assert.ok(world.read.includes('/v1/messages'));
  });

  it('goes on in the local copy of a conversation, also where the server may not be asked unasked', async () => {
    await world.chat.send('A question');
    world.kept = world.written.slice(-1);
    await world.chat.newConversation();
    world.trusted = false;

    await world.chat.openConversation(one, someConversation({ id: 'c1', messages: [] }));

    const { conversation } = await world.chat.state();
    assert.deepEqual(
      conversation.messages.map(({ query }) => query),
      ['A question'],
    );
  });

  it('remembers nothing of the demo in the workspace', async () => {
    await world.apps.startDemo([testApp('demo:chat', { baseUrl: `${demoOrigin}/v1` })]);
    const before = [...world.workspace.keys()].sort();

    await world.chat.state();
    world.chat.draft('Half a sentence');
    await world.chat.send('A demo question');
    await world.chat.end();

    const { conversation, notices } = await world.chat.state();
    assert.deepEqual([conversation.messages.length, notices], [1, [{ kind: 'demo' }]]);
    assert.deepEqual([...world.workspace.keys()].sort(), before);
  });
});
