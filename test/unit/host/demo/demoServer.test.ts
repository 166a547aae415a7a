import assert from 'node:assert/strict';
import { ask } from '../../../../src/conversation/ask.ts';
import type { RunEvent } from '../../../../src/conversation/run.ts';
import { createDemoServer } from '../../../../src/demo/server.ts';
import { ApiKey } from '../../../../src/dify/apiKey.ts';
import { chat } from '../../../../src/dify/chat.ts';
import { DifyClient, type Fetch } from '../../../../src/dify/client.ts';
import { demoOrigin, isDemo, type App } from '../../../../src/host/app.ts';
import { InProcessServer, withDemo } from '../../../../src/host/demo/demoServer.ts';
import { neverAborted } from '../../../support/difyClient.ts';

const words = { t: (message: string) => message, host: '', keepsAnswers: false };
const fast = () => Promise.resolve({ createDemoServer: () => createDemoServer({ tokensPerSecond: Infinity }) });
const slow = () => Promise.resolve({ createDemoServer: () => createDemoServer({ tokensPerSecond: 400 }) });
const noNetwork: Fetch = () => Promise.reject(new Error('went to the network'));

async function appNamed(server: InProcessServer, name: string): Promise<App> {
  const app = (await server.apps()).find((known) => known.name === name);
  assert.ok(app !== undefined);
  return app;
}

async function clientOf(server: InProcessServer, name: string): Promise<DifyClient> {
  const app = await appNamed(server, name);
  const apiKey = new ApiKey((await server.key(app)) ?? '', demoOrigin);
  return new DifyClient(
    () => Promise.resolve({ baseUrl: app.baseUrl, apiKey, user: 'demo' }),
    withDemo(noNetwork, server),
  );
}

const question = { query: 'Show me some Markdown.', inputs: {}, conversation_id: '' };

describe('The server of the demo', () => {
  it('has apps of every mode at an address that no network knows, their keys not among what is told of them', async () => {
    const server = new InProcessServer(fast);
    const apps = await server.apps();

    const modes = new Set(apps.map(({ mode }) => mode));
    assert.deepEqual([...modes].sort(), ['advanced-chat', 'agent', 'agent-chat', 'chat', 'completion', 'workflow']);
    assert.equal(new Set(apps.map(({ id }) => id)).size, apps.length);
    assert.ok(apps.every(isDemo));
    for (const app of apps) {
      const key = await server.key(app);
      assert.match(key ?? '', /^app-/);
      assert.ok(!JSON.stringify(apps).includes(key ?? ''));
    }
    assert.equal(await server.key({ id: 'demo:gone' }), undefined);
  });

  it('answers a client without any network', async () => {
    const client = await clientOf(new InProcessServer(fast), 'Demo Chat');

    const events = await Array.fromAsync(ask(chat(client, question, neverAborted), words));

    assert.equal(events.at(-1)?.type, 'answered');
  });

  it('streams: the first piece is there before the last one is written', async () => {
    const server = new InProcessServer(slow);
    const client = await clientOf(server, 'Demo Chat');
    const stopping = new AbortController();
    const events: RunEvent[] = [];

    for await (const event of ask(chat(client, { ...question, query: 'Count to 150.' }, stopping.signal), words)) {
      events.push(event);
      if (event.type === 'textAppended') stopping.abort();
    }

    assert.equal(events.at(-1)?.type, 'stopped');
    await client.settled();
  });

  it('breaks a response off that is under way when its request is aborted', async () => {
    const server = new InProcessServer(slow);
    const app = await appNamed(server, 'Demo Chat');
    const leaving = new AbortController();
    const response = await server.fetch(`${app.baseUrl}/chat-messages`, {
      method: 'POST',
      headers: { 'content-type': 'application/json', authorization: `Bearer ${await server.key(app)}` },
      body: JSON.stringify({ ...question, query: 'Count to 150.', user: 'u', response_mode: 'streaming' }),
      signal: leaving.signal,
    });
    const reader = response.body?.getReader();
    await reader?.read();

    leaving.abort(new Error('gone'));

    await assert.rejects(async () => {
      while ((await reader?.read())?.done === false);
    }, /gone/);
  });

  it('gives no response to a request that was aborted', async () => {
    const server = new InProcessServer(fast);

    await assert.rejects(
      server.fetch(`${demoOrigin}/v1/info`, { signal: AbortSignal.abort(new Error('gone')) }),
      /gone/,
    );
  });

  it('is loaded when it is first asked for, once, and again if that failed', async () => {
    let loads = 0;
    const server = new InProcessServer(() => {
      loads += 1;
      return loads === 1 ? Promise.reject(new Error('no such file')) : fast();
    });
    assert.equal(loads, 0);

    await assert.rejects(server.apps(), /no such file/);
    await Promise.all([server.apps(), server.fetch(`${demoOrigin}/v1/info`, {})]);

    assert.equal(loads, 2);
  });
});

describe('withDemo', () => {
  it('leads to the demo what is meant for it, and nothing else', async () => {
    const went: string[] = [];
    const fetch = withDemo(
      (url) => {
        went.push(url);
        return Promise.resolve(new Response());
      },
      { fetch: () => Promise.resolve(new Response('demo')) },
    );

    assert.equal(await (await fetch('https://demo.invalid/v1/info', {})).text(), 'demo');
    const others = ['http://demo.invalid/v1', 'https://demo.invalid:8443/v1', 'https://demo.invalid.evil.test/v1'];
    for (const url of [...others, 'https://user@api.dify.ai/?https://demo.invalid']) await fetch(url, {});

    assert.equal(went.length, 4);
  });
});
