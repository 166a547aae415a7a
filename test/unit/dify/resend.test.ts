import assert from 'node:assert/strict';
import { chat } from '../../../src/dify/chat.ts';
import type { DifyError } from '../../../src/dify/errors.ts';
import type { TurnEvent } from '../../../src/dify/turn.ts';
import {
  clientAnswering,
  clientOf,
  collected,
  deadBaseUrl,
  neverAborted,
  sse,
  streamOf,
} from '../../support/difyClient.ts';
import { ended, outline, question, said } from '../../support/turns.ts';

describe('Sending again', () => {
  it('happens twice at most where the server refused unread, says so, and obeys Retry-After', async () => {
    let calls = 0;
    const client = clientAnswering(() => {
      calls++;
      return Response.json({ code: 'too_many_requests', message: 'Busy', status: 429 }, { status: 429 });
    });

    const events = await collected(chat(client, question, neverAborted));

    assert.deepEqual(outline(events), ['resend', 'resend', 'failed: busy']);
    assert.equal(calls, 3);
  });

  it('rule 22: takes the concurrency cap, HTTP 400 invalid_param, for busy, and goes on when a slot is free', async () => {
    const message = 'Too many requests. Please try again later.';
    const answers = [
      Response.json({ code: 'invalid_param', message, status: 400 }, { status: 400 }),
      streamOf([Buffer.from(sse(said('x'), ended))]),
    ];
    const client = clientAnswering(() => answers.shift() ?? Response.error());

    assert.deepEqual(outline(await collected(chat(client, question, neverAborted))), [
      'resend',
      'message',
      'message_end',
      'end: done',
    ]);
  });

  it('rule 3: happens where nobody listens, and never after an answer of the server', async () => {
    const refused = clientOf(await deadBaseUrl());
    assert.deepEqual(outline(await collected(chat(refused, question, neverAborted))), [
      'resend',
      'resend',
      'failed: network',
    ]);

    for (const status of [400, 401, 500, 502, 503]) {
      let calls = 0;
      const client = clientAnswering(() => {
        calls++;
        return new Response('', { status });
      });
      await collected(chat(client, question, neverAborted));
      assert.equal(calls, 1, String(status));
    }
  });

  it('rule 3: does not happen when an open connection times out: the request may have arrived', async () => {
    const fails = (syscall: string): readonly [() => Promise<Response>, () => number] => {
      let calls = 0;
      const cause = Object.assign(new Error('timed out'), { code: 'ETIMEDOUT', syscall });
      return [() => (calls++, Promise.reject(new TypeError('fetch failed', { cause }))), () => calls];
    };
    const [connecting, connects] = fails('connect');
    const [reading, reads] = fails('read');

    await collected(chat(clientOf('http://dify.test/v1', {}, connecting), question, neverAborted));
    const events = await collected(chat(clientOf('http://dify.test/v1', {}, reading), question, neverAborted));

    assert.deepEqual([connects(), reads()], [3, 1]);
    assert.equal((events[0] as DifyError).reason, 'broken');
  });

  it('ends at once when stopped during the pause', async () => {
    const stopping = new AbortController();
    const busy = { code: 'x', message: 'Busy', status: 429 };
    const client = clientAnswering(() => Response.json(busy, { status: 429, headers: { 'retry-after': '60' } }));

    const events: TurnEvent[] = [];
    for await (const event of chat(client, question, stopping.signal)) {
      events.push(event);
      stopping.abort();
    }

    assert.deepEqual(outline(events), ['resend', 'end: stopped']);
  });

  it('does not wait any longer for who is in a hurry', async () => {
    const busy = { code: 'x', message: 'Busy', status: 429 };
    const answers = [
      Response.json(busy, { status: 429, headers: { 'retry-after': '60' } }),
      streamOf([Buffer.from(sse(said('x'), ended))]),
    ];
    const client = clientAnswering(() => answers.shift() ?? Response.error());
    const events: TurnEvent[] = [];
    for await (const event of chat(client, question, neverAborted)) {
      events.push(event);
      // The pause begins once the event is taken.
      if (event.event === 'resend') setImmediate(() => client.hurry());
    }

    assert.deepEqual(outline(events), ['resend', 'message', 'message_end', 'end: done']);
  });
});
