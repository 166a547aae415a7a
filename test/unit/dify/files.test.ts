import assert from 'node:assert/strict';
import { downloadFile, localFile, previewFile, remoteFile, uploadFile } from '../../../src/dify/files.ts';
import { fileTypeOf } from '../../../src/dify/fileUpload.ts';
import { clientAnswering, clientOf, neverAborted } from '../../support/difyClient.ts';
import { clientGetting, failureOf, lost, recordedCalls } from '../../support/recordedCalls.ts';
import { bodyOf } from '../../support/recordings.ts';

const file = { name: 'x.txt', type: 'text/plain', size: 0, content: new Uint8Array() };

describe('Files', () => {
  it('are uploaded, and what the server says of them is read without loss', async () => {
    const codes = new Set<string | undefined>();
    for (const call of recordedCalls('POST', /^\/files\/upload$/)) {
      const { client, sent } = clientGetting(call);
      const upload = uploadFile(client, file, () => {}, neverAborted);

      if (call.status === 201) assert.deepEqual(lost(call.json, await upload), [], call.name);
      else {
        const failure = await failureOf(upload);
        assert.deepEqual([failure.kind, failure.status], ['rejected', call.status], call.name);
        codes.add(failure.code);
      }
      assert.equal(sent[0]?.path, '/files/upload');
    }
    for (const code of ['file_too_large', 'unsupported_file_type', 'no_file_uploaded', 'too_many_files']) {
      assert.ok(codes.has(code), code);
    }
  });

  it('are previewed: their bytes, or the reason why not', async () => {
    const kinds = new Set<string>();
    for (const call of recordedCalls('GET', /^\/files\/[^/]+\/preview$/)) {
      const { client, sent } = clientGetting(call);
      const attachment = call.url.searchParams.has('as_attachment');
      const preview = previewFile(client, { id: 'f-1', attachment }, neverAborted);

      if (call.status === 200) {
        const { bytes, type } = await preview;
        assert.deepEqual(Buffer.from(bytes), bodyOf(call.exchange), call.name);
        assert.equal(type, attachment ? 'application/octet-stream' : 'image/png', call.name);
      } else kinds.add((await failureOf(preview)).kind);
      assert.equal(sent[0]?.path, `/files/f-1/preview${attachment ? '?as_attachment=true' : ''}`);
    }
    assert.deepEqual([...kinds].sort(), ['forbidden', 'notDify', 'notFound']);
  });

  it('rule 41: are fetched at the server’s origin, without the key; an address that is over is not found', async () => {
    for (const call of recordedCalls('GET', /^\/files\/(?:tools\/[^/]+|[^/]+\/file-preview)$/)) {
      const seen: unknown[] = [];
      const client = clientAnswering((url, init) => {
        seen.push(url.href, init.headers);
        return new Response(new Uint8Array(bodyOf(call.exchange)), {
          status: call.status,
          headers: call.json === undefined ? {} : { 'content-type': 'application/json' },
        });
      });
      const address = call.url.pathname + call.url.search;
      const download = downloadFile(client, address, neverAborted);

      if (call.status === 200) assert.deepEqual(Buffer.from((await download).bytes), bodyOf(call.exchange), call.name);
      else assert.equal((await failureOf(download)).kind, 'notFound', call.name);
      assert.deepEqual(seen, [`http://dify.test${address}`, undefined]);
    }
  });

  it('rule 41: are looked for on the server when the address names a host that only Dify’s containers know', async () => {
    const seen: string[] = [];
    const client = clientOf('http://dify.test/v1', {}, (url) => {
      seen.push(url);
      if (url.startsWith('http://api:5001')) return Promise.reject(Object.assign(new Error(), { code: 'ENOTFOUND' }));
      return Promise.resolve(new Response('bytes', { headers: { 'content-type': 'image/png; x=1' } }));
    });

    const { type } = await downloadFile(client, 'http://api:5001/files/tools/1.png?sign=2', neverAborted);

    assert.equal(type, 'image/png');
    assert.equal(seen.at(-1), 'http://dify.test/files/tools/1.png?sign=2');

    await downloadFile(client, 'http://api:5001//other.test/1.png', neverAborted);
    assert.equal(seen.at(-1), 'http://dify.test/other.test/1.png');
  });

  it('are not fetched from what is no address of the web, nor over the limit', async () => {
    const client = clientAnswering(() => new Response('x'.repeat(11)), { file: 10 });

    for (const address of ['file:///etc/passwd', 'data:text/plain,x', 'http://', 'javascript:1']) {
      assert.equal((await failureOf(downloadFile(client, address, neverAborted))).kind, 'notDify', address);
    }
    assert.equal((await failureOf(downloadFile(client, '/files/1', neverAborted))).kind, 'tooLarge');
  });

  it('have the class of their extension, as Dify classes them', () => {
    assert.deepEqual(
      ['a.PNG', 'b.md', 'c.mp3', 'd.webm', 'e.ts', 'Makefile', '.png', 'f.pptx', 'constructor'].map((name) =>
        fileTypeOf(name),
      ),
      ['image', 'document', 'audio', 'video', 'custom', 'custom', 'image', 'custom', 'custom'],
    );
    assert.equal(fileTypeOf('f.pptx', ['document']), 'document');
  });

  it('are named in messages by their upload or their address', () => {
    assert.deepEqual(localFile({ id: 'f-1', name: 'a.png' }), {
      type: 'image',
      transfer_method: 'local_file',
      upload_file_id: 'f-1',
    });
    assert.deepEqual(remoteFile('https://x.test/b.pdf?c=d.png'), {
      type: 'document',
      transfer_method: 'remote_url',
      url: 'https://x.test/b.pdf?c=d.png',
    });
  });
});
