import assert from 'node:assert/strict';
import { ApiError } from '../../../src/demo/http/errors.ts';
import {
  type Form,
  type FormDefinition,
  type FormInput,
  extraContent,
  filledEvent,
  formEvent,
  opened,
  pauseReason,
  unfilled,
} from '../../../src/demo/humanInput/form.ts';
import { type ReadFile, checkedSubmission } from '../../../src/demo/humanInput/submission.ts';
import { Values } from '../../../src/demo/workflow/values.ts';
import { type RecordedExchange, bodyOf, recording } from '../../support/recordings.ts';
import { dataEventsOf } from '../../support/eventStream.ts';

type Json = Readonly<Record<string, unknown>>;

function eventsOf(exchange: RecordedExchange | undefined): readonly Json[] {
  return exchange === undefined ? [] : dataEventsOf(bodyOf(exchange).toString());
}

function dataOf(events: readonly Json[], name: string): Json {
  return events.find(({ event }) => event === name)?.['data'] as Json;
}

/** The form that a recorded run opened, from the design that its snapshot shows. */
function formOf(required: Json, template: Json, values: Values): Form {
  const definition: FormDefinition = {
    content: String(template['form_content']),
    inputs: template['inputs'] as readonly FormInput[],
    actions: required['actions'] as FormDefinition['actions'],
    timeout: 129_600_000,
    delivery: 'api',
  };
  const place = { runId: 'r', nodeId: String(required['node_id']), nodeTitle: String(required['node_title']) };
  const form = opened(definition, place, values, {
    now: Number(required['expiration_time']) * 1000 - 129_600_000,
    uuid: () => '01a202df-96f1-7a9b-96e8-174f71b5caf4',
  });
  return { ...form, id: String(required['form_id']), token: String(required['form_token']) };
}

function valuesOf(node: string, outputs: Json, values = new Values()): Values {
  values.setAll(node, outputs);
  return values;
}

function formIn(name: string): Form {
  const events = recording(name).exchanges.flatMap(eventsOf);
  const required = dataOf(events, 'human_input_required');
  return formOf(required, required, new Values());
}

/** As the recorded server: what it knew were the three uploads of the recording. */
const readFile: ReadFile = (mapping) => {
  if (mapping['type'] === 'audio') return { fault: 'File validation failed for file: song.mp3' };
  return String(mapping['upload_file_id']).startsWith('0000') ? { fault: 'Invalid upload file' } : { file: mapping };
};

describe('a form for a person', () => {
  const { exchanges } = recording('b/human-input/chatflow-approve');
  const live = eventsOf(exchanges[0]);
  const required = dataOf(live, 'human_input_required');
  const snapshot = eventsOf(exchanges[5]);
  const form = formOf(
    required,
    dataOf(snapshot, 'human_input_required'),
    valuesOf('draft', { text: 'Answer: Write about cats.' }),
  );

  it('is told as the server tells it, filled in', () => {
    assert.equal(JSON.stringify(formEvent(form)), JSON.stringify(required));
    const [reason] = dataOf(live, 'workflow_paused')['reasons'] as readonly unknown[];
    assert.equal(JSON.stringify(pauseReason(form)), JSON.stringify(reason));
  });

  it('is told unfilled in a snapshot', () => {
    assert.equal(JSON.stringify(formEvent(unfilled(form))), JSON.stringify(dataOf(snapshot, 'human_input_required')));
  });

  it('shows what was submitted in the stream and in the history', () => {
    const sent = { action: 'approve', inputs: { comment: 'Nice 猫', priority: 'low', unknown: 1 } };
    const submission = checkedSubmission(form, sent, readFile, '2.12');
    const filled = dataOf(eventsOf(exchanges[6]), 'human_input_form_filled');
    assert.equal(JSON.stringify(filledEvent(form, submission)), JSON.stringify(filled));

    const history = JSON.parse(bodyOf(exchanges[8] as RecordedExchange).toString()) as {
      readonly data: readonly { readonly extra_contents: readonly [Json] }[];
    };
    const [content] = history.data[0]?.extra_contents ?? [];
    const submitted = { ...form, runId: String(content?.['workflow_run_id']), submission };
    assert.equal(JSON.stringify(extraContent(submitted)), JSON.stringify(content));
  });

  it('takes the options of a select and a default from the run', () => {
    const { inputs, defaults } = opened(
      {
        content: '',
        inputs: [
          {
            output_variable_name: 'extra',
            type: 'paragraph',
            default: { type: 'variable', selector: ['draft', 'text'], value: '' },
          },
          {
            output_variable_name: 'pick',
            type: 'select',
            option_source: { type: 'variable', selector: ['opts', 'list'], value: [] },
          },
        ],
        actions: [],
        timeout: 1,
        delivery: 'api',
      },
      { runId: 'r', nodeId: 'n', nodeTitle: 'N' },
      valuesOf('draft', { text: 'A draft' }, valuesOf('opts', { list: ['duo-1', 'duo-2'] })),
      { now: 0, uuid: () => crypto.randomUUID() },
    );

    assert.deepEqual(defaults, { extra: 'A draft' });
    assert.deepEqual(inputs[1]?.type === 'select' && inputs[1].option_source.value, ['duo-1', 'duo-2']);
  });

  const refusals = ['b/human-input/workflow-form-errors', 'b/human-input/workflow-files'].flatMap((name) =>
    recording(name).exchanges.flatMap(({ request, response, ...rest }, index) => {
      const answer =
        response?.status === 400 ? (JSON.parse(bodyOf({ request, response, ...rest }).toString()) as Json) : {};
      return answer['code'] === 'invalid_form_data' ? [{ name, index, sent: request.body, answer }] : [];
    }),
  );
  for (const { name, index, sent, answer } of refusals) {
    it(`is refused as in ${name}, exchange ${index}: ${String(answer['message']).slice(0, 60)}`, () => {
      assert.throws(
        () => checkedSubmission(formIn(name), sent as { action: string; inputs: Json }, readFile, '2.12'),
        (error) => error instanceof ApiError && JSON.stringify(error.body()) === JSON.stringify(answer),
      );
    });
  }

  it('was refused often enough in the recordings', () => assert.equal(refusals.length, 15));
});
