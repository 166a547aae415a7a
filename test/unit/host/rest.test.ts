import assert from 'node:assert/strict';
import type { Message } from '../../../src/conversation/conversation.ts';
import { plainQuestion } from '../../../src/conversation/session.ts';
import { CutWorld } from './cutWorld.ts';

/** What is to be the same with and without trouble. */
function outcomeOf({ run }: Message): object {
  const nodes = run.nodes.map(({ title, status, round }) => `${title} ${status} ${round ?? ''}`);
  return { status: run.status.type, text: run.text, outputs: run.outputs, nodes };
}

const kinds = [
  { name: 'Long chatflow', path: '/chat-messages', early: '"node_id":"one"', late: '"node_id":"two"' },
  { name: 'long-workflow', path: '/workflows/run', early: '"node_id":"intro"', late: '"node_id":"iter"' },
] as const;

for (const { name, path, early, late } of kinds) {
  describe(`An answer of the ${name} whose connection breaks`, () => {
    let whole: Record<'a' | 'b', object>;

    before(async () => {
      whole = { a: outcomeOf(await new CutWorld('a', name).ask()), b: outcomeOf(await new CutWorld('b', name).ask()) };
    });

    for (const after of [early, late]) {
      it(`is attached to, and ends once with the same text and tree, on generation b: after ${after}`, async () => {
        const world = new CutWorld('b', name);
        world.breaks = [{ path, after }];

        const message = await world.ask();

        assert.deepEqual(outcomeOf(message), whole.b);
        assert.deepEqual([world.posts, world.events.filter(({ type }) => type === 'answered').length], [1, 1]);
        assert.ok(world.calls.includes('GET /workflow/ID/events'));
      });

      it(`is fetched from the run's detail on generation a: after ${after}`, async () => {
        const world = new CutWorld('a', name);
        world.breaks = [{ path, after }];

        const { run } = await world.ask();

        const { text, outputs, status } = whole.a as Record<string, unknown>;
        assert.deepEqual([run.status.type, run.text, run.outputs], [status, text, outputs]);
        assert.deepEqual([world.posts, world.events.filter(({ type }) => type === 'answered').length], [1, 1]);
        assert.equal(world.calls.filter((call) => call.endsWith('/events')).length, 1);
        assert.ok(world.calls.includes('GET /workflows/run/ID'));
      });
    }

    it('is attached to again when that connection breaks too, and when the network is gone for a while', async () => {
      const world = new CutWorld('b', name);
      world.breaks = [
        { path, after: early },
        { path: '/events', after: 'node_started' },
        { path: '/events' },
        { path: '/events' },
      ];

      const message = await world.ask();

      assert.deepEqual(outcomeOf(message), whole.b);
      assert.equal(world.posts, 1);
    });

    it('is as whole where it ended while the network was gone, but for steps that nobody heard of', async () => {
      const world = new CutWorld('b', name);
      world.breaks = [{ path, after: early }];
      world.onRunEvent((event) => {
        if (event.type === 'lost') world.isOffline = true;
      });
      const asked = world.ask();
      await world.clock.pass(60_000);
      world.isOffline = false;

      const { run } = await asked;

      const { text, outputs, status } = whole.b as Record<string, unknown>;
      assert.deepEqual([run.status.type, run.text, run.outputs], [status, text, outputs]);
      assert.ok(run.nodes.length > 0 && run.nodes.every((node) => node.status === 'succeeded'));
      assert.equal(world.posts, 1);
    });

    it('is stopped at the server while it is read on, and then never looked for again', async () => {
      const world = new CutWorld('b', name);
      world.breaks = [{ path, after: early }];
      const asked = world.ask();
      while (!world.calls.includes('GET /workflow/ID/events')) await world.clock.pass(100);
      await world.clock.pass(100);

      world.session.stop();
      const message = await asked;
      await world.clock.pass(10_000);

      assert.equal(message.run.status.type, 'stopped');
      assert.equal(world.calls.filter((call) => call.endsWith('/stop')).length, 1);
      assert.equal(await world.session.readRest(message), undefined);
    });

    it('can be fetched later where the reading was stopped while the network was gone', async () => {
      const world = new CutWorld('b', name);
      world.breaks = [{ path, after: early }];
      world.onRunEvent((event) => {
        if (event.type === 'lost') world.isOffline = true;
      });
      const asked = world.ask();
      while (!world.isOffline) await world.clock.pass(100);
      await world.clock.pass(1_000);
      world.session.stop();

      const message = await asked;
      assert.ok(message.run.status.type === 'incomplete');
      assert.equal(message.run.status.failure.remedy, 'fetchRest');
      world.isOffline = false;
      const rest = await world.passUntil(world.session.readRest(message));

      assert.deepEqual(outcomeOf(rest), whole.b);
      assert.deepEqual([world.posts, world.calls.filter((call) => call.endsWith('/stop')).length], [1, 0]);
    });

    it('is looked for once, without waiting, before it would be asked again', async () => {
      const world = new CutWorld('b', name);
      world.breaks = [{ path, after: early }];
      world.onRunEvent((event) => {
        if (event.type === 'lost') world.isOffline = true;
      });
      const asked = world.ask();
      while (!world.isOffline) await world.clock.pass(100);
      world.session.stop();
      const message = await asked;
      world.isOffline = false;
      const before = world.clock.now();
      world.calls.length = 0;

      const running = await world.passUntil(world.session.readRest(message, 'look'));
      assert.deepEqual([running.run.status.type, world.clock.now() - before < 1_000], ['incomplete', true]);
      await world.clock.pass(60_000);
      const ended = await world.passUntil(world.session.readRest(running, 'look'));

      assert.deepEqual([ended.run.status.type, ended.run.text], ['done', (whole.b as { readonly text: string }).text]);
      assert.deepEqual(
        world.calls.filter((call) => call.startsWith('POST') || call.endsWith('/events')),
        [],
      );
    });

    for (const generation of ['a', 'b'] as const) {
      it(`is given up in time, and not as done, where the worker was killed on generation ${generation}`, async () => {
        const world = new CutWorld(generation, name);
        world.breaks = [{ path, after: early }];
        world.onRunEvent((event) => {
          if (event.type === 'lost') world.server.worker.kill();
        });

        const { run } = await world.ask();

        assert.ok(run.status.type === 'incomplete');
        assert.equal(run.status.failure.remedy, 'fetchRest');
        assert.match(run.status.failure.advice, /may still be working on it, or have lost it/);
        assert.equal(world.posts, 1);
      });
    }
  });
}

