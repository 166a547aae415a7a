import { holds, one, question, same, unknownId } from '../asking.ts';
import type { Case } from '../case.ts';
import type { Ask, Got } from '../ask.ts';

const page = { status: 404, type: 'text/html' } as const;
const notAllowed = { status: 405, code: 'method_not_allowed' } as const;
const origin = 'vscode-webview://1a2b3c4d5e6f';

const nowhere: readonly string[] = [
  '/nothing-here',
  '/',
  '/info/',
  '/index',
  '/v1/info',
  '/docs',
  '/openapi.json',
  '/messages%2Fx',
  '/messages/abc/suggested',
  '/conversations/abc/variables',
  '/files/abc/preview',
];

/** What every HTTP server says in its own way: paths, methods, headers, other origins. */
export const httpCases: readonly Case[] = [
  ...nowhere.map((path) => one(`GET ${path} is a page that says 404`, { path }, page)),
  one('paths are spelled in small letters', { path: '//V1/INFO' }, page),
  one('a slash behind a path to POST to is too much', { path: '/chat-messages/', body: {} }, page),
  one('no path goes on behind a task', { path: '/chat-messages/x/y/z', body: {} }, page),
  one(
    'a malformed conversation in the path is a page that says 404',
    { method: 'DELETE', path: '/conversations/abc' },
    page,
  ),
  one(
    'a malformed conversation to rename is a page that says 404',
    { path: '/conversations/abc/name', body: { name: 'x' } },
    page,
  ),
  one(
    'a malformed message to rate is a page that says 404',
    { path: '/messages/abc/feedbacks', body: { rating: 'like' } },
    page,
  ),
  one(
    'a malformed variable is a page that says 404',
    { method: 'PUT', path: `/conversations/${unknownId}/variables/abc`, body: { value: 'x' } },
    page,
  ),
  one('a malformed end user is a page that says 404', { path: '/end-users/x' }, page, { only: 'b' }),
  one('the older server has no events of a run', { path: `/workflow/${unknownId}/events` }, page, { only: 'a' }),
  one('an answer cannot be got', { path: '/chat-messages' }, notAllowed),
  one('an app cannot be deleted', { method: 'DELETE', path: '/info' }, notAllowed),
  one('an answer cannot be put', { method: 'PUT', path: '/chat-messages' }, notAllowed),
  one(
    'a name cannot be patched',
    { method: 'PATCH', path: `/conversations/${unknownId}/name`, body: { name: 'x' } },
    notAllowed,
  ),
  one('the events of a run cannot be posted', { path: `/workflow/${unknownId}/events`, body: {} }, notAllowed, {
    only: 'b',
  }),
  one('HEAD gets a head', { method: 'HEAD', path: '/info' }, { status: 200 }),
  {
    name: 'the base URL leads to itself with a slash, which is nowhere',
    needs: ['direct'],
    run: async (app) => {
      const { headers } = await app.send({ path: '', query: { user: undefined } }, { status: 308, type: 'text/html' });
      holds('a Location that ends in /v1/', headers.get('location')?.endsWith('/v1/') === true);
    },
  },
  {
    name: 'two slashes lead to one',
    needs: ['direct'],
    run: async (app) => {
      const { headers } = await app.send({ path: '//v1//info' }, { status: 308, type: 'text/html' });
      holds('a Location with one slash', /[^/]\/v1\/info/.test(headers.get('location') ?? ''));
    },
  },
  one('the root is a page that says 404', { path: '//' }, page, { needs: ['direct'] }),
  one(
    '/health tells the version without a key',
    { path: '//health', headers: { Authorization: undefined } },
    { status: 200 },
    {
      needs: ['direct'],
    },
  ),
  one(
    'the newer server describes itself',
    { path: '/swagger.json', headers: { Authorization: undefined } },
    { status: 200 },
    {
      only: 'b',
      needs: ['direct'],
    },
  ),
  {
    name: 'every answer names version and environment',
    run: async (app) => {
      const answers = [
        await app.send({ path: '/info' }, { status: 200 }),
        await app.send({ path: '/info', headers: { Authorization: undefined } }, { status: 401 }),
        await app.send({ path: '/chat-messages' }, { status: 405 }),
      ];
      for (const { headers } of answers) {
        same('X-Version', headers.get('x-version'), app.generation === 'a' ? '1.11.2' : '1.14.2');
        holds('an X-Env', headers.get('x-env') !== null);
        same('Vary', headers.get('vary'), app.generation === 'a' ? null : 'Cookie');
      }
    },
    needs: ['direct'],
  },
  {
    name: 'scripts may read version, environment and trace id, of an answer and of a refusal',
    run: async (app) => {
      const answers = [
        await app.send({ path: '/info' }, { status: 200 }),
        await app.send({ path: '/info', headers: { Authorization: undefined } }, { status: 401 }),
      ];
      for (const { headers } of answers) {
        same('exposed headers', headers.get('access-control-expose-headers'), 'X-Env, X-Trace-Id, X-Version');
      }
    },
  },
  allows('without an origin all are allowed', {}, '*'),
  allows('an origin is allowed by name', { Origin: origin }, origin),
  allows('the origin "null" is allowed by name', { Origin: 'null' }, 'null'),
  {
    name: 'a page that says 404 is for no other origin',
    run: async (app) => {
      const { headers } = await app.send({ path: '/nothing-here', headers: { Origin: origin } }, page);
      same('Access-Control-Allow-Origin', headers.get('access-control-allow-origin'), null);
    },
  },
  preflight('a preflight allows key and content type', 'authorization,content-type', 'authorization, content-type'),
  preflight('a preflight leaves out a header for traces', 'authorization,x-trace-id', 'authorization'),
  ...['/files/upload', `/conversations/${unknownId}`].map((path) =>
    one(
      `a preflight to ${path.replace(unknownId, '{conversation}')} is an empty page`,
      { method: 'OPTIONS', path, headers: { Origin: origin, 'Access-Control-Request-Method': 'POST' } },
      { status: 200, type: 'text/html' },
    ),
  ),
  one(
    'a preflight to nowhere is a page that says 404',
    { method: 'OPTIONS', path: '/nothing-here', headers: { Origin: origin, 'Access-Control-Request-Method': 'POST' } },
    page,
  ),
  ...Object.entries({
    'Accept: text/html': { Accept: 'text/html' },
    'another browser': { 'User-Agent': 'Mozilla/5.0' },
    'a trace id': { 'X-Trace-Id': 'trace-0123456789' },
    'a malformed trace id': { 'X-Trace-Id': '!' },
  }).map(([what, headers]) =>
    one(`${what} changes nothing`, (app) => ({ ...question(app), headers }), { status: 200, end: 'done' }),
  ),
  one(
    'a session of traces has no more than 200 characters',
    (app) => question(app, 'x', { trace_session_id: 'x'.repeat(201) }),
    { status: 400, code: 'bad_request' },
    { only: 'b', modes: ['workflow'] },
  ),
];

function allows(name: string, headers: Readonly<Record<string, string>>, expected: string): Case {
  return {
    name,
    run: async (app) => {
      const got = await app.send({ path: '/info', headers }, { status: 200 });
      same('Access-Control-Allow-Origin', got.headers.get('access-control-allow-origin'), expected);
      holds('Vary by origin', expected === '*' || varies(got));
    },
  };
}

function varies({ headers }: Got): boolean {
  return headers.get('vary')?.includes('Origin') === true;
}

function preflight(name: string, asked: string, allowed: string): Case {
  const headers = {
    Origin: origin,
    'Access-Control-Request-Method': 'POST',
    'Access-Control-Request-Headers': asked,
    Authorization: undefined,
  };
  const ask: Ask = { method: 'OPTIONS', path: '/chat-messages', headers };
  return {
    name,
    run: async (app) => {
      const got = await app.send(ask, { status: 200, type: 'text/html' });
      same('allowed headers', got.headers.get('access-control-allow-headers'), allowed);
      same('the body', got.text, '');
    },
  };
}
