import assert from 'node:assert/strict';
import { once } from 'node:events';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { modelSource } from '../../dify-server/model.ts';
import { type RunningDifyServer, startDifyServer } from '../../dify-server/serve.ts';

describe('a model behind the Dify server', () => {
  let server: RunningDifyServer;
  const requests: { readonly messages: readonly object[]; readonly model: string }[] = [];
  let reply: { readonly status: number; readonly body: string; readonly isCut?: boolean };
  const api = createServer((request, response) => {
    void (async () => {
      requests.push(JSON.parse(Buffer.concat(await request.toArray()).toString()) as (typeof requests)[number]);
      response.writeHead(reply.status).write(reply.body, () => {
        if (reply.isCut === true) response.destroy();
        else response.end();
      });
    })();
  });

  before(async () => {
    api.listen(0, '127.0.0.1');
    await once(api, 'listening');
    const { port } = api.address() as AddressInfo;
    await start(`http://127.0.0.1:${port}/v1/`);
  });
  async function start(url: string): Promise<void> {
    server = await startDifyServer({ tokensPerSecond: Infinity, source: modelSource({ url, model: 'tiny' }) });
  }

  async function ask(question: object): Promise<string> {
    const response = await fetch(`${server.baseUrl}/chat-messages`, {
      method: 'POST',
      headers: { Authorization: `Bearer ${server.apps[2]?.key ?? ''}`, 'Content-Type': 'application/json' },
      body: JSON.stringify({
        inputs: {},
        user: 'ada',
        response_mode: 'streaming',
        auto_generate_name: false,
        ...question,
      }),
    });
    return response.text();
  }

  after(async () => {
    await server.close();
    api.close();
  });

  const deltas = ['Hel', 'lo'].map((content) => `data: ${JSON.stringify({ choices: [{ delta: { content } }] })}\n\n`);

  it('is told the conversation and streams its answer', async () => {
    reply = { status: 200, body: `${deltas.join('')}data: [DONE]\n\n` };
    const text = await ask({ query: 'Hi' });
    const conversation_id = /"conversation_id":"([^"]+)/.exec(text)?.[1];

    await ask({ query: 'And?', conversation_id });

    assert.deepEqual(text.match(/"answer":"[^"]*"/g), ['"answer":"Hel"', '"answer":"lo"', '"answer":""']);
    assert.equal(requests.at(-1)?.model, 'tiny');
    assert.deepEqual(requests.at(-1)?.messages, [
      { role: 'user', content: 'Hi' },
      { role: 'assistant', content: 'Hello' },
      { role: 'user', content: 'And?' },
    ]);
  });

  for (const [failure, answer, message] of [
    [
      'refuses',
      { status: 429, body: '{"error":{"message":"slow down"}}' },
      /"error_type\\":\\"InvokeError\\",\\"message\\":\\"\[models\] Error: API request failed with status code 429/,
    ],
    [
      'breaks off',
      { status: 200, body: deltas.join(''), isCut: true },
      /"answer":"lo"[\s\S]*\{\\"args\\":\{\},\\"error_type\\":\\"ChunkedEncodingError\\",\\"message\\":\\"Response ended prematurely\\"\}/,
    ],
  ] as const) {
    it(`becomes Dify's error event when it ${failure}`, async () => {
      reply = answer;

      const text = await ask({ query: 'Hi' });

      assert.match(text, message);
      assert.match(text, /"event":"error".*"code":"invalid_param","status":400/);
    });
  }

  it('is said to be unavailable when nobody listens', async () => {
    await server.close();
    await start('http://127.0.0.1:1');

    assert.match(
      await ask({ query: 'Hi' }),
      /"code":"completion_request_error","status":400,"message":"\[models\] Server Unavailable Error, /,
    );
  });
});
