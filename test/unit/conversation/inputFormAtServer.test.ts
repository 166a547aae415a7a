import assert from 'node:assert/strict';
import { firstValues, inputsOf, type FieldFile, type FieldValue } from '../../../src/conversation/inputForm.ts';
import { formProblems, type FieldProblem } from '../../../src/conversation/inputProblem.ts';
import { parameters, type App, type Mode } from '../../../src/demo/apps.ts';
import { createDemoServer } from '../../../src/demo/server.ts';
import { edges } from '../../../src/demo/workflow/edges.ts';
import { end, start } from '../../../src/demo/workflow/nodes/plain.ts';
import type { DifyClient } from '../../../src/dify/client.ts';
import { ApiKey } from '../../../src/dify/apiKey.ts';
import { DifyClient as Client } from '../../../src/dify/client.ts';
import { DifyError } from '../../../src/dify/errors.ts';
import { localFile, uploadFile } from '../../../src/dify/files.ts';
import { getParameters } from '../../../src/dify/app.ts';
import { wantsJsonAsText, withJsonAsText, type InputControl } from '../../../src/dify/inputForm.ts';
import type { Fields } from '../../../src/dify/json.ts';
import { neverAborted } from '../../support/difyClient.ts';
import { t } from '../../support/english.ts';

const paths: Readonly<Record<string, string>> = {
  completion: '/completion-messages',
  chat: '/chat-messages',
  'advanced-chat': '/chat-messages',
  workflow: '/workflows/run',
};

const documents = {
  allowed_file_types: ['document'],
  allowed_file_extensions: [],
  allowed_file_upload_methods: ['local_file', 'remote_url'],
};

/** A kind of control: what is told of it beside its name, a default, and what may and may not stand in it. */
interface Kind {
  readonly type: string;
  readonly fields?: Fields;
  readonly initial?: unknown;
  readonly good: readonly FieldValue[];
  readonly bad: readonly FieldValue[];
  /** Where nothing but the text is missing, the server takes an empty one. */
  readonly takesEmpty?: true;
  readonly modes?: readonly Mode[];
}

const flows: readonly Mode[] = ['workflow', 'advanced-chat'];

const text = {
  fields: { max_length: 8 },
  initial: 'Ada',
  good: ['8 points', '👩‍🚀👩‍🚀', 'two\nline'],
  bad: ['9 points!', '👩‍🚀👩‍🚀👩‍🚀'],
  takesEmpty: true,
} as const;

function kinds(generation: 'a' | 'b', file: FieldFile): readonly Kind[] {
  // The older server keeps objects as their text.
  const object = generation === 'a' ? '{"a": 1}' : { a: 1 };
  const link = { type: 'document', transfer_method: 'remote_url', url: 'https://example.org/a.pdf' };
  const remote: FieldFile = { name: 'a.pdf', mapping: link };
  return [
    { type: 'text-input', ...text },
    { type: 'paragraph', ...text },
    { type: 'slider', good: ['anything'], bad: [], initial: 'x', takesEmpty: true },
    { type: 'select', fields: { options: ['a', 'b'] }, initial: 'b', good: ['a'], bad: ['c', 'A'] },
    { type: 'number', initial: 5, good: ['12', '-1.5', '１２', '1e3', '0'], bad: ['twelve', '1,5', '0x10'] },
    { type: 'checkbox', initial: true, good: [true, false], bad: [] },
    { type: 'file', fields: documents, good: [[file], [remote]], bad: [], modes: flows },
    {
      type: 'file-list',
      fields: { ...documents, max_length: 2 },
      good: [[file], [file, remote]],
      bad: [[file, file, remote]],
      modes: flows,
    },
    { type: 'json_object', initial: object, good: ['{"b": [1]}', '{}'], bad: ['{"b": 1', '[1]', 'x'], modes: flows },
  ];
}

function appOf(mode: Mode, control: Fields): App {
  const { type, ...fields } = control;
  const entry = { [String(type)]: { variable: 'x', label: 'X', required: false, ...fields } };
  const told = parameters({ user_input_form: [entry] });
  const graph = { nodes: [start({ id: 'start' }), end({ id: 'end', outputs: {} })], edges: edges('start > end') };
  const id = 'de300000-0000-4000-8000-000000000105';
  return {
    key: 'app-test',
    name: mode,
    mode,
    description: '',
    authorName: null,
    site: { icon: 'x', iconBackground: '#FFF', description: null, disclaimer: '' },
    parameters: told,
    promptOf: () => '',
    answer: () => ['done'],
    ...(flows.includes(mode)
      ? { workflow: { appId: id, draftId: id, versions: [{ id, graph, parameters: told }] } }
      : {}),
  };
}

