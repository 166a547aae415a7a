import assert from 'node:assert/strict';
import type { ServerResponse } from 'node:http';
import { chat } from '../../../src/dify/chat.ts';
import type { TurnEvent } from '../../../src/dify/turn.ts';
import { clientOf, collected, neverAborted, sse, withServer } from '../../support/difyClient.ts';

const question = { query: 'Hello?', inputs: {}, conversation_id: '' };
const ids = { task_id: 't-1', message_id: 'm-1', conversation_id: 'c-1' };
const said = (answer: string): string => sse({ event: 'message', ...ids, answer });
const ended = sse({ event: 'message_end', ...ids, metadata: { usage: { total_tokens: 0 } } });
const eventStream = { 'content-type': 'text/event-stream' };
const success = '{"result":"success"}';

const names = (events: readonly TurnEvent[]): readonly string[] =>
  events.map((event) => (event.event === 'end' ? event.reason : event.event));

describe('Stopping', () => {
  it('rule 4: yields nothing more but the end, tells the server with the same user, reads on to its end and then closes', async () => {
    let stream: ServerResponse | undefined;
    let readToItsEnd = false;
    await withServer(
      ({ path }, response) => {
        if (path === '/chat-messages') {
          stream = response;
          response.on('finish', () => (readToItsEnd = true));
          response.writeHead(200, eventStream).write(said('one'));
        } else {
          response.end(success);
          stream?.write(said('late'));
          stream?.end(ended);
        }
      },
      async (baseUrl, got) => {
        const client = clientOf(baseUrl);
        const stopping = new AbortController();
        const events: TurnEvent[] = [];
        for await (const event of chat(client, question, stopping.signal)) {
          events.push(event);
          stopping.abort();
        }
        await client.settled();

        assert.deepEqual(names(events), ['message', 'stopped']);
        assert.deepEqual(got[1], { method: 'POST', path: '/chat-messages/t-1/stop', body: { user: 'u-1' } });
        assert.equal(got.length, 2);
        assert.ok(readToItsEnd);
      },
    );
  });

  it('ends while the stream is silent, without waiting for the server', async () => {
    await withServer(
      ({ path }, response) => {
        if (path === '/chat-messages') response.writeHead(200, eventStream).write(said('one'));
        else response.end(success);
      },
      async (baseUrl, got) => {
        const client = clientOf(baseUrl, { stop: 20 });
        const stopping = new AbortController();
        const events = chat(client, question, stopping.signal);
        await events.next();
        const next = events.next();
        stopping.abort();

        assert.deepEqual((await next).value, { event: 'end', reason: 'stopped' });
        assert.equal((await events.next()).done, true);
        await client.settled();
        assert.equal(got.length, 2);
      },
    );
  });

  it('rules 4 and 11: before the first event reads on for a task to stop, and closes after the limit if none comes', async () => {
    let stream: ServerResponse | undefined;
    await withServer(
      ({ path }, response) => {
        if (path === '/chat-messages') stream = response;
        else {
          response.end(success);
          stream?.end(ended);
        }
      },
      async (baseUrl, got) => {
        const client = clientOf(baseUrl);
        const stopping = new AbortController();
        const next = chat(client, question, stopping.signal).next();
        while (stream === undefined) await new Promise((resolve) => setImmediate(resolve));
        stopping.abort();
        assert.deepEqual((await next).value, { event: 'end', reason: 'stopped' });

        stream.writeHead(200, eventStream).write(said('one'));
        await client.settled();
        assert.equal(got[1]?.path, '/chat-messages/t-1/stop');
      },
    );

    await withServer(
      (_, response) => {
        stream = response;
      },
      async (baseUrl, got) => {
        const client = clientOf(baseUrl, { stop: 20 });
        const stopping = new AbortController();
        const next = chat(client, question, stopping.signal).next();
        stopping.abort();
        assert.deepEqual((await next).value, { event: 'end', reason: 'stopped' });
        await client.settled();
        assert.ok(got.length <= 1);
      },
    );
  });

  it('tells no server to stop what turns out to have ended', async () => {
    let stream: ServerResponse | undefined;
    await withServer(
      (_, response) => {
        stream = response;
      },
      async (baseUrl, got) => {
        const client = clientOf(baseUrl);
        const stopping = new AbortController();
        const next = chat(client, question, stopping.signal).next();
        while (stream === undefined) await new Promise((resolve) => setImmediate(resolve));
        stopping.abort();
        assert.deepEqual((await next).value, { event: 'end', reason: 'stopped' });

        stream.writeHead(200, eventStream).end(said('all of it') + ended);
        await client.settled();
        assert.equal(got.length, 1);
      },
    );
  });

  it('sends nothing when the signal was aborted before', async () => {
    await withServer(
      (_, response) => void response.end(),
      async (baseUrl, got) => {
        const events = await collected(chat(clientOf(baseUrl), question, AbortSignal.abort()));

        assert.deepEqual(events, [{ event: 'end', reason: 'stopped' }]);
        assert.equal(got.length, 0);
      },
    );
  });

  it('after the end changes nothing', async () => {
    await withServer(
      (_, response) => void response.writeHead(200, eventStream).end(said('one') + ended),
      async (baseUrl, got) => {
        const client = clientOf(baseUrl);
        const stopping = new AbortController();
        const events: TurnEvent[] = [];
        for await (const event of chat(client, question, stopping.signal)) {
          events.push(event);
          if (event.event === 'end') stopping.abort();
        }
        await client.settled();

        assert.deepEqual(names(events), ['message', 'message_end', 'done']);
        assert.equal(got.length, 1);
      },
    );
  });

  it('happens too when the reader leaves the loop before the end, and not when it leaves after it', async () => {
    await withServer(
      ({ path }, response) => {
        if (path === '/chat-messages') response.writeHead(200, eventStream).write(said('one') + ended);
        else response.end(success);
      },
      async (baseUrl, got) => {
        const client = clientOf(baseUrl);
        for await (const event of chat(client, question, neverAborted)) if (event.event === 'message_end') break;
        await client.settled();
        assert.equal(got.length, 1);

        const early = clientOf(baseUrl, { stop: 20 });
        for await (const event of chat(early, question, neverAborted)) if (event.event === 'message') break;
        await early.settled();
        assert.ok(got.length >= 2);
      },
    );
  });
});
