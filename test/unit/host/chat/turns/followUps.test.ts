import assert from 'node:assert/strict';
import { setImmediate } from 'node:timers/promises';
import { FollowUps } from '../../../../../src/host/chat/turns/followUps.ts';
import { someConversation, someQuestion } from '../../../../support/conversations.ts';
import { exchangeOf } from '../../../../support/recordedRuns.ts';
import type { RecordedExchange } from '../../../../support/recordings.ts';
import { answeredMessage, changeOf, parametersWith, TurnWorld } from './turnWorld.ts';

const refusal = () => exchangeOf('a/chat/suggested-off', 1);

/** A recorded answer that says something else. */
function suggests(...data: readonly string[]): RecordedExchange {
  const exchange = exchangeOf('a/chat/suggested-llm-fails', 1);
  assert.ok(exchange.response !== undefined);
  const text = JSON.stringify({ result: 'success', data });
  return { ...exchange, response: { ...exchange.response, chunks: [{ ms: 0, text }] } };
}

describe('Follow-up questions', () => {
  let world: TurnWorld;

  beforeEach(() => {
    world = new TurnWorld();
  });

  async function begin(suggestedQuestionsAfterAnswer = true): Promise<FollowUps> {
    const parameters = await parametersWith({ suggestedQuestionsAfterAnswer });
    const { clients, log, talk } = world;
    return new FollowUps({ clients, log, talk, details: { knownParameters: () => parameters } });
  }

  it('come after an answer that ended well, three at most, and go with the next question', async () => {
    const followUps = await begin();
    world.answersWith(suggests('One?', 'Two?', 'One?', ' ', 'Three?', 'Four?'));
    const change = changeOf(followUps);
    world.end();

    assert.deepEqual(await change, { followUps: ['One?', 'Two?', 'Three?'] });
    assert.deepEqual(
      world.asked.map(({ path }) => path),
      ['/messages/m/suggested'],
    );
    const next = changeOf(followUps);
    world.happen(someQuestion({ key: 'next' }));
    assert.deepEqual(await next, { followUps: [] });
  });

  it('are not asked for where the app has none, after a stop, of no text and of another conversation', async () => {
    await begin(false);
    world.end();
    const asking = await begin();
    world.happened.fire({
      appId: world.app.id,
      key: 'c',
      event: { type: 'run', key: 'k', event: { type: 'stopped' } },
    });
    world.happened.fire({
      appId: world.app.id,
      key: 'another',
      event: { type: 'run', key: 'k', event: { type: 'answered', usage: undefined } },
    });
    world.conversation = { ...world.conversation, messages: [answeredMessage({ text: '' })] };
    world.end();
    await setImmediate();

    assert.deepEqual(world.asked, []);
    assert.deepEqual(asking.state(), { followUps: [] });
  });

  it('that are refused are silent, and logged once', async () => {
    const followUps = await begin();
    world.answersWith(refusal(), refusal());
    for (let time = 0; time < 2; time++) {
      world.end();
      while (world.asked.length <= time) await setImmediate();
      await setImmediate();
      await setImmediate();
    }

    assert.deepEqual(followUps.state(), { followUps: [] });
    assert.equal(world.lines.filter((line) => line.includes('follow-up')).length, 1);
  });

  it('of a model that fails are none', async () => {
    const followUps = await begin();
    world.answersWith(exchangeOf('a/chat/suggested-llm-fails', 1));
    world.end();
    while (world.asked.length === 0) await setImmediate();
    await setImmediate();

    assert.deepEqual(followUps.state(), { followUps: [] });
    assert.deepEqual(world.lines, []);
  });

  it('come too late for what was asked meanwhile, and stay with their conversation', async () => {
    const followUps = await begin();
    world.answersWith(suggests('Late?'));
    world.end();
    // The request is out, and its answer is not read yet.
    while (world.asked.length === 0) await Promise.resolve();
    world.happen(someQuestion({ key: 'next' }));
    await setImmediate();
    assert.deepEqual(followUps.state(), { followUps: [] });

    world.conversation = someConversation({ key: 'd', messages: [answeredMessage()] });
    world.answersWith(suggests('Here?'));
    const change = changeOf(followUps);
    world.end();
    await change;
    world.conversation = someConversation({ key: 'e' });
    const shown = changeOf(followUps);
    world.shown.fire();
    assert.deepEqual(await shown, { followUps: [] });
    world.conversation = someConversation({ key: 'd' });
    assert.deepEqual(followUps.state(), { followUps: ['Here?'] });
  });
});