function clientOf(generation: 'a' | 'b', app: App): DifyClient {
  const server = createDemoServer({ generation, apps: [app], tokensPerSecond: Infinity });
  const connection = {
    baseUrl: 'http://dify.test/v1',
    apiKey: new ApiKey(app.key, 'http://dify.test'),
    user: 'ada',
  };
  return new Client(
    () => Promise.resolve(connection),
    (url, init) => server.handle(new Request(url, init)),
  );
}

/** What the server says against the inputs, sent as an action sends them. */
async function refusalOf(
  client: DifyClient,
  mode: Mode,
  form: readonly InputControl[],
  inputs: Fields,
): Promise<string | undefined> {
  const send = async (sent: Fields): Promise<unknown> =>
    client.post(
      paths[mode] ?? '',
      // Dify 1.11 names a conversation before it answers, for a second.
      { inputs: sent, query: 'Q', response_mode: 'blocking', auto_generate_name: false },
      neverAborted,
    );
  try {
    await send(inputs);
    return undefined;
  } catch (error) {
    assert.ok(error instanceof DifyError, String(error));
    if (!wantsJsonAsText(form, error)) return error.detail;
  }
  try {
    await send(withJsonAsText(form, inputs));
    return undefined;
  } catch (error) {
    assert.ok(error instanceof DifyError, String(error));
    return error.detail;
  }
}

interface Cell {
  readonly generation: 'a' | 'b';
  readonly mode: Mode;
  readonly control: Fields;
}

/** Sends all that may and may not stand in the one field of the cell's form. */
async function judge({ generation, mode, control }: Cell, of: (file: FieldFile) => Kind): Promise<number> {
  const client = clientOf(generation, appOf(mode, control));
  const { userInputForm: form } = await getParameters(client, neverAborted);
  const content = new TextEncoder().encode('text');
  const sent = { name: 'notes.txt', type: 'text/plain', size: content.length, content };
  const { id, name } = await uploadFile(client, sent, () => {}, neverAborted);
  const kind = of({ name, mapping: localFile({ id, name }) });
  const values = [...kind.good, ...kind.bad, blankOf(kind), ...Object.values(firstValues(form))];
  for (const value of values) {
    const refusal = await refusalOf(client, mode, form, inputsOf(form, { x: value }));
    compare(kind, value, formProblems(form, { x: value }, t), refusal);
  }
  return values.length;
}

function blankOf({ type }: Kind): FieldValue {
  if (type === 'checkbox') return false;
  return type.startsWith('file') ? [] : '';
}

function compare(kind: Kind, value: FieldValue, problems: readonly FieldProblem[], refusal: string | undefined): void {
  const said = `${kind.type} ${JSON.stringify(value)}: ${problems[0]?.sentence ?? 'fine'}, the server: ${refusal ?? 'fine'}`;
  const isTold = kind.takesEmpty === true && value === '' ? false : problems.length > 0;
  assert.equal(refusal !== undefined, isTold, said);
  if (kind.bad.includes(value)) assert.ok(problems.length > 0, said);
  if (kind.good.includes(value)) assert.deepEqual(problems, [], said);
}

describe('What the form model makes of a field', () => {
  const none: FieldFile = { name: '', mapping: {} };
  let judged = 0;
  for (const generation of ['a', 'b'] as const) {
    for (const mode of ['completion', 'chat', 'advanced-chat', 'workflow'] as const) {
      it(`is taken or refused as it says by a ${mode} of ${generation}: every control, required or not, with and without a default`, async () => {
        for (const [index, { type, fields, initial, modes }] of kinds(generation, none).entries()) {
          if (modes?.includes(mode) === false) continue;
          for (const required of [true, false]) {
            for (const given of initial === undefined ? [{}] : [{}, { default: initial }]) {
              const control = { type, ...fields, required, ...given };
              judged += await judge(
                { generation, mode, control },
                (file) => kinds(generation, file)[index] ?? assert.fail(),
              );
            }
          }
        }
      });
    }
  }

  after(() => assert.ok(judged > 800, `only ${judged} requests were judged`));
});

describe('The empty-select trap', () => {
  it('is real: a server refuses the empty choice that the model never sends', async () => {
    const client = clientOf('b', appOf('completion', { type: 'select', options: ['a'] }));
    const { userInputForm: form } = await getParameters(client, neverAborted);

    assert.match((await refusalOf(client, 'completion', form, { x: '' })) ?? '', /must be one of the following/);
    assert.deepEqual(inputsOf(form, { x: '' }), {});
    assert.equal(await refusalOf(client, 'completion', form, {}), undefined);
  });
});
