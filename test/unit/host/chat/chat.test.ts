import { someConversation } from '../../../support/conversations.ts';
import assert from 'node:assert/strict';
import { setImmediate } from 'node:timers/promises';
import type { Fetch } from '../../../../src/dify/client.ts';
import { demoOrigin } from '../../../../src/host/app.ts';
import { reach } from '../../../../src/host/chat/reach.ts';
import { ChatWindow } from '../../../support/chatWindow.ts';
import { sse, streamOf } from '../../../support/difyClient.ts';
import { testApp } from '../../../support/hostState.ts';
import type { KeptInMemory } from '../../../support/keptInMemory.ts';

const one = testApp('one');

/** What the server of a window got, and how it answers. */
class Answering {
  /** The keys that questions came with. */
  readonly asked: string[] = [];
  /** The questions as they were sent. */
  readonly sent: unknown[] = [];
  /** Whether an answer begins and does not go on. */
  slow = false;
  /** Paths that were read. */
  readonly read: string[] = [];
  /** Whether nothing answers. */
  down = false;

  readonly fetch: Fetch = async (url, init) => {
    if (this.down) throw new TypeError('fetch failed');
    return this.#answer(new URL(url), init);
  };

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
}

/** A window with a chat app and its key, and a server that answers everything. */
class World extends ChatWindow {
  readonly server: Answering;

  constructor(kept?: KeptInMemory) {
    const server = new Answering();
    super({ fetch: server.fetch, ...(kept === undefined ? {} : { kept }) });
    this.server = server;
  }

  async begin(): Promise<void> {
    await this.open(one);
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
    assert.deepEqual(world.server.asked, []);

    await world.asking.remedy(failed.key, failure?.remedy ?? 'none');

    const { conversation, draft } = await world.chat.state();
    assert.deepEqual(
      conversation.messages.map(({ query, run }) => [query, run.text, run.status.type]),
      [['Where were we?', 'Hi', 'done']],
    );
    assert.deepEqual([world.repairs, world.server.asked, draft], [['enterKey'], ['Bearer app-second-key'], '']);
  });

  it('asks for the key of a new origin, and sends none until then', async () => {
    await world.apps.save({ ...one, baseUrl: 'https://two.test/v1' });

    await world.chat.send('Who hears this?');

    const [failed] = (await world.chat.state()).conversation.messages;
    assert.deepEqual(world.server.asked, []);
    assert.ok(failed?.run.status.type === 'failed');
    assert.equal(failed.run.status.failure.fact, 'No API key is stored for two.test.');
    assert.equal(failed.run.status.failure.remedy, 'enterKey');
  });

  for (const moment of ['asked', 'run'] as const) {
    it(`writes nothing any more of an app that was deleted after ${moment}`, async () => {
      world.server.slow = true;
      const reached = new Promise<void>((resolve) => {
        world.chat.onEvent((event) => {
          if (event !== 'changed' && event.type === moment) resolve();
        });
      });
      const sending = world.chat.send('Tell me everything.');
      await reached;

      await world.apps.remove('one');
      world.chat.forget('one');
      world.kept.conversations.clear();
      world.kept.typed.clear();
      await sending;
      await world.chat.end();

      assert.deepEqual([world.kept.conversations.size, world.kept.typed.size], [0, 0]);
      assert.equal((await world.chat.state()).app, undefined);
    });
  }

  it('says of an answer that ended with the window that it was not the person who stopped it', async () => {
    world.server.slow = true;
    const { promise: answering, resolve } = Promise.withResolvers<void>();
    world.chat.onEvent((event) => {
      if (event !== 'changed' && event.type === 'run' && event.event.type === 'textAppended') resolve();
    });
    const sending = world.chat.send('Tell me everything.');
    await answering;

    await world.chat.end();
    await sending;

    const [message] = (await world.chat.state()).conversation.messages;
    assert.deepEqual(message?.run.status, { type: 'stopped', because: 'closed' });
  });

  it('reads nothing for a new conversation in a workspace that is not trusted', async () => {
    world = new World();
    world.trusted = false;
    await world.begin();

    await world.chat.newConversation();

    assert.deepEqual(world.server.read, []);
  });

  describe('in a workspace that is not trusted', () => {
    /** The chat of a window that opens on a conversation. */
    async function openAnew(trusted: boolean): Promise<World> {
      const opened = new World(world.kept);
      opened.trusted = trusted;
      await opened.begin();
      await setImmediate();
      return opened;
    }

    beforeEach(() => world.chat.send('Hello'));

    it('reads nothing from the server when it opens, which it does in another one', async () => {
      const paths = ['/v1/info', '/v1/messages', '/v1/parameters', '/v1/site'];

      assert.deepEqual((await openAnew(true)).server.read.sort(), paths);
      assert.deepEqual((await openAnew(false)).server.read, []);
    });

    it('reads no more than the form of the app with a question, and the rest once it is trusted', async () => {
      const opened = await openAnew(false);

      await opened.chat.send('And back?');
      assert.deepEqual(opened.server.read, ['/v1/parameters']);

      opened.trusted = true;
      opened.chat.catchUp();
      await opened.chat.state();
      await setImmediate();
      assert.deepEqual(opened.server.read.slice(1).sort(), ['/v1/info', '/v1/messages', '/v1/site']);
    });
  });

  it('says that the server is not reached until it answers, also when only that is asked', async () => {
    const notices = async (): Promise<readonly string[]> => (await world.chat.state()).notices.map(({ kind }) => kind);
    world.server.down = true;
    await world.chat.send('Is anybody there?');
    assert.deepEqual(await notices(), ['offline']);
    await reach(one, world);
    assert.deepEqual(await notices(), ['offline']);

    world.server.down = false;
    await reach(one, world);

    assert.deepEqual(await notices(), []);
    assert.deepEqual(world.server.asked, []);
  });

  it('puts text under what is typed, sends nothing, and tells the page', async () => {
    world.chat.draft('Half a sentence');
    const told: unknown[] = [];
    world.chat.onEvent((event) => told.push(event));

    await world.chat.addToDraft('> An answer');

    assert.equal((await world.chat.state()).draft, 'Half a sentence\n\n> An answer');
    assert.deepEqual(told, [{ type: 'draftAdded', text: '> An answer' }]);
    assert.deepEqual(world.server.asked, []);
  });

  it('goes on in a conversation that began elsewhere, and remembers it for the next window', async () => {
    const elsewhere = someConversation({ key: 'k-elsewhere', id: 'c-elsewhere', messages: [] });

    await world.chat.openConversation(one, elsewhere);
    assert.equal(world.kept.current.get('one'), 'k-elsewhere');
    await world.chat.send('And then?');

    assert.partialDeepStrictEqual(world.server.sent, [{ query: 'And then?', conversation_id: 'c-elsewhere' }]);
    assert.ok(world.server.read.includes('/v1/messages'));
  });

  it('goes on in the local copy of a conversation, also where the server may not be asked unasked', async () => {
    await world.chat.send('A question');
    world = new World(world.kept);
    await world.begin();
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
    assert.ok(![...world.kept.current.keys()].some((id) => id.startsWith('demo:')));
  });
});