describe('An answer whose connection breaks before its first word', () => {
  it('is found by its question in the history of a chatflow', async () => {
    const world = new CutWorld('b', 'Long chatflow');
    world.breaks = [{ path: '/chat-messages', after: 'event:' }];

    const { run } = await world.ask();

    assert.match(run.text, /^First: .*napped 2 s\)$/s);
    assert.deepEqual([run.status.type, world.posts], ['done', 1]);
    assert.ok(run.messageId !== undefined && world.session.conversation.id !== undefined);
  });

  it('is found by its inputs in the log of a workflow, and no other run is taken for it', async () => {
    const world = new CutWorld('b', 'long-workflow');
    world.breaks = [{ path: '/workflows/run', after: 'event:' }];
    const mine = world.session.send({ ...plainQuestion('Mine.'), inputs: { topic: 'Mine.' } });
    await world.clock.pass(100);
    const other = await world.runElsewhere('Another one.');

    const { run } = await world.passUntil(mine);

    assert.match(JSON.stringify(run.outputs), /"intro":"word1 /);
    assert.deepEqual([run.status.type, world.posts], ['done', 2], 'one here and one there');
    assert.ok(run.runId !== undefined && run.runId !== other);
  });

  for (const { name, path } of kinds) {
    it(`is not the one before it, which was asked the same: ${name}`, async () => {
      const world = new CutWorld('b', name);
      const before = await world.ask('Same.');
      world.server.worker.stop();
      world.breaks = [{ path, after: 'event:' }];

      const { run } = await world.ask('Same.');

      assert.equal(before.run.status.type, 'done');
      assert.deepEqual([run.status.type, run.text, run.outputs], ['incomplete', '', undefined]);
    });
  }

  it('is given up soon where the server has nothing of it', async () => {
    const world = new CutWorld('b', 'Long chatflow');
    world.server.worker.stop();
    world.breaks = [{ path: '/chat-messages', after: 'event:' }];
    const before = world.clock.now();

    const { run } = await world.ask();

    assert.ok(run.status.type === 'incomplete' && world.clock.now() - before < 30_000);
    assert.match(run.status.failure.advice, /does not have this question/);
    assert.equal(world.posts, 1);
  });
});

describe('An answer that ended while nobody was connected', () => {
  const offlineUntilEnd = async (world: CutWorld, query: string, after: string): Promise<Message> => {
    world.breaks = [{ path: '/chat-messages', after }];
    world.onRunEvent((event) => {
      if (event.type === 'lost') world.isOffline = true;
    });
    const asked = world.ask(query);
    await world.clock.pass(60_000);
    world.isOffline = false;
    return await asked;
  };

  it('has its sources, which neither the run nor its last event tells', async () => {
    const { run: whole } = await new CutWorld('b', 'Demo Handbook').ask('What about workflows?');
    assert.ok(whole.citations.length > 0);

    const { run } = await offlineUntilEnd(
      new CutWorld('b', 'Demo Handbook'),
      'What about workflows?',
      '"node_id":"say"',
    );

    const names = ({ citations }: typeof run): readonly string[] => citations.map((each) => each.document_name);
    assert.deepEqual([run.status.type, names(run)], ['done', names(whole)]);
  });

  for (const generation of ['a', 'b'] as const) {
    it(`has failed where its run has, with what came before, on generation ${generation}`, async () => {
      const { run: whole } = await new CutWorld(generation, 'Fails after text').ask();

      const { run } = await offlineUntilEnd(
        new CutWorld(generation, 'Fails after text'),
        'Tell me.',
        '"node_id":"one"',
      );

      assert.ok(run.status.type === 'failed' && whole.status.type === 'failed');
      assert.equal(run.status.failure.advice, whole.status.failure.advice);
    });
  }
});
