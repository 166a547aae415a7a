import { answered, holds, one, rowsOf, same, stranger, unknownId } from '../asking.ts';
import type { Case } from '../case.ts';
import { chatFamily } from '../modes.ts';
import type { Expected } from '../ask.ts';
import type { Probe } from '../probe.ts';

const invalid = { status: 400, code: 'invalid_param' } as const;
const notFound = { status: 404, code: 'not_found' } as const;

/** What a query that is there but empty gets: the newer server takes no notice. */
function emptyQuery({ generation }: Probe): Expected {
  return generation === 'a' ? invalid : { status: 200 };
}

function inConversation(
  name: string,
  query: Readonly<Record<string, string>>,
  expected: Expected | ((app: Probe) => Expected),
): Case {
  return {
    name,
    modes: chatFamily,
    run: async (app) => {
      const { conversationId } = await answered(app);
      const ask = { path: '/messages', query: { conversation_id: conversationId, ...query } };
      await app.send(ask, typeof expected === 'function' ? expected(app) : expected);
    },
  };
}

/** A case that is one request, of the modes that keep conversations. */
function inFamily(...[name, ask, expected]: Parameters<typeof one>): Case {
  return one(name, ask, expected, { modes: chatFamily });
}

const messages: readonly Case[] = [
  inConversation('a page of messages holds at least one', { limit: '0' }, invalid),
  inConversation('a page of messages holds at most a hundred', { limit: '101' }, invalid),
  inConversation('a limit of messages is a number', { limit: '' }, invalid),
  inConversation('messages before an unknown one are not found', { first_id: unknownId }, notFound),
  inConversation('messages begin before a UUID', { first_id: 'abc' }, invalid),
  inConversation('messages before an empty id', { first_id: '' }, emptyQuery),
  inConversation('messages of another user are not found', { user: stranger() }, notFound),
  inConversation('a hundred messages may be asked for', { limit: '100' }, { status: 200 }),
  inFamily(
    'messages of an unknown conversation are not found',
    { path: '/messages', query: { conversation_id: unknownId } },
    notFound,
  ),
  inFamily('a conversation of messages is a UUID', { path: '/messages', query: { conversation_id: 'abc' } }, invalid),
  inFamily('messages of an empty conversation', { path: '/messages', query: { conversation_id: '' } }, emptyQuery),
  inFamily('messages are those of a conversation', { path: '/messages' }, invalid),
  {
    name: 'messages are paged from the newest on, the oldest of a page first',
    modes: ['chat', 'advanced-chat'],
    run: async (app) => {
      const { conversationId: conversation_id } = await answered(app, 'One. [[long:3]]');
      for (const text of ['Two. [[long:3]]', 'Three. [[long:3]]']) {
        // Those of one second come in any order.
        await app.sleep(1_100);
        await answered(app, text, { conversation_id });
      }
      const newest = await app.send({ path: '/messages', query: { conversation_id, limit: '2' } }, { status: 200 });
      same(
        'the questions',
        rowsOf(newest).map(({ query }) => query),
        ['Two. [[long:3]]', 'Three. [[long:3]]'],
      );
      same('that there are more', newest.json['has_more'], true);
      const first_id = String(rowsOf(newest)[0]?.['id']);
      const older = await app.send(
        { path: '/messages', query: { conversation_id, limit: '2', first_id } },
        { status: 200 },
      );
      same(
        'the older ones',
        rowsOf(older).map(({ query }) => query),
        ['One. [[long:3]]'],
      );
      same('that there are no more', older.json['has_more'], false);
    },
  },
];

const conversationList: readonly Case[] = [
  inFamily('conversations of somebody new are none', { path: '/conversations' }, { status: 200 }),
  inFamily('a page of conversations holds at least one', { path: '/conversations', query: { limit: '0' } }, invalid),
  inFamily(
    'a page of conversations holds at most a hundred',
    { path: '/conversations', query: { limit: '101' } },
    invalid,
  ),
  inFamily('a limit of conversations is a number', { path: '/conversations', query: { limit: 'x' } }, invalid),
  inFamily(
    'conversations are sorted in four ways only',
    { path: '/conversations', query: { sort_by: 'name' } },
    invalid,
  ),
  inFamily(
    'conversations behind an unknown one are not found',
    { path: '/conversations', query: { last_id: unknownId } },
    notFound,
  ),
  inFamily('conversations go on behind a UUID', { path: '/conversations', query: { last_id: 'abc' } }, invalid),
  inFamily('conversations behind an empty id', { path: '/conversations', query: { last_id: '' } }, emptyQuery),
  ...['created_at', '-created_at', 'updated_at', '-updated_at'].map((sort_by) =>
    inFamily(`conversations are sorted by ${sort_by}`, { path: '/conversations', query: { sort_by } }, { status: 200 }),
  ),
  {
    name: 'conversations are paged from the last used on',
    modes: ['chat', 'advanced-chat'],
    run: async (app) => {
      for (const text of ['One. [[long:3]]', 'Two. [[long:3]]', 'Three. [[long:3]]']) {
        await answered(app, text);
        await app.sleep(1_100);
      }
      const first = await app.send({ path: '/conversations', query: { limit: '2' } }, { status: 200 });
      same('their number', rowsOf(first).length, 2);
      same('that there are more', first.json['has_more'], true);
      const last_id = String(rowsOf(first)[1]?.['id']);
      const second = await app.send({ path: '/conversations', query: { limit: '2', last_id } }, { status: 200 });
      same('the rest', rowsOf(second).length, 1);
      const oldest = await app.send(
        { path: '/conversations', query: { sort_by: 'created_at', limit: '1' } },
        { status: 200 },
      );
      same('the oldest', rowsOf(oldest)[0]?.['id'], rowsOf(second)[0]?.['id']);
    },
  },
  {
    name: 'conversations are a user’s own',
    modes: chatFamily,
    run: async (app) => {
      await answered(app);
      same(
        'another’s',
        rowsOf(await app.send({ path: '/conversations', query: { user: stranger() } }, { status: 200 })),
        [],
      );
    },
  },
];

