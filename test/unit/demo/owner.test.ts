import assert from 'node:assert/strict';
import { type DemoServer, createDemoServer } from '../../../src/demo/server.ts';
import { filesApps } from '../../lab/filesApps.ts';
import { TestClock, settled } from '../../support/testClock.ts';
import { request } from './request.ts';

const apps = filesApps.map(({ app }) => app);
const keyOf = (name: string): string => apps.find((app) => app.name === name)?.key ?? assert.fail(name);
const capped = keyOf('Capped chat');

function slowServer(clock: TestClock): DemoServer {
  return createDemoServer({ clock, apps, tokensPerSecond: 1, source: () => ['one', ' two', ' three'] });
}

function ask(server: DemoServer, key: string, changed: object = {}, signal?: AbortSignal): Promise<Response> {
  const body = {
    query: 'Hi',
    inputs: {},
    user: 'ada',
    response_mode: 'streaming',
    auto_generate_name: false,
    ...changed,
  };
  return server.handle(request(key, '/chat-messages', { body, signal }));
}

async function refusal(response: Response): Promise<unknown> {
  const body = (await response.json()) as { readonly code: string; readonly message: string };
  return [response.status, body.code, body.message.replace(/[0-9a-f-]{36}/, 'ID')];
}

const tooMany = [
  400,
  'invalid_param',
  'Too many requests. Please try again later. The current maximum concurrent requests allowed for ID is 1.',
];

describe('an app with one slot', () => {
  it('refuses every second request, whoever asks and however, until the first is answered', async () => {
    const clock = new TestClock();
    const server = slowServer(clock);
    const first = await ask(server, capped);

    assert.deepEqual(await refusal(await ask(server, capped, { user: 'bob' })), tooMany);
    assert.deepEqual(await refusal(await ask(server, capped, { response_mode: 'blocking' })), tooMany);
    const whole = first.text();
    await clock.pass(5_000);
    await whole;

    assert.equal((await ask(server, capped)).status, 200);
  });

  it('has it back at once after a refusal, and after a blocking answer', async () => {
    const clock = new TestClock();
    const server = slowServer(clock);

    assert.equal((await ask(server, capped, { query: '' })).status, 400);
    const blocking = ask(server, capped, { response_mode: 'blocking' });
    await clock.pass(5_000);
    assert.equal((await blocking).status, 200);

    assert.equal((await ask(server, capped)).status, 200);
  });

  for (const [how, leave] of [
    ['the client goes away', (_response: Response, leaving: AbortController) => leaving.abort()],
    ['the body is cancelled', (response: Response) => void response.body?.cancel()],
  ] as const) {
    it(`has it back ten seconds after ${how}`, async () => {
      const clock = new TestClock();
      const server = slowServer(clock);
      const leaving = new AbortController();
      leave(await ask(server, capped, {}, leaving.signal), leaving);
      await settled();

      await clock.pass(9_999);
      assert.deepEqual(await refusal(await ask(server, capped)), tooMany);
      await clock.pass(1);

      assert.equal((await ask(server, capped)).status, 200);
    });
  }
});

describe('the owner of an app', () => {
  it('can rename it without losing its conversations', async () => {
    const server = createDemoServer({ apps, tokensPerSecond: Infinity, source: () => ['x'] });
    const key = keyOf('Plain chat');
    const { conversation_id } = (await (await ask(server, key, { response_mode: 'blocking' })).json()) as {
      readonly conversation_id: string;
    };

    server.owner.change(key, { name: 'Renamed' });

    assert.equal((await ask(server, key, { conversation_id })).status, 200);
  });

  it('cannot change an app that is not there', () => {
    const server = createDemoServer({ apps });

    assert.throws(() => server.owner.change('app-x', {}), RangeError);
  });

  it('who has not published it leaves it without a configuration', async () => {
    const server = createDemoServer({ apps });
    const key = keyOf('Unpublished chat');
    const unavailable = [400, 'app_unavailable', 'App unavailable, please check your app configurations.'];

    assert.deepEqual(await refusal(await ask(server, key)), unavailable);
    const parameters = await server.handle(request(key, '/parameters'));
    assert.deepEqual(await refusal(parameters), unavailable);
    assert.equal((await server.handle(request(key, '/info'))).status, 200);
  });
});

describe('a trace session', () => {
  it('is looked at by the newer server', async () => {
    const trace_session_id = 'x'.repeat(201);
    const key = keyOf('Plain chat');
    const answers = (['a', 'b'] as const).map((generation) =>
      ask(createDemoServer({ apps, generation, tokensPerSecond: Infinity, source: () => ['x'] }), key, {
        trace_session_id,
      }),
    );

    const [old, recent] = await Promise.all(answers);

    assert.equal(old?.status, 200);
    assert.deepEqual(await refusal(recent ?? assert.fail()), [
      400,
      'bad_request',
      'trace_session_id must be 1 to 200 characters after trimming.',
    ]);
  });
});

describe('the endpoints of the newer server', () => {
  it('are listed without a key', async () => {
    const response = await createDemoServer({ apps }).handle(new Request('https://demo.invalid/v1/swagger.json'));

    const { paths, swagger } = (await response.json()) as { readonly swagger: string; readonly paths: object };
    assert.equal(swagger, '2.0');
    assert.ok('/files/{file_id}/preview' in paths);
    const old = createDemoServer({ apps, generation: 'a' });
    assert.equal((await old.handle(new Request('https://demo.invalid/v1/swagger.json'))).status, 404);
  });
});
