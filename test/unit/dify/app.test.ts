import assert from 'node:assert/strict';
import { getInfo, getParameters, getSite, getToolIcons } from '../../../src/dify/app.ts';
import { DifyError } from '../../../src/dify/errors.ts';
import { largestFile, takesFile } from '../../../src/dify/fileUpload.ts';
import { withJsonAsText, wantsJsonAsText } from '../../../src/dify/inputForm.ts';
import { clientAnswering, neverAborted } from '../../support/difyClient.ts';
import { clientGetting, failureOf, lost, recordedCalls } from '../../support/recordedCalls.ts';

describe('The app', () => {
  it('rule 43: is read from every recorded /info without loss, with the version of the server', async () => {
    for (const call of recordedCalls('GET', /^\/info$/)) {
      const { client } = clientGetting(call);
      if (call.status !== 200) {
        assert.equal((await failureOf(getInfo(client, neverAborted))).status, call.status, call.name);
        continue;
      }
      if (call.json === undefined) continue;
      const info = await getInfo(client, neverAborted);
      assert.deepEqual(lost(call.json, info), [], call.name);
      assert.match(info.version ?? '', /^1\.1[14]\.2$/);
    }
  });

  it('is read from every recorded /site and /meta without loss', async () => {
    for (const call of recordedCalls('GET', /^\/(?:site|meta)$/)) {
      const { client } = clientGetting(call);
      const isSite = call.url.pathname.endsWith('site');
      const read = isSite ? getSite(client, neverAborted) : getToolIcons(client, neverAborted);

      if (call.status !== 200) assert.equal((await failureOf(read)).kind, 'forbidden', call.name);
      else assert.deepEqual(lost(call.json, isSite ? await read : { tool_icons: await read }), [], call.name);
    }
  });

  it('has icons of tools as addresses and as emojis', async () => {
    const icons = { clock: 'https://x.test/icon', own: { background: '#252525', content: '😁' }, odd: 1 };
    const client = clientAnswering(() => Response.json({ tool_icons: icons }));

    const { odd, ...read } = icons;
    assert.equal(odd, 1);
    assert.deepEqual(await getToolIcons(client, neverAborted), read);
  });
});

describe('The parameters', () => {
  /** What is read into other shapes, or said a second time. */
  const otherwise =
    /^(?:suggested_questions|.*\.(?:configs?|type)|text_to_speech\.autoPlay|file_upload\.(?:image|fileUploadConfig|allowed_file_ext).*)/;

  it('are read from every recorded answer without loss', async () => {
    for (const call of recordedCalls('GET', /^\/parameters$/)) {
      const { client } = clientGetting(call);
      if (call.status !== 200) {
        assert.equal((await failureOf(getParameters(client, neverAborted))).status, call.status, call.name);
        continue;
      }
      const parameters = await getParameters(client, neverAborted);
      const form = parameters.userInputForm.map(({ type, files, initial, ...control }) => ({
        [type]: { ...control, ...files, type, default: initial },
      }));

      const features = Object.entries(parameters).map(([name, value]) => [name, asFeature(value)]);
      const missing = lost(call.json, { ...Object.fromEntries(features), user_input_form: form });

      assert.deepEqual(
        missing.filter((path) => !otherwise.test(path) && !/\.default$|allowed_file_extensions/.test(path)),
        [],
        call.name,
      );
    }
  });

  it('tell what files a message may carry, from the app’s object or from the one for images only', async () => {
    const fileUpload = async (file_upload: unknown): Promise<unknown> => {
      const client = clientAnswering(() => Response.json({ file_upload }));
      return (await getParameters(client, neverAborted)).fileUpload;
    };
    const image = { enabled: true, number_limits: 2, detail: 'high', transfer_methods: ['local_file'] };
    const rules = { allowed_file_types: ['custom'], allowed_file_extensions: ['.TS'], allowed_file_upload_methods: [] };
    const read = { allowedFileTypes: ['custom'], allowedFileExtensions: ['.ts'], allowedFileUploadMethods: [] };

    assert.deepEqual(await fileUpload({ enabled: false, number_limits: 3, ...rules, image }), {
      enabled: false,
      numberLimits: 3,
      ...read,
    });
    assert.deepEqual(await fileUpload({ image }), {
      enabled: true,
      numberLimits: 2,
      allowedFileTypes: ['image'],
      allowedFileExtensions: [],
      allowedFileUploadMethods: ['local_file'],
    });
    assert.deepEqual(await fileUpload(null), {
      enabled: false,
      numberLimits: undefined,
      allowedFileTypes: [],
      allowedFileExtensions: [],
      allowedFileUploadMethods: [],
    });
  });

  it('say of every kind of control what it takes, and hide what is to be hidden', async () => {
    const [call] = recordedCalls('GET', /^\/parameters$/).filter(({ name }) => name.includes('workflow/discovery'));
    assert.ok(call);
    const { userInputForm, systemParameters } = await getParameters(clientGetting(call).client, neverAborted);
    const client = clientAnswering(() =>
      Response.json({
        user_input_form: [
          { number: { variable: 'n', default: 3, hide: true } },
          { external_data_tool: { variable: 'x' } },
          { json_object: { variable: 'o', json_schema: '{"type":"object"}' } },
          'nonsense',
        ],
      }),
    );
    const odd = await getParameters(client, neverAborted);

    assert.deepEqual(
      userInputForm.map(({ type, initial, files }) => [type, initial, files?.allowedFileTypes.length]),
      [
        ['paragraph', '', undefined],
        ['text-input', 'Untitled', undefined],
        ['select', 'a', undefined],
        ['number', '3', undefined],
        ['checkbox', 'false', undefined],
        ['file', '', 2],
        ['file-list', '', 3],
        ['json_object', '', undefined],
      ],
    );
    const files = userInputForm.find(({ type }) => type === 'file-list')?.files;
    assert.ok(files && takesFile(files, 'main.TS') && takesFile(files, 'a.png') && !takesFile(files, 'a.go'));
    assert.equal(largestFile(systemParameters, 'image'), 10 * 1024 * 1024);
    assert.deepEqual(
      [odd.hiddenInputs.map(({ variable }) => variable), odd.userInputForm.map(({ jsonSchema }) => jsonSchema)],
      [['n'], [{ type: 'object' }]],
    );
  });

  it('rule 36: an object goes out as JSON text where the server says that it must be a string', async () => {
    const [call] = recordedCalls('GET', /^\/parameters$/).filter(({ name }) => name.includes('a/workflow/discovery'));
    assert.ok(call);
    const { userInputForm } = await getParameters(clientGetting(call).client, neverAborted);
    const refusals = recordedCalls('POST', /^\/workflows\/run$/).filter(({ status }) => status === 400);
    const asked = [];
    for (const refusal of refusals) {
      const { client } = clientGetting(refusal);
      if (wantsJsonAsText(userInputForm, await failureOf(client.post('/workflows/run', {}, neverAborted)))) {
        asked.push(refusal.generation);
      }
    }

    assert.ok(asked.length > 0 && asked.every((generation) => generation === 'a'), asked.join());
    assert.equal(wantsJsonAsText(userInputForm, new DifyError('network', 'x')), false);
    assert.deepEqual(withJsonAsText(userInputForm, { obj: { a: 1 }, text: 'T', other: { b: 2 } }), {
      obj: '{"a":1}',
      text: 'T',
      other: { b: 2 },
    });
  });
});

/** A switch as the server writes it. */
function asFeature(value: unknown): unknown {
  return typeof value === 'boolean' ? { enabled: value } : value;
}
