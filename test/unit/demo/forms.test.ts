import assert from 'node:assert/strict';
import type { FormEntry, Parameters } from '../../../src/demo/apps.ts';
import { ApiError } from '../../../src/demo/http/errors.ts';
import { Files, SentFile } from '../../../src/demo/files/store.ts';
import { generations } from '../../../src/demo/generations.ts';
import { checkedInputs } from '../../../src/demo/inputs.ts';
import type { FileCall } from '../../../src/demo/files/mappings.ts';
import type { Inputs } from '../../../src/demo/history/store.ts';
import { type RecordedExchange, bodyOf, recording } from '../../support/recordings.ts';
import { type RecordedForm, isRecordedForm } from '../../support/recordedForm.ts';
import { filesApps } from '../../lab/filesApps.ts';

const chatflowForm: readonly FormEntry[] = [
  { 'text-input': { label: 'topic', variable: 'topic', required: true, max_length: 10 } },
  { select: { label: 'level', variable: 'level', required: true, options: ['easy', 'hard'] } },
  { number: { label: 'n', variable: 'n', required: false } },
  {
    file: {
      label: 'doc',
      variable: 'doc',
      required: false,
      allowed_file_types: ['document'],
      allowed_file_extensions: [],
      allowed_file_upload_methods: ['local_file'],
    },
  },
];

/** The form of the recorded workflow, as its `/parameters` told. */
function workflowForm(generation: 'a' | 'b'): readonly FormEntry[] {
  const told = recording(`${generation}/workflow/discovery`).exchanges.find(
    ({ request, response }) => request.path === '/v1/parameters' && response?.status === 200,
  );
  return (JSON.parse(told === undefined ? '' : bodyOf(told).toString()) as Parameters).user_input_form;
}

/** A workspace with the files that the recording uploads, under their recorded ids. */
function callOf(generation: 'a' | 'b', mode: string, exchanges: readonly RecordedExchange[]): FileCall {
  const ids = exchanges.filter(({ request }) => isRecordedForm(request.body)).map((each) => idIn(each));
  const files = new Files(() => ids.shift() ?? '');
  const [lab] = filesApps;
  const app = { ...(lab?.app ?? assert.fail()), mode } as FileCall['app'];
  for (const { request } of exchanges) {
    if (!isRecordedForm(request.body)) continue;
    const { name, type } = fileIn(request.body);
    files.add({
      origin: 'upload',
      name,
      extension: name.split('.')[1] ?? '',
      mimeType: type,
      bytes: new Uint8Array(),
      owner: { id: 'ada', app, user: 'ada', createdAt: 0 },
      createdAt: 0,
    });
  }
  return { app, user: 'ada', server: { generation: generations[generation], files } };
}

function idIn(exchange: RecordedExchange): string {
  return (JSON.parse(bodyOf(exchange).toString()) as { readonly id: string }).id;
}

function fileIn({ form }: RecordedForm): { readonly name: string; readonly type: string } {
  const file = form.find(([name]) => name === 'file')?.[1];
  return typeof file === 'object' ? file : assert.fail();
}

/** What the server said against the inputs, or undefined if it took them. */
function recordedRefusal(exchange: RecordedExchange): string | undefined {
  const text = bodyOf(exchange).toString();
  if ((exchange.response?.status ?? 0) >= 400) return (JSON.parse(text) as { readonly message: string }).message;
  const frame = /^data: (\{"event": ?"error".*)$/m.exec(text)?.[1];
  return frame === undefined ? undefined : (JSON.parse(frame) as { readonly message: string }).message;
}

function ourRefusal(call: FileCall, form: readonly FormEntry[], inputs: Inputs): string | undefined {
  try {
    checkedInputs(call, form, inputs);
    return undefined;
  } catch (error) {
    assert.ok(error instanceof ApiError, String(error));
    return error.message;
  }
}

describe('a form of the demo server', () => {
  for (const generation of ['a', 'b'] as const) {
    for (const [mode, form] of [
      ['workflow', workflowForm(generation)],
      ['advanced-chat', chatflowForm],
    ] as const) {
      it(`says what the real one said in ${generation}/${mode}/form-validation`, () => {
        const { exchanges } = recording(`${generation}/${mode}/form-validation`);
        const call = callOf(generation, mode, exchanges);
        let compared = 0;
        for (const [index, exchange] of exchanges.entries()) {
          const body = exchange.request.body as { readonly inputs?: Inputs; readonly user?: string } | undefined;
          const isAboutInputs = body?.inputs !== undefined && body.inputs !== null && body.user !== undefined;
          const expected = recordedRefusal(exchange);
          if (!isAboutInputs || expected?.includes('validation error') === true) continue;
          compared++;
          assert.equal(ourRefusal(call, form, body.inputs), expected, `exchange ${index}`);
        }
        assert.ok(compared > 10);
      });
    }

    it(`fills in the owner's defaults for a workflow of ${generation}, and none for a chat`, () => {
      const form = [{ number: { label: 'N', variable: 'n', required: false, default: '3' } }];

      assert.deepEqual(checkedInputs(callOf(generation, 'workflow', []), form, {}), { n: 3 });
      assert.deepEqual(checkedInputs(callOf(generation, 'chat', []), form, {}), { n: null });
    });
  }

  it('drops what it does not know, and what an external tool is to fill', () => {
    const form = [
      { checkbox: { label: 'F', variable: 'f', required: false } },
      { external_data_tool: { label: 'X', variable: 'x', required: true } },
    ];

    assert.deepEqual(checkedInputs(callOf('b', 'chat', []), form, { f: 'Yes', x: 1, y: 2 }), { f: true });
  });

  it('takes an object as text on the older server and as an object on the newer', () => {
    const form = [{ json_object: { label: 'O', variable: 'o', required: false } }];
    const refusals = (generation: 'a' | 'b'): readonly unknown[] =>
      ['{"a":1}', '[1]', '{', '', { a: 1 }, [1], 0].map((o) =>
        ourRefusal(callOf(generation, 'workflow', []), form, { o })?.replace('o in input form must be ', ''),
      );

    const broken = 'a valid JSON object';
    const [text, dict] = ['a string', 'a dict'];
    assert.deepEqual(refusals('a'), [undefined, undefined, broken, broken, text, text, text]);
    assert.deepEqual(refusals('b'), [dict, dict, dict, undefined, undefined, dict, undefined]);
  });

  it('refuses objects where it has no files, also in lists', () => {
    const form = [{ checkbox: { label: 'F', variable: 'f', required: false } }];
    const call = callOf('b', 'workflow', []);

    assert.equal(ourRefusal(call, form, { f: { a: 1 } }), "Invalid input type for ['f']");
    assert.equal(ourRefusal(call, form, { f: [{ a: 1 }] }), "Invalid input type for ['f']");
  });

  it('makes files of the mappings', () => {
    const form = [{ 'file-list': { label: 'L', variable: 'l', required: false, allowed_file_types: ['image'] } }];
    const sent = { type: 'image', transfer_method: 'remote_url', url: 'https://example.org/a.png' };

    const { l } = checkedInputs(callOf('b', 'workflow', []), form, { l: [sent, { type: 'image' }] });

    assert.ok(Array.isArray(l) && l.length === 1 && l[0] instanceof SentFile);
  });
});
