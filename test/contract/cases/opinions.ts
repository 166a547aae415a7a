import { answered, holds, one, rowsOf, same, stranger, unknownId } from '../asking.ts';
import type { Case } from '../case.ts';
import { chatFamily, type Mode, modes } from '../modes.ts';
import type { Expected, Fields } from '../ask.ts';
import type { Probe } from '../probe.ts';

const invalid = { status: 400, code: 'invalid_param' } as const;
const notFound = { status: 404, code: 'not_found' } as const;
const fine = { status: 200 } as const;

/** Everything but a workflow has messages. */
const withMessages: readonly Mode[] = modes.filter((mode) => mode !== 'workflow');

/** Ratings of one message, one after the other. */
function rated(name: string, ratings: readonly (readonly [Fields, Expected])[]): Case {
  return {
    name,
    modes: withMessages,
    run: async (app) => {
      const { messageId } = await answered(app);
      for (const [body, expected] of ratings)
        await app.send({ path: `/messages/${messageId}/feedbacks`, body }, expected);
    },
  };
}

async function ratingInHistory(app: Probe, conversationId: string): Promise<unknown> {
  const history = await app.send({ path: '/messages', query: { conversation_id: conversationId } }, fine);
  return rowsOf(history)[0]?.['feedback'];
}

const feedback: readonly Case[] = [
  rated('an answer is liked', [[{ rating: 'like' }, fine]]),
  rated('a like becomes a dislike with a comment', [
    [{ rating: 'like' }, fine],
    [{ rating: 'dislike', content: 'Too short 😕' }, fine],
  ]),
  rated('a rating is taken back', [
    [{ rating: 'like' }, fine],
    [{ rating: null }, fine],
  ]),
  rated('a rating that is not there cannot be taken back', [[{ rating: null }, invalid]]),
  rated('a missing rating takes one back', [[{}, invalid]]),
  rated('there are two ratings', [[{ rating: 'meh' }, invalid]]),
  rated('another user cannot rate', [[{ rating: 'like', user: stranger() }, notFound]]),
  one(
    'an unknown message cannot be rated',
    { path: `/messages/${unknownId}/feedbacks`, body: { rating: 'like' } },
    notFound,
    {
      modes: withMessages,
    },
  ),
  {
    name: 'a rating shows in the history',
    modes: chatFamily,
    run: async (app) => {
      const { conversationId, messageId } = await answered(app);
      same('before', await ratingInHistory(app, conversationId), null);
      await app.send({ path: `/messages/${messageId}/feedbacks`, body: { rating: 'like' } }, fine);
      same('after', await ratingInHistory(app, conversationId), { rating: 'like' });
    },
  },
  one(
    'all ratings of an app can be listed',
    { path: '/app/feedbacks', query: { user: undefined, page: '1', limit: '3' } },
    fine,
    {
      modes: withMessages,
    },
  ),
  one(
    'a page of ratings holds at most 101',
    { path: '/app/feedbacks', query: { user: undefined, limit: '102' } },
    invalid,
    {
      modes: withMessages,
    },
  ),
];

const suggested: readonly Case[] = [
  {
    name: 'questions are proposed after an answer',
    modes: chatFamily,
    needs: ['suggested-questions'],
    run: async (app) => {
      const { messageId } = await answered(app);
      const { json } = await app.send({ path: `/messages/${messageId}/suggested` }, fine);
      same('the result', json['result'], 'success');
      holds('a list', Array.isArray(json['data']));
    },
  },
  {
    name: 'an app that proposes no questions says so',
    modes: chatFamily,
    needs: ['no-suggested-questions'],
    run: async (app) => {
      const { messageId } = await answered(app);
      await app.send({ path: `/messages/${messageId}/suggested` }, { status: 400, code: 'bad_request' });
    },
  },
  one('no questions are proposed after an unknown message', { path: `/messages/${unknownId}/suggested` }, notFound, {
    modes: ['chat', 'agent-chat', 'advanced-chat'],
  }),
  one('proposals need a user', { path: `/messages/${unknownId}/suggested`, query: { user: undefined } }, invalid, {
    modes: chatFamily,
  }),
  {
    name: 'somebody else gets no proposals',
    modes: ['chat', 'advanced-chat'],
    run: async (app) => {
      const { messageId } = await answered(app);
      await app.send({ path: `/messages/${messageId}/suggested`, query: { user: stranger() } }, notFound);
    },
  },
];

const endUsers: readonly Case[] = [
  one(
    'an unknown end user is not found',
    { path: `/end-users/${unknownId}` },
    { status: 404, code: 'end_user_not_found' },
    {
      only: 'b',
      modes: ['workflow', 'advanced-chat', 'chat', 'completion'],
    },
  ),
  {
    name: 'who started a run can be looked up',
    only: 'b',
    modes: ['workflow', 'advanced-chat'],
    run: async (app) => {
      const { events } = await answered(app);
      const finished = events.find(({ event }) => event === 'workflow_finished')?.['data'] as Fields | undefined;
      const creator = finished?.['created_by'] as Fields | undefined;
      const { json } = await app.send({ path: `/end-users/${String(creator?.['id'])}` }, fine);
      same('the user', json['session_id'], app.user);
    },
  },
];

/** Ratings, proposals, and who gave them. */
export const opinionCases: readonly Case[] = [...feedback, ...suggested, ...endUsers];
