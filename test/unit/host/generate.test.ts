import assert from 'node:assert/strict';
import type { Fields } from '../../../src/dify/json.ts';
import { generate } from '../../../src/host/generate.ts';
import { clientAnswering, collected, neverAborted, sse, streamOf } from '../../support/difyClient.ts';
import { answerOf, recordedCalls } from '../../support/recordedCalls.ts';

interface Sent {
  readonly path: string;
  readonly body: Fields;
}

/** What is sent for the request, where each answer is the next one. */
async function sentFor(
  mode: string,
  request: Partial<Parameters<typeof generate>[2]>,
  ...answers: readonly Response[]
) {
  const sent: Sent[] = [];
  const client = clientAnswering((url, init) => {
    sent.push({ path: url.pathname, body: JSON.parse(init.body as string) as Fields });
    return answers[sent.length - 1] ?? streamOf([Buffer.from(sse({ event: 'message_end', task_id: 't' }))]);
  });
  const events = await collected(
    generate(client, { mode }, { inputs: { text: 'T' }, query: '', files: [], ...request }, neverAborted),
  );
  return { sent, events };
}

/** Dify 1.11's refusal of an object, as it was recorded. */
function refusal(): Response {
  const call = recordedCalls('POST', /^\/workflows\/run$/).find(
    (each) =>
      each.status === 400 && JSON.stringify(each.exchange.response).includes('obj in input form must be a string'),
  );
  assert.ok(call);
  return answerOf(call);
}

describe('generate', () => {
  const streaming = { inputs: { text: 'T' }, response_mode: 'streaming', user: 'u-1' };

  it('asks each kind of app where it answers', async () => {
    assert.deepEqual((await sentFor('completion', {})).sent, [{ path: '/v1/completion-messages', body: streaming }]);
    assert.deepEqual((await sentFor('workflow', {})).sent, [{ path: '/v1/workflows/run', body: streaming }]);
    for (const mode of ['chat', 'agent-chat', 'advanced-chat', 'agent']) {
      const { sent } = await sentFor(mode, { query: 'Q' });
      const chat = { ...streaming, query: 'Q', conversation_id: '', auto_generate_name: false };
      assert.deepEqual(sent, [{ path: '/v1/chat-messages', body: chat }], mode);
    }
  });

  it('sends files that belong to no input', async () => {
    const files = [{ type: 'image', transfer_method: 'local_file', upload_file_id: 'f' }];

    assert.deepEqual((await sentFor('workflow', { files })).sent[0]?.body['files'], files);
  });

  it('rule 36: sends an object as JSON text where the server refused it, and files as they are', async () => {
    const file = { type: 'image', transfer_method: 'local_file', upload_file_id: 'f' };

    const { sent, events } = await sentFor('workflow', { inputs: { obj: { a: 1 }, one: file } }, refusal());

    assert.deepEqual(
      sent.map(({ body }) => body['inputs']),
      [
        { obj: { a: 1 }, one: file },
        { obj: '{"a":1}', one: file },
      ],
    );
    assert.equal(events.length, 2);
  });

  it('fails where the server refuses anything else', async () => {
    const { sent, events } = await sentFor('workflow', { inputs: { obj: 'x' } }, refusal());

    assert.deepEqual([sent.length, String(events[0])], [1, String(events[0])]);
    assert.ok(events[0] instanceof Error);
  });
});
