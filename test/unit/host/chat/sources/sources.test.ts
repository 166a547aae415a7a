import assert from 'node:assert/strict';
import type { Citation } from '../../../../../src/dify/metadata.ts';
import { pageText } from '../../../../../src/demo/flows/handbookPages.ts';
import type { GenerationName } from '../../../../../src/demo/generations.ts';
import { createDemoServer } from '../../../../../src/demo/server.ts';
import { findSource, type WorkspaceFiles } from '../../../../../src/host/chat/sources/findSource.ts';
import { Sources } from '../../../../../src/host/chat/sources/sources.ts';
import { appNamed } from '../../../../lab/apps.ts';
import { ChatWindow } from '../../../../support/chatWindow.ts';
import { neverAborted } from '../../../../support/difyClient.ts';
import { testApp } from '../../../../support/hostState.ts';
import { replayedRun } from '../../../../support/recordedRuns.ts';

/** A workspace of these files. */
function filesOf(
  texts: Readonly<Record<string, string>>,
): WorkspaceFiles<string> & { readonly read: (name: string) => Promise<string | undefined> } {
  const all = Object.keys(texts);
  return {
    named: (name) => {
      const pattern = RegExp(`(^|/)${name.replaceAll('.', '\\.').replaceAll('*', '.*')}$`);
      return Promise.resolve(all.filter((path) => pattern.test(path)));
    },
    texts: () => Promise.resolve(all),
    read: (path) => Promise.resolve(texts[path]),
  };
}

const piece = 'Hold the reset button for ten seconds until the light turns amber and the partition is written.';
const padded = `# Title\n\n${piece}\n`;
const cited = (document_name: string, content = piece): Pick<Citation, 'document_name' | 'content'> => ({
  document_name,
  content,
});
const find = (citation: Pick<Citation, 'document_name' | 'content'>, texts: Readonly<Record<string, string>>) =>
  findSource(citation, filesOf(texts), neverAborted);

describe('A cited document in the workspace', () => {
  for (const [what, citation, texts, found] of [
    ['by its name', cited('router.md'), { 'docs/router.md': padded }, { file: 'docs/router.md', lines: [2, 2] }],
    ['by a path', cited('kb\\v2/router.md'), { 'docs/router.md': padded }, { file: 'docs/router.md', lines: [2, 2] }],
    [
      'of several of its name in the one with the text',
      cited('README.md'),
      { 'README.md': 'Nothing of that.', 'a/README.md': padded },
      { file: 'a/README.md', lines: [2, 2] },
    ],
    ['as another kind of file', cited('router.pdf'), { 'router.md': padded }, { file: 'router.md', lines: [2, 2] }],
    ['without an ending', cited('router'), { 'router.md': padded }, { file: 'router.md', lines: [2, 2] }],
    ['by its name alone', cited('router.md'), { 'router.md': 'Rewritten.' }, { file: 'router.md', lines: undefined }],
    ['by its text', cited('ticket 3921'), { 'a.md': 'Nothing.', 'b.txt': padded }, { file: 'b.txt', lines: [2, 2] }],
    ['without a name', cited(''), { 'b.txt': padded }, { file: 'b.txt', lines: [2, 2] }],
  ] as const) {
    it(`is found ${what}`, async () => {
      assert.deepEqual(await find(citation, texts), found);
    });
  }

  it('is not there where several files have its name and none its text, nor where half of the text is elsewhere', async () => {
    assert.equal(await find(cited('README.md'), { 'README.md': 'One.', 'a/README.md': 'Two.' }), undefined);
    assert.equal(await find(cited('x'), { 'a.md': piece.slice(0, piece.length / 2) }), undefined);
  });

  it('is looked for no longer once nobody waits', async () => {
    const files = filesOf({ 'a.md': '', 'b.md': '', 'c.md': padded });
    const stop = new AbortController();
    const read: string[] = [];
    const watched: WorkspaceFiles<string> = {
      ...files,
      read: (path) => {
        read.push(path);
        stop.abort();
        return files.read(path);
      },
    };
    assert.equal(await findSource(cited('x'), watched, stop.signal), undefined);
    assert.deepEqual(read, ['a.md']);
  });

  it('is found by a recorded citation of a handbook that was cut into pieces', async () => {
    const { run } = await replayedRun('b/advanced-chat/normal', 0);
    assert.equal(run.citations.length, 2);
    for (const { document_name, content, segment_position, hit_count } of run.citations) {
      const [heading = '', ...rest] = content.split('\n\n');
      const text = `---\ntitle: x\n---\n\n# ${heading}\n\n${rest.join('\n\n').replaceAll('. ', '.\n')}\n\nMore.\n`;
      const found = await find({ document_name, content }, { [`docs/${document_name}`]: text });
      assert.deepEqual(found?.lines, [4, text.split('\n').length - 4]);
      assert.deepEqual([segment_position, hit_count], [1, 11]);
    }
  });
});

for (const generation of ['a', 'b'] satisfies GenerationName[]) {
  it(`Citations of the demo's handbook of ${generation} are looked for when they are opened, and open there`, async () => {
    const server = createDemoServer({ generation, apps: [appNamed('Demo Handbook')], tokensPerSecond: Infinity });
    const window = new ChatWindow({ fetch: (url, init) => server.handle(new Request(url, init)) });
    const opened: unknown[] = [];
    let reads = 0;
    const texts = { 'docs/chat.md': `# Chat\n\n${pageText('chat.md').replaceAll('. ', '.\n')}\n`, 'other.md': '' };
    const files = filesOf(texts);
    const sources = new Sources({
      talk: window.chat,
      log: window.log,
      files: { ...files, read: (path) => (reads++, files.read(path)) },
      pathOf: (path) => path,
      open: (path, text) => Promise.resolve(void opened.push([path, text])),
      patience: () => neverAborted,
    });
    await window.open(testApp('one', { mode: 'advanced-chat' }), server.apps[0]?.key);
    await window.chat.send('What does a chat remember of its history?');
    const [message] = window.conversation.messages;
    const at = message?.run.citations.findIndex(({ document_name }) => document_name === 'chat.md') ?? -1;
    assert.notEqual(at, -1);
    assert.equal(reads, 0);

    const key = message?.key ?? '';
    await Promise.all([sources.find(key, at), sources.find(key, at)]);
    assert.deepEqual(sources.state().sources, {
      [`${key} ${at}`]: { state: 'found', path: 'docs/chat.md', lines: [3, 5] },
    });
    assert.equal(reads, 1);
    await sources.open(key, at);
    await sources.open(key, at + 100);
    assert.deepEqual(opened, [['docs/chat.md', pageText('chat.md')]]);

    await window.chat.newConversation();
    assert.deepEqual(sources.state().sources, {});
  });
}
