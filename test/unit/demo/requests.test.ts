import assert from 'node:assert/strict';
import { demoApps } from '../../../src/demo/demoApps.ts';
import { createDemoServer } from '../../../src/demo/server.ts';
import { TestClock } from '../../support/testClock.ts';

const [summarizer, translator, chatbot] = demoApps.map(({ key }) => key);

async function send(method: string, path: string, body?: unknown, key = chatbot): Promise<readonly [number, unknown]> {
  const server = createDemoServer({ clock: new TestClock(), tokensPerSecond: Infinity });
  const isRaw = body instanceof Uint8Array;
  const response = await server.handle(
    new Request(`https://demo.invalid/v1${path}`, {
      method,
      headers: { Authorization: `Bearer ${key ?? ''}`, 'Content-Type': 'application/json' },
      ...(body === undefined ? {} : { body: isRaw ? body : JSON.stringify(body) }),
    }),
  );
  const text = await response.text();
  return [response.status, text === '' ? undefined : JSON.parse(text)];
}

const question = { query: 'Hello', inputs: {}, user: 'ada', response_mode: 'blocking', auto_generate_name: false };
const missingUser = { code: 'invalid_param', message: 'Arg user must be provided.', status: 400 };
const unknown = { message: 'Internal Server Error', code: 'unknown', status: 500 };

describe('requests to the demo server', () => {
  it('are refused if their bytes are no UTF-8', async () => {
    const body = Uint8Array.from([...new TextEncoder().encode('{"query":"'), 0xff, 0xfe, 0x22, 0x7d]);

    const [status] = await send('POST', '/chat-messages', body);

    assert.equal(status, 400);
  });

  it('may quote an escape that would be half a character', async () => {
    assert.equal((await send('POST', '/chat-messages', { ...question, query: String.raw`\ud83d` }))[0], 200);
  });

  for (const user of [undefined, null, '', 0, false, [], {}]) {
    it(`need a user, and ${JSON.stringify(user)} is none`, async () => {
      assert.deepEqual(await send('POST', '/chat-messages', { ...question, user }), [400, missingUser]);
    });
  }

  it('may have a number for a user, and 255 characters, but not 256', async () => {
    assert.equal((await send('POST', '/chat-messages', { ...question, user: 7 }))[0], 200);
    assert.equal((await send('POST', '/chat-messages', { ...question, user: '😀'.repeat(255) }))[0], 200);
    assert.deepEqual(await send('POST', '/chat-messages', { ...question, user: '😀'.repeat(256) }), [500, unknown]);
  });

  it('ask for a query that is not empty, after the rest of the body was looked at', async () => {
    assert.deepEqual(await send('POST', '/chat-messages', { ...question, query: '' }), [
      400,
      { code: 'invalid_param', message: 'query is required', status: 400 },
    ]);
    assert.equal((await send('POST', '/chat-messages', { ...question, query: ' ' }))[0], 200);
  });

  it('hear of every fault of their body at once', async () => {
    const [, body] = await send('POST', '/chat-messages', { user: 'ada', query: 5, response_mode: 'sse' });

    assert.deepEqual(body, {
      code: 'invalid_param',
      message: [
        '3 validation errors for ChatRequestPayload',
        'inputs',
        "  Field required [type=missing, input_value={'user': 'ada', 'query': ... 'response_mode': 'sse'}, input_type=dict]",
        '    For further information visit https://errors.pydantic.dev/2.12/v/missing',
        'query',
        '  Input should be a valid string [type=string_type, input_value=5, input_type=int]',
        '    For further information visit https://errors.pydantic.dev/2.12/v/string_type',
        'response_mode',
        "  Input should be 'blocking' or 'streaming' [type=literal_error, input_value='sse', input_type=str]",
        '    For further information visit https://errors.pydantic.dev/2.12/v/literal_error',
      ].join('\n'),
      status: 400,
    });
  });

  it('are checked for the user before the mode, and for the mode before the body', async () => {
    assert.deepEqual(await send('POST', '/chat-messages', {}, summarizer), [400, missingUser]);
    assert.equal(
      ((await send('POST', '/chat-messages', { user: 'ada' }, summarizer))[1] as { readonly code: string }).code,
      'not_chat_app',
    );
  });

  it('get no default from the server for an input that they leave out', async () => {
    const [, body] = await send('POST', '/completion-messages', { user: 'ada', inputs: { text: 'Hi' } }, translator);

    assert.deepEqual(body, {
      code: 'invalid_param',
      message: 'target_language is required in input form',
      status: 400,
    });
  });

  it('find apps that say what they are', async () => {
    const [, info] = await send('GET', '/info', undefined, summarizer);
    const [, site] = await send('GET', '/site', undefined, summarizer);

    assert.match((info as { readonly description: string }).description, /demo.*No language model/i);
    assert.equal((site as { readonly icon: string }).icon, '📝');
  });

  it('need keys of the right form', () => {
    for (const { key } of demoApps) assert.match(key, /^app-[A-Za-z0-9]{24}$/);
  });
});
