import assert from 'node:assert/strict';
import type { Rating } from '../../../../../src/dify/feedback.ts';
import { Ratings } from '../../../../../src/host/chat/turns/ratings.ts';
import { rateBy } from '../../../../../src/host/rate.ts';
import { exchangeOf } from '../../../../support/recordedRuns.ts';
import { answeredMessage, TurnWorld } from './turnWorld.ts';

const recorded = (index: number) => exchangeOf('a/chat/feedback', index);
const gone = () => exchangeOf('a/completion/feedback', 9);

describe('Ratings', () => {
  let world: TurnWorld;
  let told: string[];
  let ratings: Ratings;

  beforeEach(() => {
    world = new TurnWorld();
    told = [];
    const { talk, clients, log } = world;
    ratings = new Ratings({ talk, rate: rateBy(clients), log, tell: (sentence) => told.push(sentence) });
  });

  const press = (rating: Rating | '', comment = '') => ratings.rate({ key: 'k', rating, comment });
  const shown = () => world.conversation.messages[0]?.rating;

  it('shows the thumb at once, and tells Dify: like, dislike with a comment, taken back', async () => {
    world.answersWith(recorded(1), recorded(3), recorded(5));
    const telling = press('like');
    assert.equal(shown(), 'like');
    await telling;
    await press('dislike', 'wrong 🙁');
    await press('');

    assert.equal(shown(), undefined);
    assert.deepEqual(
      world.asked.map(({ path, body }) => [path, body]),
      [
        ['/messages/m/feedbacks', { rating: 'like', user: 'u-1' }],
        ['/messages/m/feedbacks', { rating: 'dislike', content: 'wrong 🙁', user: 'u-1' }],
        ['/messages/m/feedbacks', { rating: null, user: 'u-1' }],
      ],
    );
    assert.deepEqual(told, []);
  });

  it('tells them in the order in which they were pressed, however quickly', async () => {
    world.answersWith(recorded(1), recorded(3), recorded(5));
    await Promise.all([press('like'), press('dislike'), press('')]);

    assert.deepEqual(
      world.asked.map(({ body }) => (body as { rating: unknown }).rating),
      ['like', 'dislike', null],
    );
  });

  it('is put back and said where Dify does not take it', async () => {
    world.answersWith(gone());
    await press('like');

    assert.equal(shown(), undefined);
    assert.equal(told.length, 1);
    assert.match(told[0] ?? '', /^The rating was not saved\. /);
  });

  it('is not put back where something else was pressed meanwhile', async () => {
    world.answersWith(gone(), recorded(3));
    await Promise.all([press('like'), press('dislike')]);

    assert.equal(shown(), 'dislike');
  });

  it('takes nothing to take back for taken back', async () => {
    world.conversation = { ...world.conversation, messages: [{ ...answeredMessage(), rating: 'like' }] };
    world.answersWith(recorded(6));
    await press('');

    assert.equal(shown(), undefined);
    assert.deepEqual(told, []);
  });
});
