import assert from 'node:assert/strict';
import { type RunningDifyServer, startDifyServer } from '../../dify-server/serve.ts';

let server: RunningDifyServer;

function chat(): string {
  return server.apps.find(({ mode }) => mode === 'chat')?.key ?? assert.fail();
}

function ask(mode = 'streaming'): Promise<Response> {
  const question = { query: 'Hi', inputs: {}, user: 'ada', response_mode: mode, auto_generate_name: false };
  return fetch(`${server.baseUrl}/chat-messages`, {
    method: 'POST',
    headers: { Authorization: `Bearer ${chat()}`, 'Content-Type': 'application/json' },
    body: JSON.stringify(question),
  });
}

function get(path: string): Promise<Response> {
  return fetch(new URL(path, server.baseUrl), { redirect: 'manual', headers: { Authorization: `Bearer ${chat()}` } });
}

/** A model that says one word and then nothing more. */
async function* stuck(_prompt: unknown, signal: AbortSignal): AsyncGenerator<string> {
  yield 'one';
  await new Promise((resolve) => {
    signal.addEventListener('abort', resolve, { once: true });
  });
}

describe('the Dify server for tests behind nginx', () => {
  afterEach(() => server.close());

  it('shows the web front end for what is not the API, and loses the port', async () => {
    server = await startDifyServer({ nginx: true });

    const front = await get('/apps');
    const moved = await get('/v1');
    const info = await get('/v1/info');

    assert.deepEqual([front.status, front.headers.has('X-Version')], [200, false]);
    assert.match(await front.text(), /web front end/);
    assert.equal(moved.headers.get('Location'), 'http://127.0.0.1/v1/');
    assert.deepEqual([info.status, info.headers.get('X-Version')], [200, '1.14.2']);
  });

  it('answers with a page of nginx if the API does not run, once', async () => {
    server = await startDifyServer();
    server.fault({ nginx: { down: true } });

    const down = await get('/v1/info');

    assert.deepEqual([down.status, down.headers.get('Content-Type')], [502, 'text/html']);
    assert.match(await down.text(), /<h1>502 Bad Gateway<\/h1>/);
    assert.equal((await get('/v1/info')).status, 200);
  });

  it('gives up on a slow API with a page, or breaks off what has begun', async () => {
    server = await startDifyServer({ source: stuck });
    server.fault({ nginx: { readTimeout: 20 }, times: 2 });

    const blocking = await ask('blocking');
    const stream = await ask();

    assert.equal(blocking.status, 504);
    assert.equal(stream.status, 200);
    await assert.rejects(stream.text());
  });

  it('can hold a stream back until it is whole', async () => {
    server = await startDifyServer({ source: () => ['a', 'b'], tokensPerSecond: Infinity });
    server.fault({ nginx: { buffers: true } });

    const response = await ask();
    const pieces: Uint8Array[] = [];
    for await (const piece of response.body ?? []) pieces.push(piece);

    assert.equal(pieces.length, 1);
    assert.match(Buffer.concat(pieces).toString(), /"answer":"a".*message_end/s);
  });
});

describe('the Dify server for tests, as its owner wants it', () => {
  afterEach(() => server.close());

  it('switches an app off, takes keys away and deletes apps, over HTTP too', async () => {
    server = await startDifyServer();
    const wish = (wanted: object): Promise<Response> =>
      fetch(new URL('/__owner', server.baseUrl), { method: 'POST', body: JSON.stringify({ app: chat(), ...wanted }) });
    const status = async (): Promise<number> => (await get('/v1/info')).status;

    await wish({ change: { state: 'apiDisabled' } });
    assert.equal(await status(), 403);
    await wish({ change: { state: 'normal' } });
    assert.equal(await status(), 200);
    await wish({ deleteKey: chat() });
    assert.equal(await status(), 401);
    await wish({ addKey: chat() });
    assert.equal(await status(), 200);
    await wish({ delete: true });
    assert.equal(await status(), 401);
  });
});
