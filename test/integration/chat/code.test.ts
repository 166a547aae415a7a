import assert from 'node:assert/strict';
import * as vscode from 'vscode';
import { codeActs } from '../../../src/host/chat/codeActs.ts';
import { EditorFollower } from '../../../src/host/chat/context/editorFollower.ts';
import { Edits } from '../../../src/host/edits/edits.ts';
import { closeEditors } from '../actions/editors.ts';

describe('Code of an answer in the chat', () => {
  afterEach(closeEditors);

  it('goes to the cursor that its button names, also where the chat has had the focus since', async () => {
    const document = await vscode.workspace.openTextDocument({ content: 'one\ntwo\nthree\n', language: 'plaintext' });
    await vscode.window.showTextDocument(document, vscode.ViewColumn.One);
    const named = await vscode.window.showTextDocument(document, vscode.ViewColumn.Two);
    named.selection = new vscode.Selection(2, 0, 2, 0);
    const follower = new EditorFollower();
    const chat = vscode.window.createWebviewPanel('test', 'Chat', vscode.ViewColumn.Three);
    await noActiveEditor();
    const edits = new Edits(() => Promise.resolve(undefined));
    const preview = (): Promise<void> => assert.fail('nothing is previewed');
    const { code } = codeActs({ edits: () => Promise.resolve(edits), editor: () => follower.editor, preview });

    await code({ type: 'code', what: 'insert', code: 'NEW', language: '' });

    assert.equal(follower.state().editor?.line, 3);
    assert.match(document.getText(), /^one\ntwo\n\s*NEW/);
    for (const one of [chat, follower, edits]) one.dispose();
  });
});

/** Resolves when the tab that was opened last has the focus. */
async function noActiveEditor(): Promise<void> {
  while (vscode.window.activeTextEditor !== undefined) {
    await new Promise<void>((resolve) => {
      const listening = vscode.window.onDidChangeActiveTextEditor(() => {
        listening.dispose();
        resolve();
      });
    });
  }
}
