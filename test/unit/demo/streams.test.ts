import assert from 'node:assert/strict';
import { demoApps } from '../../../src/demo/demoApps.ts';
import { type DemoServer, createDemoServer } from '../../../src/demo/server.ts';
import { ModelError, type Prompt, type TextSource } from '../../../src/demo/turns/textSource.ts';
import { TestClock, settled } from '../../support/testClock.ts';
import { request } from './request.ts';

const [summarizerKey = '', , chatKey = ''] = demoApps.map(({ key }) => key);

/** A server that says one word a second: tick 1, tick 2 … */
function ticking(options: { readonly words?: number; readonly generation?: 'a' | 'b' } = {}) {
  const clock = new TestClock();
  const prompts: Prompt[] = [];
  const source: TextSource = function* source(prompt) {
    prompts.push(prompt);
    for (let word = 1; word <= (options.words ?? 1000); word++) yield ` tick${word}`;
  };
  const server = createDemoServer({ generation: options.generation ?? 'b', clock, source, tokensPerSecond: 1 });
  return { clock, prompts, server };
}

function post(server: DemoServer, path: string, body: object, signal?: AbortSignal): Promise<Response> {
  const key = path.startsWith('/chat') ? chatKey : summarizerKey;
  return server.handle(request(key, path, { body, signal }));
}

const question = { query: 'Count', inputs: {}, user: 'ada', response_mode: 'streaming', auto_generate_name: false };

async function history(server: DemoServer, conversation: unknown, user = 'ada'): Promise<readonly unknown[]> {
  const response = await server.handle(
    request(chatKey, `/messages?user=${user}&conversation_id=${String(conversation)}`),
  );
  const { data } = (await response.json()) as { readonly data: readonly Readonly<Record<string, unknown>>[] };
  return data.map(({ answer, status }) => ({ answer, status }));
}

function* overloaded(): Generator<string> {
  yield 'Well';
  throw new ModelError('[models] Error: overloaded');
}

/** The frames that have come; the clock is the test's. */
function reading(response: Response) {
  const frames: string[] = [];
  let ended: 'open' | 'eof' | 'error' = 'open';
  const body = response.body?.pipeThrough(new TextDecoderStream()) ?? [];
  const done = (async () => {
    for await (const frame of body) frames.push(frame);
  })().then(
    () => (ended = 'eof'),
    () => (ended = 'error'),
  );
  return {
    done,
    ended: () => ended,
    events: () =>
      frames.map((frame) =>
        frame.startsWith('data: ')
          ? (JSON.parse(frame.slice(6)) as Readonly<Record<string, unknown>>)
          : { event: 'ping' },
      ),
  };
}

function names(events: readonly Readonly<Record<string, unknown>>[]): string {
  return events.map(({ answer, event }) => (event === 'message' ? String(answer).trim() : String(event))).join(' ');
}

