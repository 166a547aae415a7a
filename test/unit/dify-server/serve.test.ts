import assert from 'node:assert/strict';
import { once } from 'node:events';
import { type Socket, connect } from 'node:net';
import type { Fault } from '../../dify-server/faults.ts';
import { type DifyServerOptions, type RunningDifyServer, startDifyServer } from '../../dify-server/serve.ts';

const words = ['你好', ' world', ' 👋'];

let server: RunningDifyServer;

async function start(options: DifyServerOptions = {}): Promise<void> {
  server = await startDifyServer({ tokensPerSecond: Infinity, source: () => words, ...options });
}

function send(path: string, body?: object, signal?: AbortSignal): Promise<Response> {
  return fetch(`${server.baseUrl}${path}`, {
    headers: { Authorization: `Bearer ${server.apps[2]?.key ?? ''}`, 'Content-Type': 'application/json' },
    redirect: 'manual',
    ...(body === undefined ? {} : { method: 'POST', body: JSON.stringify(body) }),
    ...(signal === undefined ? {} : { signal }),
  });
}

function ask(signal?: AbortSignal): Promise<Response> {
  const question = { query: 'Hi', inputs: {}, user: 'ada', response_mode: 'streaming', auto_generate_name: false };
  return send('/chat-messages', question, signal);
}

/** What comes until the end, how many pieces it came in, and whether it ended as HTTP wants it. */
async function read(response: Response): Promise<{ bytes: Buffer; pieces: number; isWhole: boolean }> {
  const pieces: Uint8Array[] = [];
  const isWhole = await (async () => {
    for await (const piece of response.body ?? []) pieces.push(piece);
  })().then(
    () => true,
    () => false,
  );
  return { bytes: Buffer.concat(pieces), pieces: pieces.length, isWhole };
}

async function asked(fault: Fault): Promise<{ text: string; bytes: Buffer; pieces: number; isWhole: boolean }> {
  server.fault(fault);
  const got = await read(await ask());
  return { ...got, text: got.bytes.toString() };
}

/** Reads until `enough`, then hangs up; for what does not end. */
async function readUntil(response: Response, enough: (text: string) => boolean): Promise<string> {
  let text = '';
  for await (const piece of response.body?.pipeThrough(new TextDecoderStream()) ?? []) {
    text += piece;
    if (enough(text)) break;
  }
  return text;
}

