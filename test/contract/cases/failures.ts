import { answered, blockingQuestion, holds, one, question, rowsOf, same, withIds } from '../asking.ts';
import type { Case } from '../case.ts';
import type { Probe } from '../probe.ts';
import { graphModes, type Mode, modes } from '../modes.ts';
import type { Fields } from '../ask.ts';

const invalid = { status: 400, code: 'invalid_param' } as const;

/** A workflow or chatflow may not ask its model first; those of the lab do. */
const asking: readonly Mode[] = ['completion', 'chat', 'agent-chat', 'agent'];

const models: readonly Case[] = [
  ...['400', '401', '429', '500'].flatMap((status): readonly Case[] => [
    one(
      `a model’s ${status} is an error in the stream`,
      (app) => question(app, `[[err${status}]]`),
      { status: 200, end: 'failed' },
      {
        modes: asking,
        needs: ['rule-model'],
      },
    ),
    one(
      `a model’s ${status} is a refusal without a stream`,
      (app) => blockingQuestion(app, `[[err${status}]]`),
      invalid,
      {
        modes: ['completion', 'chat'],
        needs: ['rule-model'],
      },
    ),
  ]),
  {
    name: 'a model that breaks off is an error behind the text that came',
    modes: ['chat', 'completion'],
    needs: ['rule-model'],
    run: async (app) => {
      const { answer, events } = withIds(
        await app.send(question(app, '[[long:20]] [[cut:4]]'), { status: 200, end: 'failed' }),
      );
      holds('text before it', answer !== '');
      same('the last event', events.at(-1)?.['event'], 'error');
    },
  },
  one(
    'a model that breaks off is a refusal without a stream',
    (app) => blockingQuestion(app, '[[long:20]] [[cut:4]]'),
    { status: 400 },
    { modes: ['chat'], needs: ['rule-model'] },
  ),
  failedInHistory(['chat', 'agent-chat'], ['rule-model'], '[[err500]]'),
  failedInHistory(['advanced-chat'], ['rule-model', 'failing-node'], 'do fail'),
  {
    name: 'a model that says nothing gives one empty piece',
    modes: ['chat', 'completion'],
    needs: ['rule-model'],
    run: async (app) => {
      const { answer } = await answered(app, '[[empty]]');
      same('the answer', answer, '');
    },
  },
  one(
    'a model that says nothing is refused by the older server without a stream',
    (app) => blockingQuestion(app, '[[empty]]'),
    invalid,
    {
      only: 'a',
      modes: ['chat', 'completion'],
      needs: ['rule-model'],
    },
  ),
  one(
    'a model that says nothing is an empty answer of the newer server',
    (app) => blockingQuestion(app, '[[empty]]'),
    { status: 200 },
    {
      only: 'b',
      modes: ['chat', 'completion'],
      needs: ['rule-model'],
    },
  ),
  {
    name: 'a slow model is waited for with pings',
    modes: ['chat', 'completion'],
    needs: ['rule-model'],
    run: async (app) => {
      const { events } = await answered(app, '[[wait:12000]] [[long:5]]');
      same('what comes first', events[0]?.['event'], 'ping');
    },
  },
];

function failedInHistory(modesOf: readonly Mode[], needs: readonly string[], text: string): Case {
  return {
    name: `a failed answer is in the history without its text (${text})`,
    modes: modesOf,
    needs,
    run: async (app) => {
      const { conversationId } = withIds(await app.send(question(app, text), { status: 200, end: 'failed' }));
      const query = { conversation_id: conversationId };
      const [row] = rowsOf(await app.send({ path: '/messages', query }, { status: 200 }));
      same('the state', row?.['status'], 'error');
      same('the answer', row?.['answer'], '');
      holds('a reason', typeof row?.['error'] === 'string');
    },
  };
}

/** Queries that lead a chatflow of the lab into one of its branches, by the feature that says it has it. */
function branch(
  name: string,
  feature: string,
  query: string | ((app: Probe) => string),
  check: (events: readonly string[], text: string) => void,
): Case {
  return {
    name,
    modes: graphModes,
    needs: [feature, 'rule-model'],
    run: async (app) => {
      const got = await app.send(question(app, typeof query === 'string' ? query : query(app)), {
        status: 200,
        end: ['done', 'failed'],
      });
      check(
        got.events.map(({ event }) => String(event)),
        got.text,
      );
    },
  };
}

function has(...names: readonly string[]): (events: readonly string[]) => void {
  return (events) => {
    for (const name of names) holds(name, events.includes(name));
  };
}

const branches: readonly Case[] = [
  branch(
    'an iteration tells its rounds',
    'iteration',
    'do iterate',
    has('iteration_started', 'iteration_next', 'iteration_completed'),
  ),
  branch('a loop tells its rounds', 'loop', 'do loop', has('loop_started', 'loop_next', 'loop_completed')),
  branch('a node that is tried again says so', 'retry', 'do retry', has('node_retry')),
  branch(
    'an agent within a flow tells its steps',
    'agent-node',
    'x [[tool:current_time:{"timezone":"UTC"}]]',
    has('agent_log'),
  ),
  branch('a failing node ends the run', 'failing-node', 'do fail', (_names, text) =>
    holds('a failure', /"status": ?"failed"/.test(text)),
  ),
  branch(
    'a failing node with a default goes on',
    'default-value',
    ({ mode }) => (mode === 'workflow' ? 'do handled' : 'do default'),
    (_names, text) => {
      holds('an exception', /"status": ?"exception"/.test(text));
      holds('half a success', /"status": ?"partial-succeeded"/.test(text));
    },
  ),
  {
    name: 'a failing chatflow is a refusal without a stream',
    modes: ['advanced-chat'],
    needs: ['failing-node'],
    run: async (app) => {
      await app.send(blockingQuestion(app, 'do fail'), invalid);
    },
  },
  {
    name: 'citations come with the end and in the history',
    modes: modes.filter((mode) => mode !== 'workflow'),
    needs: ['citations'],
    run: async (app) => {
      const { events } = await answered(app, 'How long is shipping? [[long:5]]');
      const end = events.find(({ event }) => event === 'message_end')?.['metadata'] as Fields | undefined;
      holds('some', Array.isArray(end?.['retriever_resources']) && end['retriever_resources'].length > 0);
    },
  },
];

const limits: readonly Case[] = [
  {
    name: 'too many at once are told to try later',
    needs: ['capped'],
    run: async (app) => {
      const ask = question(app, '[[long:60]] [[slow:60]]');
      const stream = await app.open(ask);
      await stream.task();
      const { json } = await app.send(question(app), invalid);
      holds('the words', String(json['message']).startsWith('Too many requests'));
      await app.send({ path: '/info' }, { status: 200 });
      await app.rest(ask, { status: 200, end: 'done' }, stream);
      await answered(app);
    },
  },
];

/** What goes wrong while an answer is made, and what a graph does. */
export const failureCases: readonly Case[] = [...models, ...branches, ...limits];
