import {
  answered,
  blockingQuestion,
  generatePath,
  holds,
  isSuccess,
  longText,
  one,
  question,
  rowsOf,
  same,
  shortText,
  withIds,
} from '../asking.ts';
import type { Case } from '../case.ts';
import type { Mode } from '../modes.ts';
import type { Fields } from '../ask.ts';

const invalid = { status: 400, code: 'invalid_param' } as const;

/** Modes that answer without a stream. */
const blocking: readonly Mode[] = ['completion', 'chat', 'advanced-chat', 'workflow'];

const streams: readonly Case[] = [
  {
    name: 'a stream has an answer, its ids, and an end',
    run: async (app) => {
      const turn = await answered(app);
      holds('a task', turn.taskId !== '');
      same('a message', turn.messageId !== '', app.mode !== 'workflow');
      same('a run', turn.runId !== '', app.mode === 'workflow' || app.mode === 'advanced-chat');
      if (app.mode !== 'workflow') holds('text', turn.answer.length > 0);
    },
  },
  {
    name: 'a stream is no part of a cache and is told in full',
    run: async (app) => {
      const { headers, text } = await answered(app);
      same('the type', headers.get('content-type'), 'text/event-stream; charset=utf-8');
      same('Cache-Control', headers.get('cache-control'), null);
      holds('a blank line at the end', text.endsWith('\n\n'));
      const lines = text.split('\n').filter((line) => line !== '');
      holds(
        'nothing but data and pings',
        lines.every((line) => line.startsWith('data: {') || line === 'event: ping'),
      );
    },
  },
  {
    name: 'the JSON of a stream is written as the generation does',
    run: async (app) => {
      const { text } = await answered(app);
      same('blanks behind colons', text.includes('data: {"event": "'), app.generation === 'a');
    },
  },
  {
    name: 'the end of an answer tells what it used',
    modes: ['completion', 'chat', 'agent-chat', 'advanced-chat'],
    run: async (app) => {
      const { events } = await answered(app);
      const end = events.find(({ event }) => event === 'message_end');
      const usage = (end?.['metadata'] as Fields | undefined)?.['usage'] as Fields | undefined;
      holds('tokens', typeof usage?.['total_tokens'] === 'number');
      holds('a price as text', typeof usage?.['total_price'] === 'string');
    },
  },
  {
    name: 'answers in a stream are the ones in the history',
    modes: ['chat', 'advanced-chat', 'agent'],
    run: async (app) => {
      const turn = await answered(app);
      const history = await app.send(
        { path: '/messages', query: { conversation_id: turn.conversationId } },
        { status: 200 },
      );
      same(
        'the answers',
        rowsOf(history).map((row) => row['answer']),
        [turn.answer],
      );
      same(
        'the questions',
        rowsOf(history).map((row) => row['query']),
        [shortText],
      );
      same(
        'the ids',
        rowsOf(history).map((row) => row['id']),
        [turn.messageId],
      );
    },
  },
  {
    name: 'a run tells its nodes one by one, each started and finished once',
    modes: ['advanced-chat', 'workflow'],
    run: async (app) => {
      const { events } = await answered(app);
      const ids = (name: string): readonly unknown[] =>
        events.filter(({ event }) => event === name).map(({ data }) => (data as Fields)['id']);
      same('their number', ids('node_finished').length, ids('node_started').length);
      holds('more than one', ids('node_started').length > 1);
      holds('each once', new Set(ids('node_started')).size === ids('node_started').length);
    },
  },
  {
    name: 'a stream that nobody reads any more leaves its question in the history',
    modes: ['chat', 'agent-chat', 'advanced-chat'],
    run: async (app) => {
      const stream = await app.open(question(app, longText));
      await stream.task();
      const { conversationId } = withIds(await app.soFar(question(app), { status: 200, end: 'open' }, stream));
      stream.leave();
      const history = await app.send(
        { path: '/messages', query: { conversation_id: conversationId } },
        { status: 200 },
      );
      same(
        'the questions',
        rowsOf(history).map((row) => row['query']),
        [longText],
      );
    },
  },
  {
    name: 'two streams of one user go on side by side',
    run: async (app) => {
      const first = await app.open(question(app, longText));
      const second = await app.open(question(app));
      await app.rest(question(app), { status: 200, end: 'done' }, second);
      await app.rest(question(app), { status: 200, end: 'done' }, first);
    },
  },
];

const whole: readonly Case[] = [
  {
    name: 'without a stream the answer comes whole',
    modes: blocking,
    run: async (app) => {
      const { headers, json } = await app.send(blockingQuestion(app), { status: 200 });
      same('the type', headers.get('content-type'), 'application/json; charset=utf-8');
      if (app.mode === 'workflow') holds('success', isSuccess((json['data'] as Fields)['status']));
      else holds('text', typeof json['answer'] === 'string' && json['answer'] !== '');
    },
  },
  one(
    'without a response mode there is no stream',
    (app) => question(app, undefined, { response_mode: undefined }),
    { status: 200, type: 'application/json' },
    {
      modes: blocking,
    },
  ),
  one(
    'a response mode that is null means no stream',
    (app) => question(app, undefined, { response_mode: null }),
    { status: 200, type: 'application/json' },
    {
      modes: ['chat'],
    },
  ),
  one('an agent does not answer without a stream', (app) => blockingQuestion(app), invalid, { modes: ['agent-chat'] }),
  one(
    'an agent asked without a response mode does not answer',
    (app) => question(app, undefined, { response_mode: undefined }),
    invalid,
    {
      modes: ['agent-chat'],
    },
  ),
  one(
    'a new agent does not answer without a stream',
    (app) => blockingQuestion(app),
    { status: 400, code: 'bad_request' },
    {
      modes: ['agent'],
      only: 'b',
    },
  ),
  one(
    'a new agent asked without a response mode streams',
    (app) => question(app, undefined, { response_mode: undefined }),
    { status: 200, end: 'done' },
    {
      modes: ['agent'],
      only: 'b',
    },
  ),
  one('a new agent needs more than blanks', (app) => question(app, '   '), invalid, { modes: ['agent'], only: 'b' }),
  one('a question without characters is none', (app) => question(app, '', { inputs: app.inputs() }), invalid, {
    modes: ['chat', 'agent-chat', 'agent'],
  }),
  one(
    'a blank question is one',
    (app) => question(app, '   ', { inputs: app.inputs() }),
    { status: 200, end: 'done' },
    { modes: ['chat'] },
  ),
  one('an answer in Chinese arrives', (app) => question(app, '你好 🚀 [[zh]] [[long:10]]'), {
    status: 200,
    end: 'done',
  }),
];

/** Asking and being answered. */
export const turnCases: readonly Case[] = [
  ...streams,
  ...whole,
  one(
    'a question without its user’s inputs is refused before it is asked',
    (app) => ({ path: generatePath(app.mode), body: {} }),
    invalid,
  ),
];
