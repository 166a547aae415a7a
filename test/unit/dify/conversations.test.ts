import assert from 'node:assert/strict';
import {
  deleteConversation,
  getConversations,
  nameConversation,
  renameConversation,
} from '../../../src/dify/conversations.ts';
import { clientAnswering, neverAborted } from '../../support/difyClient.ts';
import { clientGetting, failureOf, lost, recordedCalls } from '../../support/recordedCalls.ts';

const idIn = (path: string): string => /\/conversations\/([^/]+)/.exec(path)?.[1] ?? '';

describe('Conversations', () => {
  it('are read without loss from every recorded list, and refused in Dify’s words where the server refused', async () => {
    for (const call of recordedCalls('GET', /^\/conversations$/)) {
      const { client } = clientGetting(call);
      const list = getConversations(client, {}, neverAborted);

      if (call.status !== 200) {
        const { status, code } = await failureOf(list);
        assert.equal(status, call.status, call.name);
        assert.ok(code, call.name);
        continue;
      }
      const { conversations, hasMore } = await list;
      const { data, has_more } = call.json as { data: unknown; has_more: boolean };
      assert.deepEqual(lost(data, conversations), [], call.name);
      assert.equal(hasMore, has_more);
    }
  });

  it('rule 38: are asked for 100 at a time, without empty parameters', async () => {
    const [call] = recordedCalls('GET', /^\/conversations$/);
    assert.ok(call);
    const { client, sent } = clientGetting(call);

    await getConversations(client, {}, neverAborted);
    await getConversations(client, { lastId: 'c-1', order: '-created_at' }, neverAborted);

    assert.deepEqual(
      sent.map(({ path }) => path),
      ['/conversations?limit=100&sort_by=-updated_at', '/conversations?limit=100&sort_by=-created_at&last_id=c-1'],
    );
  });

  it('begin again from the top when the one to go on after is gone', async () => {
    const [gone] = recordedCalls('GET', /^\/conversations$/).filter(({ status }) => status === 404);
    assert.ok(gone);
    const client = clientAnswering((url) =>
      url.searchParams.has('last_id')
        ? Response.json(gone.json, { status: 404 })
        : Response.json({ data: [{ id: 'c-1', name: 'One' }, { name: 'no id' }], has_more: false }),
    );

    const page = await getConversations(client, { lastId: 'deleted' }, neverAborted);

    assert.equal(page.restarted, true);
    assert.deepEqual(
      page.conversations.map(({ id }) => id),
      ['c-1'],
    );
  });

  it('are renamed with the bodies that were recorded', async () => {
    for (const call of recordedCalls('POST', /^\/conversations\/[^/]+\/name$/)) {
      const { name, auto_generate: auto } = call.sent;
      if (call.status !== 200 || (auto === true && name !== undefined)) continue;
      const { client, sent } = clientGetting(call);
      const id = idIn(call.url.pathname);

      const conversation =
        auto === true
          ? await nameConversation(client, id, neverAborted)
          : await renameConversation(client, { id, name: String(name) }, neverAborted);

      const { user, ...body } = call.sent;
      assert.ok(user);
      assert.deepEqual(sent, [{ method: 'POST', path: `/conversations/${id}/name`, body }], call.name);
      assert.deepEqual(lost(call.json, conversation), [], call.name);
    }
  });

  it('rule 40: DELETE sends a JSON body; 204 and 404 both mean gone', async () => {
    const counts = { gone: 0, refused: 0 };
    for (const call of recordedCalls('DELETE', /^\/conversations\/[^/]+$/)) {
      const { client, sent } = clientGetting(call);
      const deleting = deleteConversation(client, idIn(call.url.pathname), neverAborted);

      if (call.status === 204 || (call.status === 404 && call.json !== undefined)) {
        await deleting;
        counts.gone++;
      } else {
        // Without a JSON body, and for a path that is none.
        assert.ok(['rejected', 'notDify'].includes((await failureOf(deleting)).kind), call.name);
        counts.refused++;
      }
      const path = `/conversations/${idIn(call.url.pathname)}`;
      assert.deepEqual(sent, [{ method: 'DELETE', path, body: {} }], call.name);
    }
    assert.ok(counts.gone > 20 && counts.refused > 5, JSON.stringify(counts));
  });

  it('are gone for very old servers, too, which answer 200', async () => {
    const client = clientAnswering(() => Response.json({ result: 'success' }));

    await deleteConversation(client, 'c-1', neverAborted);
  });
});
