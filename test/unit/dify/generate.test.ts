import assert from 'node:assert/strict';
import { chat } from '../../../src/dify/chat.ts';
import { complete } from '../../../src/dify/completion.ts';
import { DifyError } from '../../../src/dify/errors.ts';
import { isFields } from '../../../src/dify/json.ts';
import {
  clientAnswering,
  clientOf,
  collected,
  neverAborted,
  sse,
  streamOf,
  withServer,
} from '../../support/difyClient.ts';
import { ended, eventStream, ids, outline, question, said } from '../../support/turns.ts';

async function outlineOf(...events: readonly object[]): Promise<readonly string[]> {
  const client = clientAnswering(() => streamOf([Buffer.from(sse(...events))]));
  return outline(await collected(chat(client, question, neverAborted)));
}

describe('A generating call', () => {
  it('sends the inputs with the user, streaming, and yields the events and the end', async () => {
    await withServer(
      (_, response) => response.writeHead(200, eventStream).end(sse(said('Good '), said('day'), ended)),
      async (baseUrl, got) => {
        const events = await collected(complete(clientOf(baseUrl), { inputs: { text: 'x' } }, neverAborted));

        assert.deepEqual(got, [
          {
            method: 'POST',
            path: '/completion-messages',
            body: { response_mode: 'streaming', inputs: { text: 'x' }, user: 'u-1' },
          },
        ]);
        assert.deepEqual(outline(events), ['message', 'message', 'message_end', 'end: done']);
        const wire = { ...ids, workflow_run_id: undefined };
        assert.deepEqual(events[1], { ...wire, event: 'message', answer: 'day' });
        const usage = { total_tokens: 7, total_price: '0.1', currency: undefined, latency: 2 };
        const nothing = { retriever_resources: [], files: [], annotation_reply: undefined };
        assert.deepEqual(events[2], { ...wire, event: 'message_end', usage, ...nothing });
      },
    );
  });

  it('rules 37 and 45: asks with the one user and its files, and for no name, which would hold back the first word', async () => {
    await withServer(
      (_, response) => response.writeHead(200, eventStream).end(sse(ended)),
      async (baseUrl, got) => {
        const files = [{ type: 'image', transfer_method: 'local_file', upload_file_id: 'f-1' }];
        await collected(chat(clientOf(baseUrl), { ...question, files }, neverAborted));

        const asked = { ...question, files, auto_generate_name: false, response_mode: 'streaming', user: 'u-1' };
        assert.deepEqual(got, [{ method: 'POST', path: '/chat-messages', body: asked }]);
      },
    );
  });

  it('rule 35: sends all inputs with every turn, also of a conversation that goes on', async () => {
    await withServer(
      (_, response) => response.writeHead(200, eventStream).end(sse(ended)),
      async (baseUrl, got) => {
        const inputs = { name: 'Ann', lang: 'zh' };
        for (const conversation_id of ['', 'c-1']) {
          await collected(chat(clientOf(baseUrl), { ...question, inputs, conversation_id }, neverAborted));
        }

        assert.deepEqual(
          got.map(({ body }) => isFields(body) && [body['inputs'], body['conversation_id']]),
          [
            [inputs, ''],
            [inputs, 'c-1'],
          ],
        );
      },
    );
  });

  it('takes both endings of a chatflow, and either event alone', async () => {
    const started = { event: 'workflow_started', ...ids };
    const finished = { event: 'workflow_finished', ...ids, data: { status: 'succeeded', outputs: { answer: 'x' } } };

    assert.equal((await outlineOf(started, said('x'), finished, ended)).at(-1), 'end: done');
    assert.equal((await outlineOf(started, said('x'), ended, finished)).at(-1), 'end: done');
    assert.equal((await outlineOf(started, said('x'), finished)).at(-1), 'end: done');
    assert.equal((await outlineOf(started, said('x'), ended)).at(-1), 'end: done');
    assert.equal((await outlineOf(started, said('x'))).at(-1), 'end: incomplete');
    assert.equal((await outlineOf(started, { event: 'workflow_paused', ...ids })).at(-1), 'end: paused');
  });

  it('is done where an error follows the end of the answer: speaking it may fail', async () => {
    const error = { event: 'error', status: 400, code: 'invalid_param', message: 'no voice' };

    assert.equal((await outlineOf(said('x'), ended, error)).at(-1), 'end: done');
    assert.equal((await outlineOf(said('x'), error)).at(-1), 'failed: runFailed');
  });

  it('reads a stream whatever the case of its media type', async () => {
    const client = clientAnswering(() => {
      const { body } = streamOf([Buffer.from(sse(said('x'), ended))]);
      return new Response(body, { headers: { 'content-type': 'Text/Event-Stream' } });
    });

    assert.equal(outline(await collected(chat(client, question, neverAborted))).at(-1), 'end: done');
  });

  it('tells a failed and a stopped workflow by its status', async () => {
    const finished = (status: string): object => ({
      event: 'workflow_finished',
      ...ids,
      data: { status, error: 'why' },
    });

    assert.deepEqual(await outlineOf(said('x'), finished('failed')), [
      'message',
      'workflow_finished',
      'failed: runFailed',
    ]);
    assert.equal((await outlineOf(said('x'), finished('stopped'))).at(-1), 'end: stopped');
    assert.equal((await outlineOf(said('x'), finished('partial-succeeded'))).at(-1), 'end: done');
  });

  it('fails at an error event, with the innermost words of the model', async () => {
    const message = '{"args":{},"error_type":"InvokeError","message":"No quota left"}';
    const error = { event: 'error', code: 'invalid_param', status: 400, message };
    const client = clientAnswering(() => streamOf([Buffer.from(sse(said('x'), error, said('never')))]));

    const events = await collected(chat(client, question, neverAborted));

    assert.deepEqual(outline(events), ['message', 'error', 'failed: runFailed']);
    assert.equal((events[2] as DifyError).detail, 'No quota left');
    assert.equal((events[2] as DifyError).code, 'invalid_param');
  });

  it('takes text deltas that Dify 1.11 calls message_file, and keeps real files and unknown events apart', async () => {
    const delta = { event: 'message_file', ...ids, id: 'm-1', answer: 'text' };
    const file = { event: 'message_file', ...ids, id: 'f-1', type: 'image', url: '/files/f-1' };

    assert.deepEqual(await outlineOf(delta, file, { event: 'of_tomorrow' }, { no: 'event' }, ended), [
      'message',
      'message_file',
      'ignored',
      'message_end',
      'end: done',
    ]);
  });

  it('reads a JSON answer where a stream was asked for, and a stream where JSON was', async () => {
    const whole = {
      event: 'message',
      ...ids,
      mode: 'chat',
      answer: 'All at once',
      metadata: { usage: { total_tokens: 3 } },
    };

    const json = await collected(
      chat(
        clientAnswering(() => Response.json(whole)),
        question,
        neverAborted,
      ),
    );
    const stream = clientAnswering(() => streamOf([Buffer.from(sse(said('x'), ended))]));
    const blocking = await collected(chat(stream, { ...question, response_mode: 'blocking' }, neverAborted));

    assert.deepEqual(outline(json), ['message', 'message_end', 'end: done']);
    assert.equal((json[0] as { answer: string }).answer, 'All at once');
    assert.equal((json[1] as { usage: { total_tokens: number } }).usage.total_tokens, 3);
    assert.deepEqual(outline(blocking), ['message', 'message_end', 'end: done']);
  });

  it('says that a web page is not Dify, and quotes its title', async () => {
    const page = '<!doctype html><html><head><title>Sign in\n  to Wi-Fi</title></head></html>';
    const client = clientAnswering(() => new Response(page, { headers: { 'content-type': 'text/html' } }));

    const [failure] = await collected(chat(client, question, neverAborted));

    assert.ok(failure instanceof DifyError);
    assert.deepEqual([failure.kind, failure.pageTitle], ['notDify', 'Sign in to Wi-Fi']);
  });

  it('rule 2: is incomplete when the connection is reset in the middle, and keeps what came', async () => {
    await withServer(
      (_, response) => {
        response.writeHead(200, eventStream).write(sse(said('Half')), () => response.destroy());
      },
      async (baseUrl) => {
        const events = await collected(chat(clientOf(baseUrl), question, neverAborted));

        assert.deepEqual(outline(events), ['message', 'end: incomplete']);
        assert.equal((events[1] as { error: DifyError }).error.kind, 'network');
      },
    );
  });

  it('rule 14: is incomplete when no byte comes for the idle limit', async () => {
    await withServer(
      (_, response) => void response.writeHead(200, eventStream).write(sse(said('Half'))),
      async (baseUrl) => {
        const events = await collected(chat(clientOf(baseUrl, { idle: 20, stop: 20 }), question, neverAborted));

        assert.deepEqual(outline(events), ['message', 'end: incomplete']);
        assert.equal((events[1] as { error: DifyError }).error.kind, 'timeout');
      },
    );
  });

  it('rule 14: stops what nobody could read any more, and leaves a workflow, which can be attached to', async () => {
    const began = { event: 'workflow_started', ...ids, workflow_run_id: 'r-1', data: {} };
    for (const [first, stops] of [
      [said('Half'), 1],
      [began, 0],
    ] as const) {
      await withServer(
        ({ path }, response) => {
          if (path.endsWith('/stop')) response.end('{"result":"success"}');
          else response.writeHead(200, eventStream).write(sse(first));
        },
        async (baseUrl, got) => {
          const client = clientOf(baseUrl, { idle: 20, stop: 20 });
          await collected(chat(client, question, neverAborted));
          await client.settled();

          assert.equal(got.length, 1 + stops);
        },
      );
    }
  });

  it('rule 15: is done when the stream stays open after message_end, pings or not', async () => {
    await withServer(
      (_, response) => {
        response.writeHead(200, eventStream).write(sse(said('All'), ended));
        const pings = setInterval(() => response.write('event: ping\n\n'), 2);
        response.on('close', () => clearInterval(pings));
      },
      async (baseUrl) => {
        const events = await collected(chat(clientOf(baseUrl, { rest: 20 }), question, neverAborted));

        assert.deepEqual(outline(events), ['message', 'message_end', 'end: done']);
      },
    );
  });

  it('fails when no head comes in time', async () => {
    await withServer(
      () => {},
      async (baseUrl) => {
        const events = await collected(chat(clientOf(baseUrl, { head: 20, stop: 20 }), question, neverAborted));

        assert.deepEqual(outline(events), ['failed: timeout']);
      },
    );
  });

  it('ends an answer over the limit, keeps it, and stops the server', async () => {
    await withServer(
      ({ path }, response) => {
        if (path.endsWith('/stop')) response.end('{"result":"success"}');
        else response.writeHead(200, eventStream).write(sse(said('x'.repeat(101))));
      },
      async (baseUrl, got) => {
        const client = clientOf(baseUrl, { answer: 100, stop: 50 });
        const events = await collected(chat(client, question, neverAborted));
        await client.settled();

        assert.deepEqual(outline(events), ['message', 'end: incomplete']);
        assert.equal((events[1] as { error: DifyError }).error.kind, 'tooLarge');
        assert.equal(got[1]?.path, '/chat-messages/t-1/stop');
      },
    );
  });
});
