import assert from 'node:assert/strict';
import { getMessages, type HumanInputContent } from '../../../src/dify/messages.ts';
import { clientAnswering, neverAborted } from '../../support/difyClient.ts';
import { clientGetting, failureOf, lost, recordedCalls } from '../../support/recordedCalls.ts';

/**
 * What is told as `initial` and `options` of a form's input, and as `tools` and `message_files` of a thought; and of a citation ids
 * that change with each reading, and counts of the knowledge base.
 */
const elsewhere =
  /default|option_source|agent_thoughts\[\]\.(?:message_id|created_at|tool|files\[\])$|retriever_resources\[\]\.(?:id|message_id|dataset_id|data_source_type|hit_count|word_count|segment_position|index_node_hash)$/;

describe('Messages', () => {
  it('are read without loss from every recorded history, and refused in Dify’s words where the server refused', async () => {
    for (const call of recordedCalls('GET', /^\/messages$/)) {
      const { client } = clientGetting(call);
      const history = getMessages(client, { conversationId: 'c-1' }, neverAborted);

      if (call.status !== 200) {
        const { kind, status } = await failureOf(history);
        assert.equal(status, call.status, call.name);
        assert.equal(kind, call.status === 404 ? 'notFound' : 'rejected', call.name);
        continue;
      }
      const { messages, hasMore } = await history;
      const { data, has_more } = call.json as { data: unknown; has_more: boolean };
      const missing = lost(data, messages).filter((path) => !elsewhere.test(path));
      assert.deepEqual(missing, [], call.name);
      assert.equal(hasMore, has_more, call.name);
    }
  });

  it('rule 38: are asked for 100 at a time, with the user, without an empty first_id', async () => {
    const seen: string[] = [];
    const client = clientAnswering((url) => {
      seen.push(url.search);
      return Response.json({ limit: 100, has_more: true, data: [{ id: 'm-1', answer: null }, { query: 'no id' }] });
    });

    const page = await getMessages(client, { conversationId: 'c-1' }, neverAborted);
    await getMessages(client, { conversationId: 'c-1', firstId: 'm-0' }, neverAborted);

    assert.deepEqual(
      page.messages.map(({ id, query, answer, status }) => [id, query, answer, status]),
      [['m-1', '', '', 'normal']],
    );
    assert.equal(page.hasMore, true);
    assert.deepEqual(seen, [
      '?conversation_id=c-1&limit=100&user=u-1',
      '?conversation_id=c-1&limit=100&first_id=m-0&user=u-1',
    ]);
  });

  it('rule 32: of a turn that waits have the form’s token and deadline, and afterwards what was answered', async () => {
    const contents: HumanInputContent[] = [];
    for (const call of recordedCalls('GET', /^\/messages$/).filter(({ status }) => status === 200)) {
      const { client } = clientGetting(call);
      const { messages } = await getMessages(client, { conversationId: 'c-1' }, neverAborted);
      contents.push(...messages.flatMap(({ extra_contents: extra }) => extra));
    }
    const waiting = contents.filter(({ submitted }) => !submitted);
    const answered = contents.filter(({ submitted }) => submitted);

    assert.deepEqual([waiting.length, answered.length], [5, 8]);
    for (const { form_definition: form } of waiting) {
      assert.match(String(form?.form_token), /^\w{22}$/);
      assert.ok(Number(form?.expiration_time) > 1_700_000_000);
    }
    for (const { form_definition: form, form_submission_data: data } of answered) {
      assert.equal(form?.form_token, undefined);
      assert.deepEqual(Object.keys(Object(data?.submitted_data)), ['comment', 'priority']);
    }
  });

  it('have the thoughts of an agent in order', async () => {
    const thought = (position: number): object => ({ id: `t-${position}`, position, thought: '' });
    const client = clientAnswering(() =>
      Response.json({ data: [{ id: 'm-1', agent_thoughts: [thought(2), thought(1), 'nonsense'] }] }),
    );

    const { messages } = await getMessages(client, { conversationId: 'c-1' }, neverAborted);

    assert.deepEqual(
      messages[0]?.agent_thoughts.map(({ id }) => id),
      ['t-1', 't-2'],
    );
  });
});
