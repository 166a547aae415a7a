import assert from 'node:assert/strict';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import * as vscode from 'vscode';
import type { ContextItem } from '../../../src/conversation/conversation.ts';
import type { FromWebview } from '../../../src/conversation/fromWebview.ts';
import { emptyChat, type ChatState as Shown } from '../../../src/conversation/protocol.ts';
import type { Recipe } from '../../../src/conversation/recipe.ts';
import { composerParts, type ComposerParts } from '../../../src/host/chat/context/composerParts.ts';
import { act as doAct } from '../../../src/host/chat/part.ts';
import type { Home } from '../../../src/host/chat/talk.ts';
import { someConversation } from '../../support/conversations.ts';
import { closeEditors, until } from '../actions/editors.ts';

const recipe: Recipe = {
  id: 'own:Fix it',
  title: 'Fix it',
  resultTitle: '{file}',
  instruction: 'Fix this in ${fileBasename}, in ${targetLanguage}.\n\n${diagnostics}',
  targetLanguage: 'Deutsch',
  output: 'show',
  inputs: {},
  app: undefined,
};

describe('What of the editor goes along with a question', () => {
  const { showWarningMessage } = vscode.window;
  const folder = vscode.workspace.workspaceFolders?.[0]?.uri;
  assert.ok(folder);
  const notes = vscode.Uri.joinPath(folder, 'notes.md');
  const outside = mkdtempSync(path.join(tmpdir(), 'dify-companion-outside-'));
  const said: string[] = [];
  let pressed: string | undefined;
  let drafts: string[];
  let kept: readonly ContextItem[];
  let composer: ComposerParts;

  before(() => {
    Object.assign(vscode.window, {
      showWarningMessage: async (sentence: string) => {
        said.push(sentence);
        return pressed;
      },
    });
  });
  beforeEach(() => {
    said.length = 0;
    drafts = [];
    kept = [];
    pressed = undefined;
    composer = composerParts({
      talk: talkThatHears((text) => drafts.push(text)),
      apps: { find: () => undefined },
      kept: { of: () => kept, keep: () => {} },
      recipes: () => [recipe],
      takeFile: async () => false,
      show: async () => true,
    });
  });
  afterEach(async () => {
    composer.dispose();
    await closeEditors();
  });
  after(() => {
    Object.assign(vscode.window, { showWarningMessage });
    rmSync(outside, { recursive: true });
  });

  const act = async (message: Exclude<FromWebview, { type: 'ready' }>): Promise<void> => {
    await doAct(composer.acts, message);
  };
  const state = (): Shown => composer.parts.reduce<Shown>((all, part) => ({ ...all, ...part.state() }), emptyChat);
  const chips = (): string[] => state().contexts.map(({ kind, name }) => `${kind} ${name}`);
  const home = { appId: '', key: 'c1' };
  const query = async (): Promise<string> =>
    (await composer.contexts.ready(home)) ? (await composer.contexts.take('?', home)).query : '';
  const selected = async (content: string, line: number): Promise<vscode.TextEditor> => {
    const document = await vscode.workspace.openTextDocument({ content, language: 'plaintext' });
    const editor = await vscode.window.showTextDocument(document);
    editor.selection = new vscode.Selection(line, 0, line + 1, 0);
    await until(() => state().editor?.selection?.lines?.[0] === line + 1);
    return editor;
  };

  it('is the selection, which is offered as it is being made, and read when it is attached', async () => {
    const editor = await selected('one\ntwo\nthree\n', 1);
    const { file, line, selection } = state().editor ?? {};
    assert.deepEqual([file, line, selection?.lines, selection?.size], [editor.document.fileName, 3, [2, 2], 4]);
    assert.deepEqual(chips(), []);

    await act({ type: 'attach', key: 'selection' });
    await editor.edit((edit) => edit.insert(new vscode.Position(0, 0), 'zero\n'));
    assert.match(await query(), /line 2:\n```\w*\ntwo\n```$/);
    assert.deepEqual(chips(), []);
  });

  it('is a file that is chosen by its name, with its size, and as the editor has it', async () => {
    await act({ type: 'mention', filter: 'ntsmd' });
    const row = state().mentions?.items.find(({ name }) => name === 'notes.md');
    assert.ok(row !== undefined && row.size > 0);
    await act({ type: 'attach', key: row.key });
    await act({ type: 'closeMentions' });
    assert.equal(state().mentions, undefined);
    assert.deepEqual(chips(), ['file notes.md']);

    const editor = await vscode.window.showTextDocument(notes);
    await editor.edit((edit) => edit.insert(new vscode.Position(0, 0), 'Not saved. '));
    assert.match(await query(), /^\?\n\nFile notes\.md:\n```md\nNot saved\. /);
  });

  it('is the problems of the file and the clipboard, which the list has where there are any', async () => {
    const editor = await selected('one\n', 0);
    const problems = vscode.languages.createDiagnosticCollection('test');
    problems.set(editor.document.uri, [new vscode.Diagnostic(new vscode.Range(0, 0, 0, 3), 'No such number.')]);
    await vscode.env.clipboard.writeText('from the clipboard');
    await act({ type: 'mention', filter: '' });
    await act({ type: 'mention', filter: 'problems' });
    await act({ type: 'attach', key: state().mentions?.items[0]?.key ?? '' });
    await act({ type: 'mention', filter: 'clip' });
    await act({ type: 'attach', key: state().mentions?.items[0]?.key ?? '' });
    assert.deepEqual(
      state().contexts.map(({ kind }) => kind),
      ['problems', 'clipboard'],
    );
    const sent = await query();
    problems.dispose();

    assert.match(sent, /\n1: No such number\.\n/);
    assert.match(sent, /\nPasted text:\n```\nfrom the clipboard\n```$/);
  });

  it('is nothing that the page may name by an address of its own', async () => {
    await act({ type: 'attach', key: 'file file:///etc/passwd' });
    await act({ type: 'paste', key: 'selection', name: '', text: 'x' });
    assert.deepEqual(chips(), []);
  });

  it('is what was dropped: files of the workspace, and others only if the person says so', async () => {
    const other = vscode.Uri.file(path.join(outside, 'other.txt'));
    writeFileSync(other.fsPath, 'other');
    const sneaky = `${folder.toString()}/../../..${other.path}`;
    await act({
      type: 'drop',
      uris: `# a comment\r\n${notes.toString()}\r\n${other.toString()}\r\n${sneaky}\r\nhttp://example.org/a\r\nnonsense`,
    });
    assert.deepEqual(chips(), ['file notes.md']);
    assert.equal(said.filter((sentence) => sentence.startsWith('Attach other.txt?')).length, 2);

    pressed = 'Attach';
    await act({ type: 'drop', uris: other.toString() });
    assert.deepEqual(chips(), ['file notes.md', 'file other.txt']);
  });

  it('is no folder, no picture and nothing that is huge, each said in a sentence', async () => {
    pressed = 'Attach';
    const picture = vscode.Uri.file(path.join(outside, 'board.png'));
    writeFileSync(picture.fsPath, Buffer.from([0x89, 0x50, 0, 1]));
    const huge = vscode.Uri.file(path.join(outside, 'huge.log'));
    writeFileSync(huge.fsPath, 'x'.repeat(6 * 1024 * 1024));
    await act({ type: 'drop', uris: [folder, picture, huge].map(String).join('\n') });

    assert.deepEqual(chips(), []);
    assert.deepEqual(
      said.filter((sentence) => !sentence.startsWith('Attach')),
      [
        `${path.basename(folder.path)} is a folder. Attach the files in it.`,
        'board.png is no text. Only text can be attached here.',
        'huge.log is 6 MB. The limit is 5 MB.',
      ],
    );
  });

  it('is added from the editor and the explorer', async () => {
    await composer.adding.addFile(notes, [notes]);
    await selected('one\ntwo\n', 0);
    await composer.adding.addSelection();

    assert.equal(chips()[0], 'file notes.md');
    assert.match(chips()[1] ?? '', /^selection /);
  });

  it('comes back after a restart by its path, and what is not in the workspace does not', async () => {
    const item = { key: '1', kind: 'selection', name: 'notes.md', lines: [1, 1], size: 9 } as const;
    kept = [item, { ...item, key: '2', name: '../../etc/passwd', lines: [1, 1] }];
    const sent = await query();

    assert.match(sent, /^\?\n\nFile notes\.md, line 1:\n/);
    assert.doesNotMatch(sent, /passwd/);
    assert.deepEqual(said, ['../../etc/passwd can no longer be read, and does not go along.']);
  });

  it('is written down by a recipe, with what it is about, and nothing is sent', async () => {
    const editor = await selected('one\n', 0);
    assert.deepEqual(
      state().slash.map(({ name }) => name),
      ['new', 'app', 'export', 'clear', 'Fix-it'],
    );
    await act({ type: 'slash', name: 'Fix-it' });

    assert.deepEqual(drafts, [`Fix this in ${editor.document.fileName}, in Deutsch.`]);
    assert.equal(chips().length, 1);
  });

  it('stays where nothing is shown any more', async () => {
    await selected('one\n', 0);
    await closeEditors();
    await until(() => state().editor === undefined);
    await act({ type: 'attach', key: 'selection' });
    assert.deepEqual(chips(), []);
  });
});

function talkThatHears(added: (text: string) => void): Parameters<typeof composerParts>[0]['talk'] {
  return {
    app: undefined,
    conversation: someConversation({ key: 'c1' }),
    onDidShow: new vscode.EventEmitter<void>().event,
    onDidForget: new vscode.EventEmitter<Home>().event,
    addToDraft: async (text) => added(text),
  };
}
