import assert from 'node:assert/strict';
import { AppDetails } from '../../../src/host/appDetails.ts';
import { iconOf } from '../../../src/host/appIcon.ts';
import { Apps } from '../../../src/host/apps.ts';
import { CommonState } from '../../../src/host/commonState.ts';
import { clientAnswering, neverAborted } from '../../support/difyClient.ts';
import { memento, testApp } from '../../support/hostState.ts';

const one = testApp('one', { name: 'Old', description: 'Old', emoji: '🤖' });
const png = Buffer.from('89504e470d0a1a0a0000', 'hex');

/** A server whose answers a test changes, the apps that are read there, and a clock. */
class World {
  readonly apps = new Apps(new CommonState(memento()), memento());
  readonly asked: string[] = [];
  /** By the last part of the path; a status for a failure. */
  answers: Record<string, object | number> = {
    info: { name: 'Old', description: 'Old', mode: 'chat' },
    parameters: { opening_statement: 'Hello' },
    site: { title: 'Another title', icon_type: 'emoji', icon: '🤖' },
  };
  now = 0;
  readonly #client = clientAnswering((url, { headers }) => {
    const name = url.pathname.split('/').at(-1) ?? '';
    this.asked.push(name);
    if (name === 'icon.png') {
      assert.equal(new Headers(headers).get('authorization'), null, 'no key goes to an address that an answer gave');
      return new Response(png);
    }
    const answer = this.answers[name] ?? 404;
    if (typeof answer === 'object') return Response.json(answer);
    return Response.json({ code: 'x', message: 'm', status: answer }, { status: answer });
  });
  readonly details = new AppDetails({
    apps: this.apps,
    clients: { of: () => this.#client },
    log: { error: () => {} },
    now: () => this.now,
  });
}

describe('What an app asks for and how it looks', () => {
  let world: World;
  const opening = async (): Promise<string> => (await world.details.parameters(one, neverAborted)).openingStatement;

  beforeEach(async () => {
    world = new World();
    await world.apps.save(one);
  });

  it('is read once by all who ask at the same time, and kept for a minute', async () => {
    assert.deepEqual(await Promise.all([opening(), opening()]), ['Hello', 'Hello']);
    world.now = 59_999;
    await opening();
    assert.deepEqual(world.asked, ['parameters']);

    world.answers['parameters'] = { opening_statement: 'Good day' };
    world.now = 60_000;
    assert.equal(await opening(), 'Good day');
  });

  it('stays as it was where it cannot be read anew', async () => {
    await opening();
    world.now = 60_000;
    world.answers['parameters'] = 404;

    assert.equal(await opening(), 'Hello');
    world.answers['parameters'] = { opening_statement: 'Back' };
    assert.equal(await opening(), 'Back');
  });

  it('fails where it was never read', async () => {
    world.answers['parameters'] = 404;
    await assert.rejects(opening(), { name: 'DifyError' });
  });

  it('lets one who gives up go, while another waits on', async () => {
    const giveUp = new AbortController();
    const left = world.details.parameters(one, giveUp.signal);
    const waiting = opening();
    giveUp.abort(new Error('given up'));

    await assert.rejects(left, { message: 'given up' });
    assert.equal(await waiting, 'Hello');
  });

  it('is read anew when the window is looked at again, if it is stale and was read before', async () => {
    await world.details.refresh(one);
    assert.deepEqual(world.asked, []);
    await opening();
    await world.details.refresh(one);
    world.now = 60_000;
    await world.details.refresh(one);

    assert.deepEqual(world.asked, ['parameters', 'parameters']);
  });

  it('is taken over into the app, in the name that Dify lists it by', async () => {
    world.answers['info'] = { name: 'New', description: 'D', mode: 'chat' };
    world.answers['site'] = { title: 'Another title', icon_type: 'emoji', icon: '🦊' };

    await world.details.site(one, neverAborted);

    const { name, description, emoji } = world.apps.find('one') ?? {};
    assert.deepEqual({ name, description, emoji }, { name: 'New', description: 'D', emoji: '🦊' });
  });

  it('is the name alone for an app without a web face', async () => {
    world.answers['info'] = { name: 'New', description: '', mode: 'chat' };
    world.answers['site'] = 403;

    assert.equal(await world.details.site(one, neverAborted), undefined);
    assert.equal(world.apps.find('one')?.name, 'New');
  });

  it('is nothing to an app whose key or address was changed meanwhile', async () => {
    world.answers['info'] = { name: 'Of the other app', mode: 'chat' };
    const reading = world.details.site(one, neverAborted);
    world.details.forget('one');
    await reading;

    assert.equal(world.apps.find('one')?.name, 'Old');
  });

  it('is nothing to an app that was removed meanwhile', async () => {
    const reading = world.details.site(one, neverAborted);
    world.details.forget('one');
    await world.apps.remove('one');
    await reading;

    assert.deepEqual(world.apps.list(), []);
  });

  it('has emojis for the tools of an agent, and asks no other app for them', async () => {
    world.answers['meta'] = {
      tool_icons: {
        search: { background: '#fff', content: '🔎' },
        time: 'https://dify.test/console/api/workspaces/current/tool-provider/builtin/time/icon',
      },
    };
    await world.details.site(one, neverAborted);
    assert.deepEqual(world.details.toolIcons(one), {});
    assert.ok(!world.asked.includes('meta'));

    world.answers['info'] = { name: 'Agent', mode: 'agent-chat' };
    world.now = 60_000;
    await world.details.site(one, neverAborted);
    assert.deepEqual(world.details.toolIcons(one), { search: '🔎' });

    world.answers['meta'] = 404;
    world.now = 120_000;
    await world.details.site(one, neverAborted);
    assert.deepEqual(world.details.toolIcons(one), {});
  });

  it('has an image for an icon, read once until the owner chooses another', async () => {
    const site = { icon_type: 'image', icon: 'image-1', icon_url: '/files/icon.png?sign=1' };
    world.answers['site'] = site;
    await world.details.site(one, neverAborted);
    world.answers['site'] = { ...site, icon_url: '/files/icon.png?sign=2' };
    world.now = 60_000;
    await world.details.site(one, neverAborted);

    assert.match(world.details.icon(one) ?? '', /^data:image\/png;base64,iVBORw0KGgo/);
    assert.equal(world.asked.filter((name) => name === 'icon.png').length, 1);

    world.answers['site'] = { icon_type: 'emoji', icon: '🦊' };
    world.now = 120_000;
    await world.details.site(one, neverAborted);
    assert.equal(world.details.icon(one), undefined);
  });
});

describe('An image', () => {
  for (const [type, hex] of [
    ['image/png', '89504e470d0a1a0a'],
    ['image/jpeg', 'ffd8ffe0'],
    ['image/gif', '474946383961'],
    ['image/webp', '524946460000000057454250'],
  ] as const) {
    it(`is ${type} by its first bytes`, () => {
      assert.equal(
        iconOf(Buffer.from(hex, 'hex')),
        `data:${type};base64,${Buffer.from(hex, 'hex').toString('base64')}`,
      );
    });
  }

  for (const text of ['', '<svg xmlns="http://www.w3.org/2000/svg"/>', '<html>', 'GIF80a', 'RIFF']) {
    it(`is not ${JSON.stringify(text)}`, () => {
      assert.equal(iconOf(Buffer.from(text)), undefined);
    });
  }

  it('is not what is over 64 kB', () => {
    assert.notEqual(iconOf(Buffer.concat([png, Buffer.alloc(64_000 - png.length)])), undefined);
    assert.equal(iconOf(Buffer.concat([png, Buffer.alloc(64_000)])), undefined);
  });
});
