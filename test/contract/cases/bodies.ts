import { blockingQuestion, generatePath, one, question, stopPath, unknownId } from '../asking.ts';
import type { Case } from '../case.ts';
import { chatFamily, type Mode, modes } from '../modes.ts';
import type { Ask, Expected, Fields } from '../ask.ts';
import type { Probe } from '../probe.ts';

const broken = { status: 400, code: 'bad_request' } as const;
const crash = { status: 500, code: 'unknown' } as const;
const wrongType = { status: 415, code: 'unsupported_media_type' } as const;
const invalid = { status: 400, code: 'invalid_param' } as const;

/** Text that is sent as it is. */
function text(body: string, headers: Ask['headers'] = {}): (app: Probe) => Ask {
  return (app) => ({ path: generatePath(app.mode), body, headers });
}

/** An ordinary question in other bytes. */
function written(write: (json: string) => string, headers: Ask['headers'] = {}): (app: Probe) => Ask {
  return (app) => ({
    path: generatePath(app.mode),
    body: write(JSON.stringify({ user: app.user, ...blockingQuestion(app).body })),
    headers,
  });
}

function but(more: Fields): (app: Probe) => Ask {
  return (app) => question(app, 'x', more);
}

/** Modes that answer without a stream. */
const blocking: readonly Mode[] = ['completion', 'chat', 'advanced-chat', 'workflow'];

const bodyCases: readonly Case[] = [
  one('a body that breaks off is refused', text('{"query": "hi", '), broken),
  one('an empty body is refused', text(''), broken),
  one(
    'a body in single quotes is refused',
    written((json) => json.replaceAll('"', "'")),
    broken,
  ),
  one(
    'a body with a byte order mark is refused',
    written((json) => `\uFEFF${json}`),
    broken,
  ),
  one('NaN is no JSON', text('{"query": NaN, "inputs": {}, "user": "x"}'), broken),
  one('half a character is refused', text(String.raw`{"query":"\ud83d","inputs":{},"user":"x"}`), broken, {
    modes: ['chat'],
  }),
  one('a body that is a list crashes', text('[]'), crash),
  one('a body that is a text crashes', text('"hi"'), crash),
  one('a body that is a number crashes', text('7'), crash),
  one('a body that is null crashes', text('null'), crash),
  one('a body without a content type is refused', written(String, { 'Content-Type': undefined }), wrongType),
  one('a body that says it is text is refused', written(String, { 'Content-Type': 'text/plain' }), wrongType),
  one('a form is refused', text('query=hi&user=x', { 'Content-Type': 'application/x-www-form-urlencoded' }), wrongType),
  one(
    'a character set in the content type does no harm',
    written(String, { 'Content-Type': 'application/json; charset=utf-8' }),
    { status: 200 },
    { modes: blocking },
  ),
  one(
    'a content type that ends in +json is JSON',
    written(String, { 'Content-Type': 'application/vnd.api+json' }),
    { status: 200 },
    { modes: blocking },
  ),
  one(
    'unknown fields are ignored',
    (app) => blockingQuestion(app, undefined, { nothing: 1 }),
    { status: 200 },
    { modes: blocking },
  ),
];

const userCases: readonly Case[] = [
  one('a question needs a user', but({ user: undefined }), invalid),
  one('a user without characters is none', but({ user: '' }), invalid),
  one('a user that is null is none', but({ user: null }), invalid),
  one('a user that is 0 is none', but({ user: 0 }), invalid),
  one(
    'a user may be a number',
    (app) => blockingQuestion(app, undefined, { user: 4711 }),
    { status: 200 },
    { modes: blocking },
  ),
  one('a user of 256 characters crashes', but({ user: 'u'.repeat(256) }), crash),
  one('a stop needs a user', (app) => ({ path: stopPath(app.mode, unknownId), body: { user: undefined } }), invalid),
  one('a stop needs JSON', (app) => ({ path: stopPath(app.mode, unknownId), method: 'POST' }), wrongType),
  one(
    'feedback needs a user',
    { path: `/messages/${unknownId}/feedbacks`, body: { rating: 'like', user: undefined } },
    invalid,
  ),
];

