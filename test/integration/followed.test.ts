import assert from 'node:assert/strict';
import {
  commands,
  ConfigurationTarget,
  env,
  NotebookCellData,
  NotebookCellKind,
  NotebookData,
  Range,
  Selection,
  Uri,
  window,
  workspace,
  WorkspaceEdit,
} from 'vscode';
import { editsInTests, sourceOf, type, until } from './editsInTests.ts';

describe('Answers in documents that are followed', function () {
  this.timeout(60_000);
  const { asked, edits, folder, open, press } = editsInTests();

  it('follow a document that is renamed, also with its folder', async () => {
    const { document: before } = await open('One two three\n', 'old/plan.md');
    const followed = edits().follow(sourceOf(before, [new Range(0, 4, 0, 7)]), 'Summary');
    const rename = new WorkspaceEdit();
    rename.renameFile(Uri.joinPath(folder(), 'old'), Uri.joinPath(folder(), 'new'));
    await workspace.applyEdit(rename);

    assert.equal(await followed.replace(['2'], 'direct'), true);

    const after = await workspace.openTextDocument(Uri.joinPath(folder(), 'new/plan.md'));
    assert.equal(after.getText(), 'One 2 three\n');
    followed.dispose();
    await after.save();
  });

  it('open a document again that was closed, if the text is still there', async () => {
    for (const [text, done, after] of [
      ['One two three\n', true, 'One 2 three\n'],
      ['One and two three\n', false, 'One and two three\n'],
    ] as const) {
      const { document: before } = await open('One two three\n');
      const followed = edits().follow(sourceOf(before, [new Range(0, 4, 0, 7)]), 'Summary');
      await commands.executeCommand('workbench.action.closeActiveEditor');
      await workspace.fs.writeFile(before.uri, new TextEncoder().encode(text));
      const read = await workspace.openTextDocument(before.uri);
      await until(() => read.getText() === text);

      assert.equal(await followed.replace(['2'], 'direct'), done);

      assert.equal((await workspace.openTextDocument(before.uri)).getText(), after);
      followed.dispose();
    }
  });

  it('say that the text is gone with its file', async () => {
    const { document: before } = await open('One two three\n');
    const followed = edits().follow(sourceOf(before, [new Range(0, 4, 0, 7)]), 'Summary');
    await commands.executeCommand('workbench.action.closeActiveEditor');
    const remove = new WorkspaceEdit();
    remove.deleteFile(before.uri);
    await workspace.applyEdit(remove);
    press('Copy');

    assert.equal(await followed.replace(['2'], 'direct'), false);

    assert.deepEqual(asked, [['The text is gone.', 'Insert at Cursor', 'Copy']]);
    assert.equal(await env.clipboard.readText(), '2');
    followed.dispose();
  });

  it('are inserted where the cursor was last, and change nothing else', async () => {
    const editor = await open('One\n  two\n');
    editor.selection = new Selection(1, 2, 1, 5);
    const followed = edits().follow(sourceOf(editor.document, [new Range(0, 0, 0, 3)]), 'Summary');

    assert.equal(edits().cursorTarget, `${followed.source.file}:2`);
    assert.equal(await followed.insertAtCursor('a\nb '), true);

    assert.equal(editor.document.getText(), 'One\n  twoa\n  b\n');
    followed.dispose();
  });

  it('make a new file in the language of their block of code', async () => {
    const { document: before } = await open('One\n');
    const followed = edits().follow(sourceOf(before, [new Range(0, 0, 0, 3)]), 'Summary');

    await followed.newFile('```json\n{}\n```');

    const made = window.activeTextEditor?.document;
    assert.deepEqual([made?.languageId, made?.getText(), made?.isUntitled], ['json', '{}\n', true]);
    await commands.executeCommand('workbench.action.revertAndCloseActiveEditor');
    followed.dispose();
  });

  it('leave a document alone that is read-only in VS Code', async () => {
    const files = workspace.getConfiguration('files');
    await files.update('readonlyInclude', { '**/locked.md': true }, ConfigurationTarget.Global);
    const { document } = await open('One two three\n', 'locked.md');
    const followed = edits().follow(sourceOf(document, [new Range(0, 4, 0, 7)]), 'Summary');
    const live = followed.live(0);

    const done = [await followed.replace(['2'], 'direct'), await live.finish('2')];

    assert.deepEqual([done, document.getText()], [[false, false], 'One two three\n']);
    await files.update('readonlyInclude', undefined, ConfigurationTarget.Global);
    followed.dispose();
  });

  it('go into the cell of a notebook', async () => {
    const cell = new NotebookCellData(NotebookCellKind.Markup, 'One two three', 'markdown');
    const notebook = await workspace.openNotebookDocument('jupyter-notebook', new NotebookData([cell]));
    await window.showNotebookDocument(notebook);
    const { document } = notebook.cellAt(0);
    const followed = edits().follow(sourceOf(document, [new Range(0, 4, 0, 7)]), 'Summary');

    assert.equal(await followed.replace(['2'], 'direct'), true);

    assert.equal(document.getText(), 'One 2 three');
    followed.dispose();
    await commands.executeCommand('workbench.action.revertAndCloseActiveEditor');
  });

  it('go into the changed side of a diff', async () => {
    const { document } = await open('One two three\n');
    const other = await open('One three\n');
    await commands.executeCommand('vscode.diff', other.document.uri, document.uri, 'Diff');
    const followed = edits().follow(sourceOf(document, [new Range(0, 4, 0, 7)]), 'Summary');
    const live = followed.live(0);
    live.write('2');

    assert.equal(await live.finish('22'), true);

    assert.equal(document.getText(), 'One 22 three\n');
    await commands.executeCommand('undo');
    assert.equal(document.getText(), 'One two three\n');
    followed.dispose();
  });

  it('follow a document without a file into the one it is saved in', async () => {
    const uri = Uri.joinPath(folder(), 'saved.md');
    const untitled = await workspace.openTextDocument(uri.with({ scheme: 'untitled' }));
    await window.showTextDocument(untitled);
    await type(untitled, 0, 0, 'One two three\n');
    const followed = edits().follow(sourceOf(untitled, [new Range(0, 4, 0, 7)]), 'Summary');
    await untitled.save();
    await until(() => untitled.isClosed);
    const saved = await workspace.openTextDocument(uri);

    assert.equal(await followed.replace(['2'], 'direct'), true);

    assert.equal(saved.getText(), 'One 2 three\n');
    await saved.save();
    followed.dispose();
  });

  it('change nothing of the text by standing below it, also where its last line end was selected', async () => {
    const editor = await open('One\n');
    const followed = edits().follow(sourceOf(editor.document, [new Range(0, 0, 1, 0)]), 'Summary');

    assert.equal(await followed.insertBelow(['2']), true);

    assert.equal(editor.document.getText(), 'One\n\n2\n');
    assert.equal(followed.state(), 'same');
    await type(editor.document, 0, 1, 'x');
    assert.equal(followed.state(), 'changed');
    followed.dispose();
  });
});
