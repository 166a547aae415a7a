import { blockingQuestion, holds, one, question, same, stranger, withIds } from '../asking.ts';
import type { Case } from '../case.ts';
import { graphModes } from '../modes.ts';
import type { Expected, Fields, JsonAsk } from '../ask.ts';
import type { Probe } from '../probe.ts';

const invalidForm = { status: 400, code: 'invalid_form_data' } as const;
const invalid = { status: 400, code: 'invalid_param' } as const;
const notFound = { status: 404, code: 'not_found' } as const;
const used = { status: 412, code: 'human_input_form_submitted' } as const;

interface Paused {
  readonly runId: string;
  readonly path: string;
  readonly inputs: readonly Fields[];
  readonly actions: readonly Fields[];
}

/** Asks until somebody is asked in turn. */
async function paused(app: Probe): Promise<Paused> {
  const got = withIds(await app.send(question(app, 'A draft. [[long:5]]'), { status: 200, end: 'paused' }));
  const asked = got.events.find(({ event }) => event === 'human_input_required')?.['data'] as Fields | undefined;
  holds('a token', typeof asked?.['form_token'] === 'string');
  return {
    runId: got.runId,
    path: `/form/human_input/${String(asked?.['form_token'])}`,
    inputs: (asked?.['inputs'] ?? []) as readonly Fields[],
    actions: (asked?.['actions'] ?? []) as readonly Fields[],
  };
}

/** A submission of the form that is taken. */
function filled({ actions, inputs, path }: Paused): JsonAsk {
  const values = inputs.map((input) => [String(input['output_variable_name']), valueOf(input)]);
  return { path, body: { inputs: Object.fromEntries(values) as Fields, action: actions[0]?.['id'] } };
}

function valueOf(input: Fields): string {
  const source = input['option_source'] as Fields | undefined;
  const options = source?.['value'];
  return Array.isArray(options) ? String(options[0]) : 'Fine.';
}

/** A submission that is refused, and leaves the form open. */
function refused(name: string, change: (body: Fields) => Fields, expected: Expected): Case {
  return {
    name,
    modes: graphModes,
    only: 'b',
    needs: ['human-input'],
    run: async (app) => {
      const form = await paused(app);
      const ask = filled(form);
      await app.send({ ...ask, body: change(ask.body) }, expected);
      await app.send({ path: form.path }, { status: 200 });
    },
  };
}

const rest = { modes: graphModes, only: 'b' } as const;

/** Runs that wait for a person. */
export const humanInputCases: readonly Case[] = [
  one('an unknown form is not found', { path: '/form/human_input/no-such-token' }, notFound, rest),
  one(
    'an unknown form cannot be submitted',
    { path: '/form/human_input/no-such-token', body: { inputs: {}, action: 'x' } },
    notFound,
    rest,
  ),
  {
    name: 'a form can be read by its token',
    ...rest,
    needs: ['human-input'],
    run: async (app) => {
      const form = await paused(app);
      const { json } = await app.send({ path: form.path, query: { user: undefined } }, { status: 200 });
      same(
        'its actions',
        (json['user_actions'] as readonly Fields[]).map(({ id }) => id),
        form.actions.map(({ id }) => id),
      );
    },
  },
  {
    name: 'a submitted form lets the run go on, for whoever follows it',
    ...rest,
    needs: ['human-input'],
    run: async (app) => {
      const form = await paused(app);
      const ask = {
        path: `/workflow/${form.runId}/events`,
        query: { include_state_snapshot: 'true', continue_on_pause: 'true' },
      };
      const stream = await app.open(ask);
      await stream.until('workflow_paused');
      await app.send(filled(form), { status: 200 });
      await stream.until('workflow_finished');
      stream.leave();
      const { json } = await app.send({ path: `/workflows/run/${form.runId}` }, { status: 200 });
      same('its end', json['status'], 'succeeded');
    },
  },
  {
    name: 'a form is submitted once, by anybody',
    ...rest,
    needs: ['human-input'],
    run: async (app) => {
      const form = await paused(app);
      const ask = filled(form);
      same(
        'the answer',
        (await app.send({ ...ask, body: { ...ask.body, user: stranger() } }, { status: 200 })).json,
        {},
      );
      await app.send(ask, used);
      await app.send({ path: form.path }, used);
    },
  },
  {
    name: 'a paused run says so',
    ...rest,
    needs: ['human-input'],
    run: async (app) => {
      const form = await paused(app);
      const { json } = await app.send({ path: `/workflows/run/${form.runId}` }, { status: 200 });
      same('its state', json['status'], 'paused');
      await app.send(filled(form), { status: 200 });
    },
  },
  {
    name: 'without a stream a pause is the answer',
    ...rest,
    needs: ['human-input'],
    run: async (app) => {
      await app.send(blockingQuestion(app, 'A draft. [[long:5]]'), { status: 200 });
    },
  },
  refused('every input is required', (body) => ({ ...body, inputs: {} }), invalidForm),
  refused('an action is one of the form’s', (body) => ({ ...body, action: 'maybe' }), invalidForm),
  {
    name: 'a form is JSON',
    ...rest,
    needs: ['human-input'],
    run: async (app) => {
      const form = await paused(app);
      await app.send({ path: form.path, body: '{"inputs":' }, { status: 400, code: 'bad_request' });
    },
  },
  {
    name: 'a form is open until its deadline',
    ...rest,
    needs: ['form-deadline'],
    run: async (app) => {
      const form = await paused(app);
      await app.sleep(2_500);
      await app.send({ path: form.path }, { status: 412, code: 'human_input_form_expired' });
      await app.send(filled(form), { status: 412, code: 'human_input_form_expired' });
    },
  },
  refused('an action is required', (body) => ({ ...body, action: undefined }), invalid),
  refused('inputs are required', (body) => ({ ...body, inputs: undefined }), invalid),
  refused('inputs are an object', (body) => ({ ...body, inputs: ['x'] }), invalid),
  refused('a submission needs a user', (body) => ({ ...body, user: undefined }), invalid),
];