const schemaCases: readonly Case[] = [
  one('a question needs inputs', but({ inputs: undefined }), invalid),
  one('inputs are no list', but({ inputs: ['x'] }), invalid),
  one('inputs are not null', but({ inputs: null }), invalid),
  one('there are two response modes', but({ response_mode: 'foo' }), invalid),
  one('a question has a query', but({ query: undefined }), invalid, { modes: chatFamily }),
  one('a query is a text', but({ query: 5 }), invalid, { modes: chatFamily }),
  one('a conversation is a UUID', but({ conversation_id: 'abc' }), invalid, { modes: chatFamily }),
  one('a conversation that is a number crashes', but({ conversation_id: 5 }), crash, { modes: chatFamily }),
];

const notChat: Expected = { status: 400, code: 'not_chat_app' };
const notWorkflow: Expected = { status: 400, code: 'not_workflow_app' };
const unavailable: Expected = { status: 400, code: 'app_unavailable' };

const notInChatFamily = modes.filter((mode) => !chatFamily.includes(mode));
const noWorkflow = modes.filter((mode) => mode !== 'workflow');
const noCompletion = modes.filter((mode) => mode !== 'completion');
const noRuns = modes.filter((mode) => mode !== 'workflow' && mode !== 'advanced-chat');

/** Each family of endpoints for apps of the other modes. */
const modeCases: readonly Case[] = [
  one('a text or workflow app does not chat', { path: '/chat-messages', body: { query: 'x', inputs: {} } }, notChat, {
    modes: notInChatFamily,
  }),
  one('a text or workflow app has no chat to stop', { path: `/chat-messages/${unknownId}/stop`, body: {} }, notChat, {
    modes: notInChatFamily,
  }),
  one('a text or workflow app has no conversations', { path: '/conversations' }, notChat, { modes: notInChatFamily }),
  one('a text or workflow app has no messages', { path: '/messages', query: { conversation_id: unknownId } }, notChat, {
    modes: notInChatFamily,
  }),
  one(
    'a text or workflow app has no conversation to delete',
    { method: 'DELETE', path: `/conversations/${unknownId}`, body: {} },
    notChat,
    { modes: notInChatFamily },
  ),
  one(
    'a text or workflow app has no conversation to rename',
    { path: `/conversations/${unknownId}/name`, body: { name: 'x' } },
    notChat,
    { modes: notInChatFamily },
  ),
  one('a text or workflow app proposes no questions', { path: `/messages/${unknownId}/suggested` }, notChat, {
    modes: notInChatFamily,
  }),
  one('only a text app completes', { path: '/completion-messages', body: { inputs: {} } }, unavailable, {
    modes: noCompletion,
  }),
  one(
    'only a text app has a completion to stop',
    { path: `/completion-messages/${unknownId}/stop`, body: {} },
    unavailable,
    {
      modes: noCompletion,
    },
  ),
  one('only a workflow runs', { path: '/workflows/run', body: { inputs: {} } }, notWorkflow, { modes: noWorkflow }),
  one('only a workflow runs in a version', { path: `/workflows/${unknownId}/run`, body: { inputs: {} } }, notWorkflow, {
    modes: noWorkflow,
  }),
  one('only a workflow has a run to stop', { path: `/workflows/tasks/${unknownId}/stop`, body: {} }, notWorkflow, {
    modes: noWorkflow,
  }),
  one('only chatflows and workflows have runs', { path: `/workflows/run/${unknownId}` }, notWorkflow, {
    modes: noRuns,
  }),
  one('only chatflows and workflows have events of runs', { path: `/workflow/${unknownId}/events` }, notWorkflow, {
    modes: noRuns,
    only: 'b',
  }),
  one(
    'a missing user is said before the wrong mode',
    { path: '/workflows/run', body: { inputs: {}, user: undefined } },
    invalid,
    {
      modes: noWorkflow,
    },
  ),
  one('the wrong mode is said before missing inputs', { path: '/workflows/run', body: {} }, notWorkflow, {
    modes: noWorkflow,
  }),
  one('a new agent has no variables', { path: `/conversations/${unknownId}/variables` }, notChat, {
    modes: ['agent'],
    only: 'b',
  }),
];

/** Bodies, users, schemas and modes: what is refused before an app is asked. */
export const refusalCases: readonly Case[] = [...bodyCases, ...userCases, ...schemaCases, ...modeCases];
