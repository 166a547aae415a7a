import assert from 'node:assert/strict';
import type { InputAsks } from '../../../../../src/host/files/asks.ts';
import { attachFile, placeForFile, withFile } from '../../../../../src/host/files/attachFile.ts';
import { isLostUpload, uploadedAgain, type Uploads } from '../../../../../src/host/files/uploads.ts';
import { DifyError } from '../../../../../src/dify/errors.ts';
import { readFileLimits, readFileUpload } from '../../../../../src/dify/fileUpload.ts';
import { controlsOf, emptyUpload, play } from './scriptedInputs.ts';

const rules = { allowed_file_types: ['document', 'image'], allowed_file_upload_methods: ['local_file', 'remote_url'] };
const source = { file: { variable: 'source', label: 'Source', required: true, ...rules } };
const more = { 'file-list': { variable: 'more', label: 'More', required: true, max_length: 2, ...rules } };
const ways = 'Choose from This Computer…, Choose from the Workspace…, Enter an Address…';
const computer = '> Choose from This Computer…';

describe('The files of a form', () => {
  it('are chosen, uploaded and named as Dify names them', async () => {
    const { heard, result, uploaded } = await play([computer], { form: [source], files: [['plan.pdf', 10]] });

    assert.deepEqual(heard, [`Writer: Source [${ways}] documents, images`, 'Uploading plan.pdf…']);
    assert.deepEqual(uploaded, ['plan.pdf']);
    assert.deepEqual(result, {
      type: 'inputs',
      inputs: { source: { type: 'document', transfer_method: 'local_file', upload_file_id: 'id-1' } },
    });
  });

  it('are checked before they are uploaded: type, size, number', async () => {
    const files = [
      ['a.exe', 1],
      ['b.png', 10 * 1024 * 1024 + 1],
      ['c.md', 1],
      ['d.md', 1],
      ['e.md', 1],
    ] as const;
    const { heard, uploaded } = await play([computer, '> Use These 2 Files'], { form: [more], files });

    assert.deepEqual(heard.slice(1, -1), [
      '! a.exe: this app accepts documents, images. Remove it or convert it.',
      '! b.png is 10.1 MB. The limit is 10 MB.',
      '! The app takes 2 files at most.',
      'Uploading c.md…',
      'Uploading d.md…',
    ]);
    assert.deepEqual(uploaded, ['c.md', 'd.md']);
    assert.match(heard.at(-1) ?? '', /\[Use These 2 Files, c.md \(Remove\), d.md \(Remove\)\] /);
  });

  it('may be addresses of the web', async () => {
    const { heard, result } = await play(
      ['> Enter an Address…', 'plan', 'https://example.org/a.exe', 'https://example.org/a%20b.png'],
      { form: [source] },
    );

    assert.deepEqual(
      heard.filter((line) => line.startsWith('!')),
      [
        '! Enter the address of a file, for example https://example.org/plan.pdf.',
        '! a.exe: this app accepts documents, images. Remove it or convert it.',
      ],
    );
    assert.deepEqual(result, {
      type: 'inputs',
      inputs: { source: { type: 'image', transfer_method: 'remote_url', url: 'https://example.org/a%20b.png' } },
    });
  });

  it('are not remembered, and stay when the person goes back', async () => {
    const topic = { 'text-input': { variable: 'topic', label: 'Topic', required: true } };
    const deeds = [computer, '> Use This File', 'back', '> Use This File', 'Boats'];
    const { heard, remembered } = await play(deeds, { form: [more, topic], files: [['c.md', 1]] });

    assert.match(heard[4] ?? '', /\(1\/2\): More \[Use This File, c.md \(Remove\)/);
    assert.deepEqual(remembered.get('inputs:polish:app-1'), { topic: 'Boats' });
  });

  it('are none when the upload was cancelled', async () => {
    const { result } = await play([computer, 'esc'], { form: [source], files: [['c.md', 1]], cancels: true });

    assert.equal(result, undefined);
  });

  it('are uploaded again where Dify has dropped them', async () => {
    const form = [source];
    const { result } = await play([computer], { form, files: [['lost.pdf', 3]] });
    assert.ok(result?.type === 'inputs');
    const uploads = {
      limits: readFileLimits({}),
      upload: async ({ name }: { readonly name: string }) => ({ name, id: 'fresh' }) as never,
    };
    const asks = { working: (_: string, work: (...args: never) => unknown) => (work as CallableFunction)(() => {}) };

    assert.deepEqual(await uploadedAgain({ ...result.inputs, other: 'x' }, asks as never, uploads), {
      source: { type: 'document', transfer_method: 'local_file', upload_file_id: 'fresh' },
      other: 'x',
    });
    const unknown = { type: 'document', transfer_method: 'local_file', upload_file_id: 'of another day' };
    assert.equal(await uploadedAgain({ source: unknown }, asks as never, uploads), undefined);
  });

  it('are known to be lost by what Dify says of them', () => {
    const refused = (detail: string): DifyError => new DifyError('rejected', 'x', { detail });
    assert.ok(isLostUpload(refused('Invalid upload file')));
    assert.ok(isLostUpload(new DifyError('notFound', 'x', { code: 'file_not_found' })));
    assert.ok(!isLostUpload(refused('topic is required in input form')));
  });
});

describe('A file that is no text', () => {
  const png = { name: 'lamp.png', size: 10, read: async () => new Uint8Array(10) };
  const none = readFileUpload({});
  const vision = readFileUpload({ enabled: true, ...rules });
  const uploads: Uploads = {
    limits: readFileLimits({}),
    upload: async ({ name }) => ({ ...emptyUpload, id: 'id-1', name }),
  };
  const told: string[] = [];
  const asks: Pick<InputAsks, 'working' | 'warn'> = {
    working: async (_, work) => await work(() => {}, new AbortController().signal),
    warn: (sentence) => told.push(sentence),
  };
  const request = { inputs: { q: 'x' }, files: [] };
  const mapping = { type: 'image', transfer_method: 'local_file', upload_file_id: 'id-1' };

  it('goes into the first input that takes it, else beside the question', async () => {
    const places = [placeForFile('lamp.png', controlsOf([more]), none), placeForFile('lamp.png', [], vision)];
    const sent = places.map(async (place) => {
      const file = place && (await attachFile(png, place, asks, uploads));
      return place && file && withFile(request, place, file);
    });

    assert.deepEqual(await Promise.all(sent), [
      { inputs: { q: 'x', more: [mapping] }, files: [] },
      { inputs: { q: 'x' }, files: [mapping] },
    ]);
    const fresh: Uploads = { ...uploads, upload: async ({ name }) => ({ ...emptyUpload, id: 'fresh', name }) };
    assert.deepEqual(await uploadedAgain({ files: [mapping] }, asks, fresh), {
      files: [{ ...mapping, upload_file_id: 'fresh' }],
    });
  });

  it('has no place where it is of another kind, or only addresses are taken', () => {
    const links = { file: { ...source.file, allowed_file_upload_methods: ['remote_url'] } };

    assert.equal(placeForFile('lamp.mp4', controlsOf([source]), vision), undefined);
    assert.equal(placeForFile('lamp.png', controlsOf([links]), none), undefined);
  });

  it('is not uploaded where it is too large, which is told', async () => {
    const place = placeForFile('lamp.png', controlsOf([source]), none);
    assert.ok(place);

    assert.equal(await attachFile({ ...png, size: 11 * 1024 * 1024 }, place, asks, uploads), undefined);
    assert.deepEqual(told, ['lamp.png is 11 MB. The limit is 10 MB.']);
  });
});
