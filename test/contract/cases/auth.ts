import { generatePath, one, question, unknownId } from '../asking.ts';
import type { Case } from '../case.ts';
import { chatFamily } from '../modes.ts';
import type { Ask } from '../ask.ts';

const refused = { status: 401, code: 'unauthorized' } as const;
const invalid = 'Bearer app-000000000000000000000000';
const info: Ask = { path: '/info', query: { user: undefined } };

function infoWith(Authorization: string | undefined): Ask {
  return { ...info, headers: { Authorization } };
}

/** Who may use an app: keys in every wrong way, and in the right ones. */
export const authCases: readonly Case[] = [
  one('without an Authorization header nobody gets in', infoWith(undefined), refused),
  one('an unknown key is refused', infoWith(invalid), refused),
  one('"Bearer" without a key is refused', infoWith('Bearer'), refused),
  one('a key without "Bearer" is refused', (app) => infoWith(app.app.key), refused),
  one('another scheme is refused', infoWith('Basic dXNlcjpwYXNz'), refused),
  one('the key of a knowledge base is refused', infoWith('Bearer dataset-000000000000000000000000'), refused),
  one('a key with something behind it is refused', (app) => infoWith(`Bearer ${app.app.key} extra`), refused),
  one('a key in quotes is refused', (app) => infoWith(`Bearer "${app.app.key}"`), refused),
  one(
    'a key in the query does not count',
    (app) => ({ ...infoWith(undefined), query: { user: undefined, api_key: app.app.key } }),
    refused,
  ),
  one('the scheme may be written small', (app) => infoWith(`bearer ${app.app.key}`), { status: 200 }),
  one('two blanks before the key do no harm', (app) => infoWith(`Bearer  ${app.app.key}`), { status: 200 }),
  one(
    'a wrong key is said before a broken body',
    (app) => ({ path: generatePath(app.mode), body: '{"query": ', headers: { Authorization: invalid } }),
    refused,
  ),
  one(
    'a wrong key is said before a missing user',
    (app) => ({ path: generatePath(app.mode), body: { user: undefined }, headers: { Authorization: invalid } }),
    refused,
  ),
  ...['/parameters', '/meta', '/site', '/conversations', '/workflows/logs', `/workflows/run/${unknownId}`].map((path) =>
    one(
      `GET ${path.replace(unknownId, '{run}')} needs a key`,
      { path, headers: { Authorization: undefined } },
      refused,
    ),
  ),
  one(
    'a form of a paused run needs a key',
    { path: '/form/human_input/no-such-token', headers: { Authorization: undefined } },
    refused,
    { only: 'b', modes: ['workflow'] },
  ),
  one(
    'the events of a run need a key',
    { path: `/workflow/${unknownId}/events`, headers: { Authorization: undefined } },
    refused,
    { only: 'b', modes: ['workflow'] },
  ),
  {
    name: 'a refusal for its key names the realm',
    run: async (app) => {
      const { headers } = await app.send(infoWith(invalid), refused);
      if (headers.get('www-authenticate') !== 'Bearer realm="api"') throw new Error('WWW-Authenticate is missing');
    },
  },
  ...['/info', '/parameters', '/meta', '/site', '/conversations'].map((path) =>
    one(
      `GET ${path} of an app whose API is switched off is forbidden`,
      { path },
      { status: 403, code: 'forbidden' },
      {
        needs: ['disabled'],
        modes:
          path === '/conversations' ? chatFamily : ['chat', 'completion', 'advanced-chat', 'workflow', 'agent-chat'],
      },
    ),
  ),
  one(
    'asking an app whose API is switched off is forbidden',
    (app) => question(app),
    { status: 403, code: 'forbidden' },
    {
      needs: ['disabled'],
    },
  ),
  one(
    'that an API is switched off is said before a missing user',
    (app) => question(app, 'x', { user: undefined }),
    { status: 403, code: 'forbidden' },
    { needs: ['disabled'] },
  ),
];