describe('a stream of the demo server', () => {
  it('pings every ten seconds, also while text flows', async () => {
    const { clock, server } = ticking({ words: 12 });
    const stream = reading(await post(server, '/chat-messages', question));

    await clock.pass(30_000);

    assert.equal(
      names(stream.events()),
      'tick1 tick2 tick3 tick4 tick5 tick6 tick7 tick8 tick9 tick10 ping tick11 tick12  message_end',
    );
    assert.equal(stream.ended(), 'eof');
  });

  it('has no head before its first frame, which may be a ping', async () => {
    const clock = new TestClock();
    const server = createDemoServer({ clock, slowStart: 11_000, tokensPerSecond: Infinity });
    let hasHead = false;

    const response = post(server, '/chat-messages', question);
    void response.then(() => (hasHead = true));
    await clock.pass(9_999);
    assert.equal(hasHead, false);
    await clock.pass(1);
    await settled();

    assert.equal(hasHead, true);
    const stream = reading(await response);
    await settled();
    assert.equal(names(stream.events()), 'ping');
    await clock.pass(1_001);
    await stream.done;
  });

  it('goes at the speed asked for', async () => {
    const clock = new TestClock();
    const server = createDemoServer({ clock, tokensPerSecond: 10, source: () => ['a', 'b', 'c', 'd', 'e'] });
    const stream = reading(await post(server, '/chat-messages', question));

    await clock.pass(250);

    assert.equal(names(stream.events()), 'a b c');
    await clock.pass(1000);
  });

  it('waits a second before a new conversation that is to be named, on the older server', async () => {
    const { clock, server } = ticking({ generation: 'a', words: 1 });
    let hasHead = false;

    const response = post(server, '/chat-messages', { ...question, auto_generate_name: true });
    void response.then(() => (hasHead = true));
    await clock.pass(999);

    assert.equal(hasHead, false);
    await clock.pass(1);
    await reading(await response).done;
  });

  it('ends 0.8 s after a stop with what was said and zero usage', async () => {
    const { clock, server } = ticking();
    const stream = reading(await post(server, '/chat-messages', question));
    await clock.pass(2_500);
    const { conversation_id: conversation, task_id: task } = stream.events()[0] ?? {};

    const response = await post(server, `/chat-messages/${String(task)}/stop`, { user: 'ada' });
    await clock.pass(799);
    assert.equal(stream.ended(), 'open');
    await clock.pass(1);
    await stream.done;

    assert.deepEqual(await response.json(), { result: 'success' });
    assert.equal(names(stream.events()), 'tick1 tick2 tick3 tick4 message_end');
    assert.deepEqual((stream.events().at(-1)?.['metadata'] as { readonly usage: object } | undefined)?.usage, {
      prompt_tokens: 0,
      prompt_unit_price: '0',
      prompt_price_unit: '0',
      prompt_price: '0E-7',
      completion_tokens: 0,
      completion_unit_price: '0',
      completion_price_unit: '0',
      completion_price: '0E-7',
      total_tokens: 0,
      total_price: '0E-7',
      currency: 'USD',
      latency: 3.3,
      time_to_first_token: null,
      time_to_generate: null,
    });
    assert.deepEqual(await history(server, conversation), [{ answer: 'tick1 tick2 tick3 tick4', status: 'normal' }]);
  });

  it('does not stop for another user, who is told of a success', async () => {
    const { clock, server } = ticking({ words: 5 });
    const stream = reading(await post(server, '/chat-messages', question));

    const response = await post(server, `/chat-messages/${String(stream.events()[0]?.['task_id'])}/stop`, {
      user: 'bob',
    });
    await clock.pass(10_000);
    await stream.done;

    assert.equal(response.status, 200);
    assert.equal(names(stream.events()), 'tick1 tick2 tick3 tick4 tick5  message_end');
  });

  it('keeps an empty answer if the client goes away', async () => {
    const { clock, server } = ticking();
    const leaving = new AbortController();
    const stream = reading(await post(server, '/chat-messages', question, leaving.signal));
    await clock.pass(2_500);

    leaving.abort();
    await stream.done;
    await clock.pass(10_000);

    assert.equal(stream.ended(), 'error');
    assert.deepEqual(await history(server, stream.events()[0]?.['conversation_id']), [
      { answer: '', status: 'normal' },
    ]);
  });

  it('keeps an empty answer if the body is cancelled', async () => {
    const { clock, server } = ticking();
    const response = await post(server, '/chat-messages', question);
    const reader = (response.body as ReadableStream<Uint8Array>).getReader();
    const { value } = await reader.read();
    const event = JSON.parse(new TextDecoder().decode(value).slice(6)) as Readonly<Record<string, unknown>>;

    await reader.cancel();
    await clock.pass(10_000);

    assert.deepEqual(await history(server, event['conversation_id']), [{ answer: '', status: 'normal' }]);
  });

  it('rejects as fetch does if the client goes away before the head', async () => {
    const { server } = ticking();
    const leaving = new AbortController();
    const never = createDemoServer({ clock: new TestClock(), slowStart: 5_000 });

    const response = post(never, '/chat-messages', question, leaving.signal);
    leaving.abort();

    await assert.rejects(response, { name: 'AbortError' });
    await assert.rejects(post(server, '/chat-messages', question, leaving.signal), { name: 'AbortError' });
  });

  it('tells the source the conversation so far, without turns that have no answer', async () => {
    const { clock, prompts, server } = ticking({ words: 1 });
    const first = reading(await post(server, '/chat-messages', { ...question, query: 'One' }));
    await clock.pass(5_000);
    const conversation_id = first.events()[0]?.['conversation_id'];
    const leaving = new AbortController();
    const second = reading(
      await post(server, '/chat-messages', { ...question, query: 'Two', conversation_id }, leaving.signal),
    );
    leaving.abort();
    await second.done;

    const third = reading(await post(server, '/chat-messages', { ...question, query: 'Three', conversation_id }));
    await clock.pass(5_000);
    await third.done;

    assert.deepEqual(
      prompts.at(-1)?.history.map(({ answer, query }) => [query, answer]),
      [['One', 'tick1']],
    );
  });

  it('reports a failing model with JSON in the message, and keeps that with the question', async () => {
    const server = createDemoServer({ source: overloaded, tokensPerSecond: Infinity, clock: new TestClock() });

    const stream = reading(await post(server, '/chat-messages', question));
    await stream.done;

    const message =
      '{"args":{"description":"[models] Error: overloaded"},"error_type":"InvokeError","message":"[models] Error: overloaded"}';
    const { conversation_id, created_at, message_id, ...rest } = stream.events().at(-1) ?? {};
    assert.deepEqual(rest, { event: 'error', code: 'invalid_param', status: 400, message });
    assert.deepEqual(await history(server, conversation_id), [{ answer: '', status: 'error' }]);
    assert.deepEqual([typeof created_at, typeof message_id], ['number', 'string']);
  });
});

describe('a blocking answer of the demo server', () => {
  it('is saved although the client did not wait for it', async () => {
    const { clock, server } = ticking({ words: 3 });
    const conversation = reading(await post(server, '/chat-messages', question));
    await clock.pass(5_000);
    const { conversation_id } = conversation.events()[0] ?? {};
    const leaving = new AbortController();

    const response = post(
      server,
      '/chat-messages',
      { ...question, response_mode: 'blocking', conversation_id },
      leaving.signal,
    );
    await clock.pass(1_000);
    leaving.abort();
    await assert.rejects(response);
    await clock.pass(5_000);

    assert.deepEqual(await history(server, conversation_id), [
      { answer: 'tick1 tick2 tick3', status: 'normal' },
      { answer: 'tick1 tick2 tick3', status: 'normal' },
    ]);
  });
});