describe('the Dify server for tests', () => {
  beforeEach(() => start());
  afterEach(() => server.close());

  it('logs who asked for what, and never a key', async () => {
    await read(await ask());
    await send('/info?x=1');

    const [first, second] = server.log;
    assert.deepEqual(
      { ...first, at: 0, body: undefined },
      { at: 0, method: 'POST', path: '/v1/chat-messages', app: 'Demo Chat', body: undefined, status: 200 },
    );
    assert.equal((first?.body as { readonly user: string } | undefined)?.user, 'ada');
    assert.equal(second?.path, '/v1/info?x=1');
    assert.doesNotMatch(JSON.stringify(server.log), /app-Demo/);
  });

  it('takes faults and gives its log over HTTP', async () => {
    const root = new URL('/', server.baseUrl);
    const fault = { path: '/v1/info', answer: { status: 503, body: 'later' } };
    await fetch(new URL('__fault', root), { method: 'POST', body: JSON.stringify(fault) });

    assert.equal((await send('/info')).status, 503);
    assert.equal((await send('/info')).status, 200);

    const log = (await (await fetch(new URL('__log', root))).json()) as readonly object[];
    assert.equal(log.length, 2);
  });

  it('hits only what a fault is for, as often as it says', async () => {
    server.fault({ path: '/v1/info', app: 'Demo Chat', times: 'always', answer: { status: 500 } });

    assert.equal((await send('/meta')).status, 200);
    assert.equal((await send('/info')).status, 500);
    assert.equal((await send('/info')).status, 500);
    server.clearFaults();
    assert.equal((await send('/info')).status, 200);
  });

  for (const how of ['reset', 'end'] as const) {
    it(`cuts the connection at any byte, by ${how}`, async () => {
      // The last event tells a time, whose length varies.
      const { bytes } = await asked({ withoutLastEvent: true });

      for (const after of [0, 1, 6, 190, bytes.length - 1, bytes.length]) {
        const cut = await asked({ withoutLastEvent: true, cut: { after, how } });
        assert.equal(cut.isWhole, false);
        assert.equal(cut.bytes.length, after);
      }
    });
  }

  it('hangs up without an answer', async () => {
    server.fault({ hangUp: 'reset' });
    await assert.rejects(ask());
    server.fault({ hangUp: 'end' });
    await assert.rejects(ask());
  });

  it('stalls after some bytes until the client leaves', async () => {
    server.fault({ stallAfter: 100 });

    const text = await readUntil(await ask(), (got) => got.length >= 98);

    assert.equal(Buffer.from(text).length, 100);
  });

  it('never answers', async () => {
    server.fault({ silent: true, path: '/v1/chat-messages' });
    const leaving = new AbortController();
    const response = ask(leaving.signal);
    while (!server.log.some(({ path }) => path === '/v1/chat-messages')) await send('/meta');

    leaving.abort();

    await assert.rejects(response, { name: 'AbortError' });
    assert.equal(server.log.find(({ path }) => path === '/v1/chat-messages')?.status, 0);
  });

  it('answers what a proxy would', async () => {
    server.fault({
      answer: {
        status: 502,
        headers: { 'Content-Type': 'text/html', 'Retry-After': '7' },
        body: '<title>502 Bad Gateway</title>',
      },
    });
    const response = await ask();
    assert.deepEqual(
      [response.status, response.headers.get('Retry-After'), response.headers.get('X-Version'), await response.text()],
      [502, '7', null, '<title>502 Bad Gateway</title>'],
    );

    server.fault({ answer: { status: 302, headers: { Location: 'http://login.invalid/' } } });
    assert.equal((await ask()).headers.get('Location'), 'http://login.invalid/');
  });

  it('delays the head and the chunks', async () => {
    const before = performance.now();

    const { isWhole } = await asked({ headDelay: 10, chunkDelay: 2 });

    assert.ok(isWhole);
    assert.ok(performance.now() - before >= 10 + 5 * 2 - 5);
  });

  it('sends one byte at a time, or all at once, or cuts where asked', async () => {
    const single = await asked({ chunkSize: 1, withoutLastEvent: true });
    assert.ok(single.pieces > single.bytes.length / 10, `${single.pieces} pieces`);
    assert.match(single.text, /^data: \{.*👋.*\}\n\n$/s);
    assert.equal((await asked({ chunkSize: 1e9 })).pieces, 1);
    assert.match((await asked({ splitAt: [3, 250] })).text, /^data: \{.*message_end.*\}\n\n$/s);
  });

  it('corrupts bytes', async () => {
    const { bytes } = await asked({ corruptAt: [0, 300] });

    assert.equal(bytes[0], 'd'.charCodeAt(0) ^ 0xff);
    assert.equal(bytes.subarray(1, 5).toString(), 'ata:');
  });

  it('ends without message_end', async () => {
    const { isWhole, text } = await asked({ withoutLastEvent: true });

    assert.ok(isWhole);
    assert.doesNotMatch(text, /message_end/);
    assert.match(text, /👋.*\n\n$/s);
  });

  it('loses events of a name, and adds one at the end', async () => {
    const added = { event: 'workflow_finished', data: { status: 'failed' } };

    const { text } = await asked({ withoutEvents: ['message'], lastEvent: added });

    const names = [...text.matchAll(/^data: \{"event":"(\w+)"/gm)].map(([, name]) => name);
    assert.deepEqual(names, ['message_end', 'workflow_finished']);
  });

  it('leaves out the last blank line', async () => {
    assert.match((await asked({ withoutLastBlankLine: true })).text, /"files":null\}$/);
  });

  it('leaves the connection open after message_end', async () => {
    server.fault({ keepOpen: true });

    const text = await readUntil(await ask(), (got) => got.includes('message_end'));

    assert.match(text, /message_end/);
  });

  it('sends an error in mid-stream, then pings', async () => {
    server.fault({ errorAfterEvents: 2, pingEvery: 1 });

    const text = await readUntil(await ask(), (got) => got.split('event: ping').length > 3);

    assert.deepEqual(text.match(/"event":"\w+"/g), ['"event":"message"', '"event":"message"', '"event":"error"']);
  });

  it('answers in the other response mode', async () => {
    server.fault({ responseMode: 'blocking' });
    const response = await ask();

    assert.equal(response.headers.get('Content-Type'), 'application/json; charset=utf-8');
    assert.equal(((await response.json()) as { readonly answer: string }).answer, words.join(''));
  });

  it('writes the same events in other ways', async () => {
    const { bytes, text } = await asked({ style: { crlf: true, bom: true, comments: true, noSpace: true } });

    assert.deepEqual([...bytes.subarray(0, 3)], [0xef, 0xbb, 0xbf]);
    assert.match(text, /: keep-alive\r\ndata:\{"event":"message",.*\}\r\n\r\n: keep-alive\r\n/);
  });
});

describe('the Dify server for tests, while it answers', () => {
  afterEach(() => server.close());

  it('notices that the client left, and keeps no answer', async () => {
    await start({ tokensPerSecond: 20 });
    const leaving = new AbortController();
    const text = await readUntil(await ask(leaving.signal), (got) => got.includes('\n\n'));
    leaving.abort();

    const id = /"conversation_id":"([^"]+)/.exec(text)?.[1] ?? '';
    const history = await (await send(`/messages?user=ada&conversation_id=${id}`)).json();
    assert.equal((history as { readonly data: readonly { readonly answer: string }[] }).data[0]?.answer, '');
  });

  it('ends every connection at once when it is closed', async () => {
    await start({ tokensPerSecond: 1 });
    const reading = read(await ask());
    const idle: Socket = connect(Number(new URL(server.baseUrl).port), '127.0.0.1');
    await once(idle, 'connect');

    await Promise.all([server.close(), once(idle, 'close')]);

    assert.equal((await reading).isWhole, false);
  });
});
