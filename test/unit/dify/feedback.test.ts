import assert from 'node:assert/strict';
import { getEndUser } from '../../../src/dify/endUser.ts';
import { getAppFeedbacks, rate, revokeRating, type Rating } from '../../../src/dify/feedback.ts';
import { getSuggested } from '../../../src/dify/suggested.ts';
import { neverAborted } from '../../support/difyClient.ts';
import { clientGetting, failureOf, lost, recordedCalls, type RecordedCall } from '../../support/recordedCalls.ts';

describe('Feedback', () => {
  it('is sent with the bodies that were recorded, and taken back with null', async () => {
    let compared = 0;
    for (const call of recordedCalls('POST', /^\/messages\/[^/]+\/feedbacks$/).filter(isOurs)) {
      const { user, ...body } = call.sent;
      assert.ok(user !== undefined);
      const { client, sent } = clientGetting(call);
      const messageId = call.url.pathname.split('/')[3] ?? '';
      const work =
        body['rating'] === null
          ? revokeRating(client, messageId, neverAborted)
          : rate(client, { messageId, ...(body as { rating: Rating; content?: string }) }, neverAborted);

      if (call.status === 200) await work;
      else assert.equal((await failureOf(work)).status, call.status, call.name);
      assert.deepEqual(sent, [{ method: 'POST', path: `/messages/${messageId}/feedbacks`, body }], call.name);
      compared++;
    }
    assert.ok(compared > 15, String(compared));
  });

  it('of all users is read without loss', async () => {
    for (const call of recordedCalls('GET', /^\/app\/feedbacks$/)) {
      const { client, sent } = clientGetting(call);
      const feedbacks = getAppFeedbacks(client, 2, neverAborted);

      if (call.status === 200) assert.deepEqual(lost(call.json, { data: await feedbacks }), [], call.name);
      else assert.equal((await failureOf(feedbacks)).kind, 'rejected', call.name);
      assert.equal(sent[0]?.path, '/app/feedbacks?page=2&limit=100');
    }
  });
});

describe('Suggested questions', () => {
  it('are read without loss, and refused where the feature is off', async () => {
    for (const call of recordedCalls('GET', /^\/messages\/[^/]+\/suggested$/)) {
      const { client, sent } = clientGetting(call);
      const suggested = getSuggested(client, 'm/1', neverAborted);

      if (call.status === 200) assert.deepEqual(await suggested, (call.json as { data: unknown }).data, call.name);
      else assert.equal((await failureOf(suggested)).status, call.status, call.name);
      assert.equal(sent[0]?.path, '/messages/m%2F1/suggested');
    }
  });
});

describe('End users', () => {
  it('are read without loss, or are not found', async () => {
    for (const call of recordedCalls('GET', /^\/end-users\/[^/]+$/)) {
      const { client } = clientGetting(call);
      const user = getEndUser(client, 'u', neverAborted);

      if (call.status === 200) assert.deepEqual(lost(call.json, await user), [], call.name);
      else assert.equal((await failureOf(user)).kind, call.json === undefined ? 'notDify' : 'notFound', call.name);
    }
  });
});

/** Whether the recorded body is one that the client can send: not every try was right. */
function isOurs({ sent }: RecordedCall): boolean {
  if (!('user' in sent)) return false;
  const { rating, content } = sent;
  return rating === null ? content === undefined : rating === 'like' || rating === 'dislike';
}
