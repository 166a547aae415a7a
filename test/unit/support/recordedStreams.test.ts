import assert from 'node:assert/strict';
import { lineOf } from '../../replay/line.ts';
import { sse } from '../../support/difyClient.ts';
import { streamsOf, type RecordedStream } from '../../support/recordedStreams.ts';
import { ended, ids, said } from '../../support/turns.ts';

const headers = [['Content-Type', 'text/event-stream; charset=utf-8']];
const question = { method: 'POST', path: '/v1/chat-messages', headers: {}, body: 'no JSON' };

function streamed(text: string, more: object = {}): object {
  const response = { status: 200, headers, head_ms: 1, chunks: [{ ms: 1, text }], ended: 'eof', end_ms: 100, ...more };
  return { at_ms: 0, request: question, response };
}

const answer = streamed(sse(said('Hi'), ended));

function stop(path: string, more: object = {}): object {
  return { at_ms: 50, request: { method: 'POST', path, headers: {} }, response: undefined, ...more };
}

function only(...exchanges: readonly unknown[]): RecordedStream {
  const [stream, ...others] = streamsOf('odd', exchanges);
  assert.ok(stream);
  assert.equal(others.length, 0);
  return stream;
}

describe('The streams of odd recordings', () => {
  it('are none where no answer came, and in what is no exchange', () => {
    const { response: _, ...unanswered } = { ...answer, response: undefined };
    const odd = [
      null,
      1,
      {},
      { request: 5 },
      { request: question, response: {} },
      streamed('', { headers: { a: 'b' } }),
    ];

    assert.deepEqual(streamsOf('odd', []), []);
    assert.deepEqual(streamsOf('odd', [unanswered, { ...unanswered, response: null, failed: 'reset' }, ...odd]), []);
    assert.equal(only(...odd, answer).exchange, odd.length, 'those beside them count');
  });

  it('were stopped by a stop of their task while they were open, whoever sent it, answered or not', async () => {
    const path = '/v1/chat-messages/t-1/stop';
    const endWith = async (...others: readonly object[]): Promise<string> =>
      (await lineOf('odd', only(answer, ...others), undefined)).end;

    for (const sent of [stop(path), stop(path, { response: null }), stop(`${path}?user=another`)]) {
      assert.equal(await endWith(sent), 'stopped');
    }
    const refused = { response: { status: 404, headers: [], chunks: [] } };
    for (const sent of [stop('/v1/chat-messages/t-2/stop'), stop(path, { at_ms: 101 }), stop(path, refused)]) {
      assert.equal(await endWith(sent), 'done');
    }
  });

  it('are read from pieces of a character, and break off where the recorder gave up', async () => {
    const bytes = Buffer.from(sse(said('猫')));
    const middle = bytes.indexOf(Buffer.from('猫')) + 1;
    const chunks = [bytes.subarray(0, middle), bytes.subarray(middle)].map((piece) => ({
      ms: 1,
      base64: piece.toString('base64'),
    }));
    const line = await lineOf('odd', only(streamed('', { chunks, ended: 'recorder-timeout' })), 'every');

    assert.deepEqual([line.end, line.answer, line.differences], ['incomplete', '猫', 0]);
    assert.equal(line.taskId, ids.task_id);
  });

  it('fail, and are not cut, where they are refusals', async () => {
    const line = await lineOf('odd', only(streamed(sse(said('Hi')), { status: 400 })), 'every');

    assert.deepEqual([line.end, line.cuts, line.differences], ['failed', 0, 0]);
  });
});
