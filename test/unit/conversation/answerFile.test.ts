import assert from 'node:assert/strict';
import { foreignHost, kindOf, nameOf, ownPath, placeOf } from '../../../src/conversation/answerFile.ts';
import { conversationOf } from '../../../src/conversation/history.ts';
import { getMessages } from '../../../src/dify/messages.ts';
import type { DifyFile } from '../../../src/dify/metadata.ts';
import { clientAnswering, neverAborted } from '../../support/difyClient.ts';
import { exchangeOf, replayedRun, responseOf } from '../../support/recordedRuns.ts';

const host = 'dify.lab';
const file = (change: Partial<DifyFile>): DifyFile => ({
  id: '',
  type: '',
  filename: '',
  mime_type: '',
  size: undefined,
  url: '',
  belongs_to: 'assistant',
  ...change,
});

describe('A file of an answer', () => {
  for (const name of ['agent-chat/tool-file', 'advanced-chat/tool-file']) {
    for (const generation of ['a', 'b'] as const) {
      it(`rule 41: has one place in the stream, in the text and in the history: ${generation}/${name}`, async () => {
        const { run } = await replayedRun(`${generation}/${name}`, 0);
        const client = clientAnswering(() => responseOf(exchangeOf(`${generation}/${name}`, 1)));
        const { messages } = await getMessages(client, { conversationId: 'c' }, neverAborted);
        const stored = conversationOf('c', messages, (words) => words).messages[0]?.run.files ?? [];
        const inText = [...run.text.matchAll(/\]\(([^)]*)\)/g)].map(([, address = '']) => placeOf(address));

        const [streamed] = run.files.map(({ url }) => placeOf(url));
        assert.match(streamed ?? '', /^\/files\/tools\/[0-9a-f-]{36}\.png$/);
        assert.deepEqual(new Set([...run.files, ...stored].map(({ url }) => placeOf(url))), new Set([streamed]));
        assert.deepEqual(inText, name.startsWith('advanced') ? [streamed] : []);
        assert.equal(
          run.files.every((one) => kindOf(one) === 'image'),
          true,
        );
        // Wherever its link leads, the app's own server has it too.
        assert.ok(run.files.every(({ url }) => ownPath(url, host)?.startsWith(`${streamed}?`)));
      });
    }
  }

  for (const [address, path] of [
    ['/files/tools/a.png?sign=1', '/files/tools/a.png?sign=1'],
    ['https://dify.lab/files/tools/a.png', '/files/tools/a.png'],
    ['http://api:5001/files/tools/a.png?timestamp=1&sign=2', '/files/tools/a.png?timestamp=1&sign=2'],
    ['https://dify.lab/logo.png', '/logo.png'],
    ['https://elsewhere.test/files/tools/a.png', undefined],
    ['https://elsewhere.test/logo.png', undefined],
    ['https://dify.lab@elsewhere.test/logo.png', undefined],
    ['https://dify.lab.elsewhere.test/logo.png', undefined],
    ['//elsewhere.test/logo.png', undefined],
    ['/\\elsewhere.test/logo.png', undefined],
    ['///elsewhere.test/logo.png', undefined],
    ['http://api//elsewhere.test/files/a.png?sign=1', '/elsewhere.test/files/a.png?sign=1'],
    ['logo.png', undefined],
    ['file:///etc/passwd', undefined],
    ['data:image/png;base64,AAAA', undefined],
    ['', undefined],
  ] as const) {
    it(`at ${address} is ${path === undefined ? 'not of the app’s own server' : `there at ${path}`}`, () => {
      assert.equal(ownPath(address, host), path);
    });
  }

  it('elsewhere says whose it is', () => {
    assert.equal(foreignHost('https://cdn.test:8080/a.png', host), 'cdn.test:8080');
    assert.equal(foreignHost('/files/a.png', host), '');
  });

  for (const [change, kind, name] of [
    [{ type: 'image', url: '/files/tools/a%20b.png?sign=1' }, 'image', 'a b.png'],
    [{ type: 'image', mime_type: 'application/octet-stream', filename: 'a.png' }, 'image', 'a.png'],
    [{ type: 'custom', mime_type: 'audio/mpeg', filename: 'a.bin' }, 'audio', 'a.bin'],
    [{ type: 'document', filename: 'a.MP3' }, 'audio', 'a.MP3'],
    [{ type: 'image', filename: 'a.svg' }, 'document', 'a.svg'],
    [{ type: 'image', mime_type: 'image/svg+xml', filename: 'a.png' }, 'document', 'a.png'],
    [{ type: 'video', url: '/files/1/file-preview?sign=1' }, 'video', 'video'],
    [{ url: 'https://x.test/%E0%A4%A' }, 'document', '%E0%A4%A'],
    [{}, 'document', 'file'],
  ] as const) {
    it(`${JSON.stringify(change)} is ${kind}, called ${name}`, () => {
      assert.deepEqual([kindOf(file(change)), nameOf(file(change))], [kind, name]);
    });
  }
});
