import { answered, holds, one, rowsOf, same, stranger, unknownId } from '../asking.ts';
import type { Case } from '../case.ts';
import type { Ask, Expected, Fields } from '../ask.ts';
import type { Probe } from '../probe.ts';

const invalid = { status: 400, code: 'invalid_param' } as const;
const mismatch = { status: 400, code: 'bad_request' } as const;
const notFound = { status: 404, code: 'not_found' } as const;
const fine = { status: 200 } as const;

interface Remembered {
  readonly path: string;
  readonly variables: readonly Fields[];
}

/** A conversation with its variables. */
async function remembered(app: Probe): Promise<Remembered> {
  const { conversationId } = await answered(app, 'Remember this. x');
  const path = `/conversations/${conversationId}/variables`;
  return { path, variables: rowsOf(await app.send({ path }, fine)) };
}

function listed(name: string, query: Ask['query'], expected: Expected): Case {
  return {
    name,
    modes: ['advanced-chat'],
    needs: ['variables'],
    run: async (app) => {
      const { path } = await remembered(app);
      await app.send({ path, ...(query === undefined ? {} : { query }) }, expected);
    },
  };
}

/** A new value for a variable of the type, and what becomes of it. */
function set(name: string, given: readonly [type: string, value: unknown], expected: Expected, written?: string): Case {
  const [type, value] = given;
  return {
    name,
    modes: ['advanced-chat'],
    needs: ['variables'],
    run: async (app) => {
      const { path, variables } = await remembered(app);
      const variable = variables.find((each) => each['value_type'] === type);
      if (variable === undefined) throw new Error(`There is no variable of type ${type}.`);
      const ask = { method: 'PUT', path: `${path}/${String(variable['id'])}`, body: { value } };
      const { json } = await app.send(ask, expected);
      if (written !== undefined) same('the value', json['value'], written);
    },
  };
}

/** Variables of conversations: only chatflows have any. */
export const variableCases: readonly Case[] = [
  {
    name: 'a conversation has its chatflow’s variables, each value as text',
    modes: ['advanced-chat'],
    needs: ['variables'],
    run: async (app) => {
      const { variables } = await remembered(app);
      holds('some', variables.length > 0);
      holds(
        'texts',
        variables.every(({ value }) => typeof value === 'string'),
      );
    },
  },
  {
    name: 'a conversation of another app has no variables',
    modes: ['chat', 'agent-chat'],
    run: async (app) => {
      same('the list', (await remembered(app)).variables, []);
    },
  },
  one(
    'variables of an unknown conversation are not found',
    { path: `/conversations/${unknownId}/variables` },
    notFound,
    {
      modes: ['chat', 'agent-chat', 'advanced-chat'],
    },
  ),
  listed('variables of another user are not found', { user: stranger() }, notFound),
  listed('a page of variables may be short', { limit: '2' }, fine),
  listed('variables behind an unknown one are refused', { last_id: unknownId }, invalid),
  listed('variables go on behind a UUID', { last_id: 'abc' }, invalid),
  listed('to look for a variable by name crashes', { variable_name: 'topic' }, { status: 500, code: 'unknown' }),
  listed('a variable’s name has letters, digits and few signs', { variable_name: "x'; --" }, invalid),
  set('a text is set', ['string', 'new "topic" 中文'], fine, 'new "topic" 中文'),
  set('a number is set', ['number', 41], fine, '41'),
  set('a number with a fraction is refused', ['number', 1.5], invalid),
  set(
    'an object is set, and told in Python’s words',
    ['object', { ok: true, none: null }],
    fine,
    "{'ok': True, 'none': None}",
  ),
  set('a list is set, and told in Python’s words', ['array[string]', ['x', '中']], fine, "['x', '中']"),
  set('a number is no text', ['string', 5], mismatch),
  set('null is no text', ['string', null], mismatch),
  set('a text is no number', ['number', '5'], mismatch),
  set('a list is no object', ['object', [1]], mismatch),
  set('a list of numbers is no list of texts', ['array[string]', [1, 2]], mismatch),
  set('a text is no list', ['array[string]', 'x'], mismatch),
  {
    name: 'to set a variable takes a value, a variable, and its user',
    modes: ['advanced-chat'],
    needs: ['variables'],
    run: async (app) => {
      const { path, variables } = await remembered(app);
      const ask = { method: 'PUT', path: `${path}/${String(variables[0]?.['id'])}` };
      await app.send({ ...ask, body: {} }, invalid);
      await app.send({ ...ask, body: { value: 'x', user: stranger() } }, notFound);
      await app.send({ ...ask, body: { value: 'x', user: undefined } }, notFound);
      await app.send({ method: 'PUT', path: `${path}/${unknownId}`, body: { value: 'x' } }, notFound);
    },
  },
];
