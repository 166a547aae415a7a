import assert from 'node:assert/strict';
import { getVariables, updateVariable } from '../../../src/dify/variables.ts';
import { neverAborted } from '../../support/difyClient.ts';
import { clientGetting, failureOf, lost, recordedCalls } from '../../support/recordedCalls.ts';

describe('Conversation variables', () => {
  it('rule 38: are asked for all at once, without filter or cursor, and read without loss', async () => {
    for (const call of recordedCalls('GET', /^\/conversations\/[^/]+\/variables$/)) {
      const { client, sent } = clientGetting(call);
      const variables = getVariables(client, 'c-1', neverAborted);

      if (call.status === 200) assert.deepEqual(lost(call.json, { data: await variables, ...page(call.json) }), []);
      else assert.equal((await failureOf(variables)).status, call.status, call.name);
      assert.equal(sent[0]?.path, '/conversations/c-1/variables?limit=100');
    }
  });

  it('rule 39: have values in Python’s notation, as text', async () => {
    const values = new Set<string>();
    for (const call of recordedCalls('GET', /^\/conversations\/[^/]+\/variables$/)) {
      if (call.status !== 200) continue;
      const read = await getVariables(clientGetting(call).client, 'c-1', neverAborted);
      for (const { value } of read) values.add(value);
    }
    assert.ok(
      [...values].some((value) => value.startsWith("{'")),
      [...values].join('\n'),
    );
  });

  it('are set with the bodies that were recorded', async () => {
    let compared = 0;
    for (const call of recordedCalls('PUT', /^\/conversations\/[^/]+\/variables\/[^/]+$/)) {
      if (!('value' in call.sent)) continue;
      const [, , , conversationId = '', , id = ''] = call.url.pathname.split('/');
      const { client, sent } = clientGetting(call);
      const work = updateVariable(client, { conversationId, id, value: call.sent['value'] }, neverAborted);

      if (call.status === 200) assert.deepEqual(lost(call.json, await work), [], call.name);
      else assert.equal((await failureOf(work)).status, call.status, call.name);
      const path = `/conversations/${conversationId}/variables/${id}`;
      assert.deepEqual(sent, [{ method: 'PUT', path, body: { value: call.sent['value'] } }], call.name);
      compared++;
    }
    assert.ok(compared > 30, String(compared));
  });
});

/** What the list says of its paging, which says nothing here. */
function page(json: unknown): object {
  const { limit, has_more } = json as { limit: unknown; has_more: unknown };
  return { limit, has_more };
}
