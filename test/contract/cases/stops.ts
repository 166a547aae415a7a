import {
  answered,
  generatePath,
  longText,
  one,
  question,
  rowsOf,
  same,
  stopPath,
  stranger,
  unknownId,
  withIds,
} from '../asking.ts';
import type { Case } from '../case.ts';
import { graphModes, type Mode, modes } from '../modes.ts';
import type { Got } from '../ask.ts';
import type { Probe } from '../probe.ts';

const fine = { status: 200 } as const;

/** A new agent tells its task only at the end. */
const stoppable: readonly Mode[] = modes.filter((mode) => mode !== 'agent');

/** Asks for a long answer, has it stopped as this user, and reads to the end. */
async function stopped(app: Probe, user: string): Promise<Got> {
  const ask = question(app, longText);
  const stream = await app.open(ask);
  const task = await stream.task();
  await stream.until(firstText(app.mode));
  const { json } = await app.send({ path: stopPath(app.mode, task), body: { user } }, fine);
  same('the answer to a stop', json, { result: 'success' });
  return app.rest(ask, { status: 200, end: ['stopped', 'failed', 'done'] }, stream);
}

function firstText(mode: Mode): string {
  if (mode === 'agent-chat') return 'agent_message';
  return mode === 'workflow' ? 'node_started' : 'message';
}

/** Stops. */
export const stopCases: readonly Case[] = [
  ...[unknownId, 'abc', 'undefined'].map((task) =>
    one(`a stop of the task ${task} is a success`, (app) => ({ path: stopPath(app.mode, task), body: {} }), fine),
  ),
  one(
    'a stop needs a key',
    (app) => ({ path: stopPath(app.mode, unknownId), body: {}, headers: { Authorization: undefined } }),
    { status: 401, code: 'unauthorized' },
  ),
  {
    name: 'a stop after the end is a success',
    modes: stoppable,
    run: async (app) => {
      const { taskId } = await answered(app);
      await app.send({ path: stopPath(app.mode, taskId), body: {} }, fine);
    },
  },
  {
    name: 'a stop ends the stream',
    modes: stoppable,
    run: async (app) => {
      const { text } = await stopped(app, app.user);
      if (app.mode !== 'workflow' && text.includes('three hundred')) throw new Error('It went on to the end.');
    },
  },
  {
    name: 'a stopped answer of a basic app is kept as far as it came',
    modes: ['chat', 'agent-chat'],
    run: async (app) => {
      const turn = withIds(await stopped(app, app.user));
      const history = await app.send({ path: '/messages', query: { conversation_id: turn.conversationId } }, fine);
      same('their number', rowsOf(history).length, 1);
    },
  },
  {
    name: 'a stop by somebody else does nothing to a basic app',
    modes: ['completion', 'chat', 'agent-chat'],
    needs: ['rule-model'],
    run: async (app) => {
      const turn = withIds(await stopped(app, stranger()));
      if (turn.events.filter(({ answer }) => typeof answer === 'string').length < 200)
        throw new Error('It was stopped.');
    },
  },
  {
    name: 'a stop by somebody else is a success for a run too',
    modes: graphModes,
    run: async (app) => {
      await stopped(app, stranger());
    },
  },
  {
    name: 'what a stopped run says of itself can be read',
    modes: graphModes,
    run: async (app) => {
      const { runId } = withIds(await stopped(app, app.user));
      await app.send({ path: `/workflows/run/${runId}` }, fine);
    },
  },
  {
    name: 'the next question after a stop is answered',
    modes: stoppable,
    run: async (app) => {
      const { conversationId } = withIds(await stopped(app, app.user));
      const isChat = generatePath(app.mode) === '/chat-messages';
      await answered(app, undefined, isChat ? { conversation_id: conversationId } : {});
    },
  },
];