const changes: readonly Case[] = [
  {
    name: 'a conversation is renamed',
    modes: chatFamily,
    run: async (app) => {
      const { conversationId } = await answered(app);
      const renamed = await app.send(
        { path: `/conversations/${conversationId}/name`, body: { name: 'My zeppelin 🎈' } },
        { status: 200 },
      );
      same('the name', renamed.json['name'], 'My zeppelin 🎈');
      const list = await app.send({ path: '/conversations' }, { status: 200 });
      same('the name in the list', rowsOf(list)[0]?.['name'], 'My zeppelin 🎈');
    },
  },
  {
    name: 'a conversation is named by the server',
    modes: ['chat', 'agent-chat', 'advanced-chat'],
    run: async (app) => {
      const { conversationId } = await answered(app);
      const path = `/conversations/${conversationId}/name`;
      const named = await app.send({ path, body: { auto_generate: true, name: 'ignored' } }, { status: 200 });
      holds('a name of its own', named.json['name'] !== 'ignored');
    },
  },
  ...[{ name: '   ' }, {}, { name: null, auto_generate: false }].map((body) =>
    renamedTo(`a name that is ${JSON.stringify(body)} is none`, body, invalid),
  ),
  renamedTo('a name of 256 characters crashes', { name: 'n'.repeat(256) }, { status: 500, code: 'unknown' }),
  renamedTo('another user cannot rename', { name: 'x', user: stranger() }, notFound),
  renamedTo('nobody cannot rename', { name: 'x', user: undefined }, notFound),
  inFamily(
    'an unknown conversation cannot be renamed',
    { path: `/conversations/${unknownId}/name`, body: { name: 'x' } },
    notFound,
  ),
  {
    name: 'a deleted conversation is gone',
    modes: chatFamily,
    run: async (app) => {
      const { conversationId } = await answered(app);
      const gone = await app.send(
        { method: 'DELETE', path: `/conversations/${conversationId}`, body: {} },
        { status: 204 },
      );
      same('the body', gone.text, '');
      await app.send({ path: '/messages', query: { conversation_id: conversationId } }, notFound);
      same('the list', rowsOf(await app.send({ path: '/conversations' }, { status: 200 })), []);
      await app.send({ path: `/conversations/${conversationId}/name`, body: { name: 'x' } }, notFound);
    },
  },
  {
    name: 'deleting twice is fine on the older server and not found on the newer one',
    modes: chatFamily,
    run: async (app) => {
      const { conversationId } = await answered(app);
      const ask = { method: 'DELETE', path: `/conversations/${conversationId}`, body: {} };
      await app.send(ask, { status: 204 });
      await app.send(ask, app.generation === 'a' ? { status: 204 } : notFound);
    },
  },
  {
    name: 'another user’s conversation is kept by the newer server',
    modes: chatFamily,
    only: 'b',
    run: async (app) => {
      const { conversationId } = await answered(app);
      await app.send(
        { method: 'DELETE', path: `/conversations/${conversationId}`, body: { user: stranger() } },
        notFound,
      );
      await app.send({ path: '/messages', query: { conversation_id: conversationId } }, { status: 200 });
    },
  },
  inFamily(
    'to delete takes JSON',
    { method: 'DELETE', path: `/conversations/${unknownId}` },
    { status: 415, code: 'unsupported_media_type' },
  ),
  inFamily(
    'to delete takes a body',
    { method: 'DELETE', path: `/conversations/${unknownId}`, body: '' },
    { status: 400, code: 'bad_request' },
  ),
];

function renamedTo(name: string, body: Readonly<Record<string, unknown>>, expected: Expected): Case {
  return {
    name,
    modes: chatFamily,
    run: async (app) => {
      const { conversationId } = await answered(app);
      await app.send({ path: `/conversations/${conversationId}/name`, body }, expected);
    },
  };
}

/** Conversations and their messages. */
export const listCases: readonly Case[] = [...messages, ...conversationList, ...changes];
