import {
  answered,
  blockingQuestion,
  holds,
  one,
  question,
  rowsOf,
  same,
  shortText,
  stranger,
  unknownId,
  withIds,
} from '../asking.ts';
import type { Case } from '../case.ts';
import { basicModes, chatFamily } from '../modes.ts';

const invalid = { status: 400, code: 'invalid_param' } as const;

/** Where a question goes: a new conversation, one that is there, one that is not. */
export const conversationCases: readonly Case[] = [
  ...[undefined, '', null, '  '].map((id) =>
    one(
      `a conversation that is ${id === undefined ? 'left out' : JSON.stringify(id)} is a new one`,
      (app) => question(app, undefined, { conversation_id: id }),
      { status: 200, end: 'done' },
      { modes: chatFamily },
    ),
  ),
  {
    name: 'a second question stays in the conversation',
    modes: chatFamily,
    run: async (app) => {
      const first = await answered(app);
      const second = await answered(app, 'And again? [[long:5]]', { conversation_id: first.conversationId });
      same('the conversation', second.conversationId, first.conversationId);
      holds('another message', second.messageId !== first.messageId);
      const history = await app.send(
        { path: '/messages', query: { conversation_id: first.conversationId } },
        { status: 200 },
      );
      holds('both are in it', rowsOf(history).length === 2);
    },
  },
  {
    name: 'the id of a conversation may be written in capitals and between blanks',
    modes: ['chat'],
    run: async (app) => {
      const { conversationId } = await answered(app);
      const again = await answered(app, shortText, { conversation_id: ` ${conversationId.toUpperCase()} ` });
      same('the conversation', again.conversationId, conversationId);
    },
  },
  ...['unknown', 'another user’s', 'deleted'].flatMap((whose) =>
    (['streaming', 'blocking'] as const).map((response_mode): Case => {
      return {
        name: `a conversation that is ${whose} is not found, or silently a new one (${response_mode})`,
        modes: response_mode === 'streaming' ? chatFamily : ['chat', 'advanced-chat'],
        run: async (app) => {
          const user = whose === 'another user’s' ? stranger() : app.user;
          const id = whose === 'unknown' ? unknownId : (await answered(app)).conversationId;
          if (whose === 'deleted') {
            await app.send({ method: 'DELETE', path: `/conversations/${id}`, body: {} }, { status: 204 });
          }
          const ask = question(app, shortText, { conversation_id: id, response_mode, user });
          if (app.generation === 'a' || app.mode !== 'advanced-chat') {
            await app.send(ask, { status: 404, code: 'not_found' });
            return;
          }
          const type = response_mode === 'streaming' ? 'text/event-stream' : 'application/json';
          const turn = withIds(await app.send(ask, { status: 200, type }));
          holds('another conversation', turn.conversationId !== id);
        },
      };
    }),
  ),
  {
    name: 'a new conversation has the beginning of its question for a name',
    modes: chatFamily,
    run: async (app) => {
      await answered(app, 'Please explain the history of the zeppelin in simple words. [[long:5]]');
      const list = await app.send({ path: '/conversations' }, { status: 200 });
      same(
        'the names',
        rowsOf(list).map(({ name }) => name),
        ['Please explain the h…'],
      );
    },
  },
  {
    name: 'a new conversation is named in the end where nobody forbids it',
    modes: ['chat', 'advanced-chat'],
    run: async (app) => {
      await answered(app, shortText, { auto_generate_name: undefined });
      await app.sleep(2_000);
      await app.send({ path: '/conversations' }, { status: 200 });
    },
  },
  one(
    'a version of a chatflow that does not exist is not found',
    (app) => question(app, 'x', { workflow_id: unknownId }),
    { status: 404, code: 'not_found' },
    {
      modes: ['advanced-chat'],
    },
  ),
  one(
    'a version of a chatflow is a UUID',
    (app) => question(app, 'x', { workflow_id: 'abc' }),
    { status: 400, code: 'bad_request' },
    {
      modes: ['advanced-chat'],
    },
  ),
  one(
    'an app that is not published does not answer',
    (app) => question(app),
    ({ mode }) => (basicModes.includes(mode) ? { status: 400, code: 'app_unavailable' } : invalid),
    { needs: ['unpublished'] },
  ),
  one('an app that is not published does not answer without a stream', (app) => blockingQuestion(app), invalid, {
    needs: ['unpublished'],
    modes: ['advanced-chat', 'workflow'],
  }),
];
