import {
  answered,
  blockingQuestion,
  holds,
  isSuccess,
  longText,
  one,
  question,
  rowsOf,
  same,
  stranger,
  unknownId,
  withIds,
} from '../asking.ts';
import type { Case } from '../case.ts';
import { graphModes } from '../modes.ts';
import type { Ask, Expected, Fields } from '../ask.ts';

const invalid = { status: 400, code: 'invalid_param' } as const;
const notFound = { status: 404, code: 'not_found' } as const;
const crash = { status: 500, code: 'unknown' } as const;
const fine = { status: 200 } as const;

const details: readonly Case[] = [
  {
    name: 'a run can be looked at afterwards, by anybody',
    modes: graphModes,
    run: async (app) => {
      const { runId } = await answered(app);
      const { json } = await app.send({ path: `/workflows/run/${runId}`, query: { user: stranger() } }, fine);
      holds('success', isSuccess(json['status']));
      same('inputs', typeof json['inputs'], 'string');
      same('outputs', typeof json['outputs'], app.generation === 'a' ? 'string' : 'object');
    },
  },
  {
    name: 'a run that goes on says so',
    modes: graphModes,
    run: async (app) => {
      const ask = question(app, longText);
      const stream = await app.open(ask);
      await stream.until('node_started');
      const { runId } = withIds(await app.soFar(ask, { status: 200, end: 'open' }, stream));
      const { json } = await app.send({ path: `/workflows/run/${runId}` }, fine);
      same('its state', json['status'], 'running');
      same('the end', json['finished_at'], null);
      await app.rest(ask, { status: 200, end: 'done' }, stream);
    },
  },
  {
    name: 'an unknown run is not found, or a row of nulls',
    modes: graphModes,
    run: async (app) => {
      const ask = { path: `/workflows/run/${unknownId}` };
      if (app.generation === 'b') {
        await app.send(ask, notFound);
        return;
      }
      holds(
        'nulls',
        Object.values((await app.send(ask, fine)).json).every((value) => value === null),
      );
    },
  },
  one('a malformed run crashes', { path: '/workflows/run/abc' }, crash, { modes: graphModes }),
];

function logs(name: string, query: Ask['query'], expected: Expected): Case {
  return one(name, { path: '/workflows/logs', query: { user: undefined, ...query } }, expected, {
    modes: ['workflow'],
  });
}

const logCases: readonly Case[] = [
  logs('the log of runs can be read', {}, fine),
  logs('the log comes in pages', { page: '1', limit: '2' }, fine),
  ...['succeeded', 'failed', 'stopped'].map((status) => logs(`the log of ${status} runs`, { status }, fine)),
  logs('the log knows no half success', { status: 'partial-succeeded' }, invalid),
  logs('a page of the log holds at least one', { limit: '0' }, invalid),
  logs('a page of the log holds at most a hundred', { limit: '101' }, invalid),
  logs('the log’s dates are dates', { created_at__after: 'yesterday' }, { status: 400 }),
  logs('the log can be searched', { keyword: 'nothing of the kind' }, fine),
  one('the log of an app without runs is empty', { path: '/workflows/logs', query: { user: undefined } }, fine, {
    modes: ['chat'],
  }),
  {
    name: 'a run shows in the log by its user',
    modes: ['workflow'],
    run: async (app) => {
      const { json } = await app.send(blockingQuestion(app), fine);
      const query = { user: undefined, created_by_end_user_session_id: app.user };
      const [row] = rowsOf(await app.send({ path: '/workflows/logs', query }, fine));
      same('the run', (row?.['workflow_run'] as Fields | undefined)?.['id'], json['workflow_run_id']);
    },
  },
];

const versions: readonly Case[] = [
  {
    name: 'a workflow runs in the version that it runs in anyway',
    modes: ['workflow'],
    run: async (app) => {
      const { events } = await answered(app);
      const started = events.find(({ event }) => event === 'workflow_started')?.['data'] as Fields | undefined;
      const path = `/workflows/${String(started?.['workflow_id'])}/run`;
      await app.send({ ...question(app), path }, { status: 200, end: 'done' });
      await app.send({ ...blockingQuestion(app), path }, { status: 200 });
    },
  },
  one(
    'a version that does not exist is not found',
    (app) => ({ ...question(app), path: `/workflows/${unknownId}/run` }),
    notFound,
    {
      modes: ['workflow'],
    },
  ),
  one(
    'a version is a UUID',
    (app) => ({ ...question(app), path: '/workflows/abc/run' }),
    { status: 400, code: 'bad_request' },
    {
      modes: ['workflow'],
    },
  ),
];

function eventsOfRun(runId: string, query: Ask['query'] = {}): Ask {
  return { path: `/workflow/${runId}/events`, query };
}

const attached: readonly Case[] = [
  {
    name: 'of a run that is over there is one event',
    modes: graphModes,
    only: 'b',
    run: async (app) => {
      const { runId } = await answered(app);
      const got = await app.send(eventsOfRun(runId), { status: 200, type: 'text/event-stream' });
      same(
        'the events',
        got.events.map(({ event }) => event),
        ['workflow_finished'],
      );
      same('its task', got.events[0]?.['task_id'], runId);
      same('Cache-Control', got.headers.get('cache-control'), 'no-cache');
      const snapshot = await app.send(eventsOfRun(runId, { include_state_snapshot: 'true' }), {
        status: 200,
        type: 'text/event-stream',
      });
      same(
        'the events',
        snapshot.events.map(({ event }) => event),
        ['workflow_finished'],
      );
    },
  },
  {
    name: 'a run can be followed again after the connection was left',
    modes: graphModes,
    only: 'b',
    run: async (app) => {
      const ask = question(app, longText);
      const stream = await app.open(ask);
      await stream.until('node_started');
      const { runId } = withIds(await app.soFar(ask, { status: 200, end: 'open' }, stream));
      stream.leave();
      const got = await app.send(eventsOfRun(runId), { status: 200, end: 'done' });
      same('what comes first', got.events[0]?.['event'], 'ping');
      const { json } = await app.send({ path: `/workflows/run/${runId}` }, fine);
      holds('success', isSuccess(json['status']));
    },
  },
  {
    name: 'a run that goes on can be followed from its present state on',
    modes: graphModes,
    only: 'b',
    run: async (app) => {
      const ask = question(app, longText);
      const stream = await app.open(ask);
      await stream.until('node_finished');
      const { runId } = withIds(await app.soFar(ask, { status: 200, end: 'open' }, stream));
      const got = await app.send(eventsOfRun(runId, { include_state_snapshot: 'true' }), { status: 200, end: 'done' });
      const names = got.events.map(({ event }) => event);
      holds('a beginning', names.includes('workflow_started'));
      holds('an end', names.includes('workflow_finished'));
      await app.rest(ask, { status: 200, end: 'done' }, stream);
    },
  },
  {
    name: 'events of a run are its user’s own',
    modes: graphModes,
    only: 'b',
    run: async (app) => {
      const { runId, taskId } = await answered(app);
      await app.send(eventsOfRun(runId, { user: stranger() }), notFound);
      await app.send(eventsOfRun(runId, { user: undefined }), invalid);
      await app.send(eventsOfRun(runId, { user: '' }), invalid);
      await app.send(eventsOfRun(taskId), notFound);
      await app.send(eventsOfRun(unknownId), notFound);
    },
  },
  one('a malformed run has no events', eventsOfRun('not-a-uuid'), crash, { modes: graphModes, only: 'b' }),
];

/** Runs of workflows and chatflows. */
export const runCases: readonly Case[] = [...details, ...logCases, ...versions, ...attached];
