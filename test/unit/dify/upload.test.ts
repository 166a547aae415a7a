import assert from 'node:assert/strict';
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import type { DifyClient } from '../../../src/dify/client.ts';
import { cleanFileName, type UploadFile } from '../../../src/dify/upload.ts';
import { clientOf, neverAborted } from '../../support/difyClient.ts';
import { failureOf } from '../../support/recordedCalls.ts';

type Answer = (raw: IncomingMessage, response: ServerResponse) => void;

/** Runs the test against a server that takes files; unlike the other one it does not gather what it gets. */
async function withUploads(answer: Answer, test: (client: DifyClient) => Promise<void>): Promise<void> {
  const server = createServer(answer);
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  try {
    await test(clientOf(`http://127.0.0.1:${(server.address() as AddressInfo).port}/v1`));
  } finally {
    server.closeAllConnections();
    await new Promise((resolve) => server.close(resolve));
  }
}

/** The form as a server of another make reads it. */
async function formOf(raw: IncomingMessage): Promise<FormData> {
  const pieces: Buffer[] = [];
  for await (const piece of raw) pieces.push(piece as Buffer);
  const headers = { 'content-type': raw.headers['content-type'] ?? '' };
  return new Response(Buffer.concat(pieces), { headers }).formData();
}

function created(response: ServerResponse): void {
  response.writeHead(201, { 'content-type': 'application/json' }).end('{"id":"f-1"}');
}

const note: UploadFile = { name: 'note.txt', type: 'text/plain', size: 5, content: new TextEncoder().encode('hello') };
const path = '/files/upload';

describe('DifyClient.upload', () => {
  it('rule 42: sends one part named file, with its type, and the user, in a form of known length', async () => {
    const got: unknown[] = [];
    await withUploads(
      (raw, response) => {
        got.push(
          raw.headers['transfer-encoding'],
          Number(raw.headers['content-length']) > 5,
          raw.headers.authorization,
        );
        void formOf(raw).then(async (form) => {
          const file = form.get('file');
          assert.ok(file instanceof File);
          got.push([...form.keys()].sort(), form.get('user'), file.name, file.type, await file.text());
          created(response);
        });
      },
      async (client) => {
        const file = { ...note, name: '说明/📄 "a".txt' };
        const { fields } = await client.upload(path, file, () => {}, neverAborted);

        assert.deepEqual(fields, { id: 'f-1' });
        assert.deepEqual(got, [
          undefined,
          true,
          'Bearer app-test',
          ['file', 'user'],
          'u-1',
          '说明_📄 _a_.txt',
          'text/plain',
          'hello',
        ]);
      },
    );
  });

  it('rule 42: cleans names of what Dify refuses', () => {
    assert.equal(cleanFileName('a/b\\c:d*e?f"g<h>i|j.txt'), 'a_b_c_d_e_f_g_h_i_j.txt');
    assert.equal(cleanFileName('x\r\nContent-Type: y.txt'), 'x__Content-Type_ y.txt');
    assert.equal(cleanFileName(''), 'file');
  });

  it('sends empty files, and a type that no header can carry as application/octet-stream', async () => {
    const sizes: unknown[] = [];
    await withUploads(
      (raw, response) => {
        void formOf(raw).then((form) => {
          const file = form.get('file');
          assert.ok(file instanceof File);
          sizes.push([file.size, file.type]);
          created(response);
        });
      },
      async (client) => {
        const empty = { name: 'empty', type: 'x\r\nEvil: 1', size: 0, content: new Uint8Array() };
        await client.upload(path, empty, () => {}, neverAborted);
      },
    );
    assert.deepEqual(sizes, [[0, 'application/octet-stream']]);
  });

  it('tells how far it is, asks for pieces as the network takes them, and never holds more than a few', async () => {
    const piece = new Uint8Array(64 * 1024);
    const size = 200 * piece.length;
    let made = 0;
    let taken = 0;
    let ahead = 0;
    async function* pieces(): AsyncGenerator<Uint8Array, void, void> {
      for (; made < 200; made++) {
        ahead = Math.max(ahead, made * piece.length - taken);
        yield piece;
      }
    }
    const told: number[] = [];
    await withUploads(
      (raw, response) => {
        raw.on('data', (data: Buffer) => (taken += data.length));
        raw.on('end', () => created(response));
      },
      async (client) => {
        const file = { name: 'big.bin', type: 'application/octet-stream', size, content: pieces() };
        await client.upload(path, file, (sent, total) => told.push(sent / total), neverAborted);
      },
    );

    assert.equal(told.length, 200);
    assert.deepEqual([told[0], told.at(-1)], [1 / 200, 1]);
    assert.ok(told.every((part, index) => part > (told[index - 1] ?? 0)));
    // What the two sockets of the machine hold between them.
    assert.ok(ahead < size / 2, `${ahead} of ${size} bytes ahead`);
  });

  it('stops at once when it is aborted, also while the network takes nothing, and lets go of the content', async () => {
    let closed = (): void => {};
    const letGo = new Promise<void>((resolve) => (closed = resolve));
    let made = 0;
    async function* endless(): AsyncGenerator<Uint8Array, void, void> {
      try {
        for (; ; made++) yield new Uint8Array(64 * 1024);
      } finally {
        closed();
      }
    }
    const stopping = new AbortController();
    await withUploads(
      // Takes what its buffers hold, and reads nothing.
      (raw) => raw.pause(),
      async (client) => {
        const file = { name: 'x', type: 'a/b', size: 10 ** 9, content: endless() };
        const upload = client.upload(path, file, (sent) => sent > 200_000 && stopping.abort(), stopping.signal);

        await assert.rejects(upload, { name: 'AbortError' });
        await letGo;
        // A fetch that is aborted may well go on asking for its body.
        assert.ok(made < 10, String(made));
      },
    );
  });

  it('is given up when the network takes nothing for the time of a call', async () => {
    const server = createServer((raw) => raw.pause());
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
    const baseUrl = `http://127.0.0.1:${(server.address() as AddressInfo).port}/v1`;
    const content = new Uint8Array(20 * 1024 * 1024);

    const failure = await failureOf(
      clientOf(baseUrl, { call: 50 }).upload(path, { ...note, size: content.length, content }, () => {}, neverAborted),
    );

    assert.equal(failure.kind, 'timeout');
    server.closeAllConnections();
    await new Promise((resolve) => server.close(resolve));
  });

  it('fails with what reading the content threw, and when the file is not of its size', async () => {
    async function* broken(): AsyncGenerator<Uint8Array, void, void> {
      yield new Uint8Array(2);
      await Promise.resolve();
      throw new Error('The disk is gone');
    }
    await withUploads(
      (raw, response) => raw.resume().on('end', () => created(response)),
      async (client) => {
        const upload = (file: Partial<UploadFile>): Promise<unknown> =>
          client.upload(path, { ...note, ...file }, () => {}, neverAborted);

        await assert.rejects(upload({ content: broken() }), { message: 'The disk is gone' });
        await assert.rejects(upload({ size: 6 }), RangeError);
        await assert.rejects(upload({ size: 4 }), RangeError);
      },
    );
  });

  it('is too large also where a gateway says so in its own words', async () => {
    await withUploads(
      (raw, response) => raw.resume().on('end', () => response.writeHead(413).end('<html>413</html>')),
      async (client) => {
        const { kind, code } = await failureOf(client.upload(path, note, () => {}, neverAborted));

        assert.deepEqual([kind, code], ['rejected', 'file_too_large']);
      },
    );
  });
});
